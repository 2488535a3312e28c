// The check of finalizers that GODEBUG=checkfinalizers asks for. A page has no
// environment.
package runtime

//overlay:from mcheckmark.go 5711e846d8d2
func checkFinalizersAndCleanups() {}
