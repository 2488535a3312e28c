// The checks of the heap, of its marks and of finalizers, that GODEBUG asks the
// garbage collector for (gccheckmark, checkfinalizers). A page has no environment.
package runtime

//overlay:from mcheckmark.go 91da57b57a74
func runCheckmark(prepareRootSet func(*gcWork)) {}

//overlay:from mcheckmark.go 5711e846d8d2
func checkFinalizersAndCleanups() {}
