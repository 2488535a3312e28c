// The second marking with which GODEBUG=gccheckmark checks the garbage collector.
// A page has no environment.
package runtime

//overlay:from mcheckmark.go 91da57b57a74
func runCheckmark(prepareRootSet func(*gcWork)) {}
