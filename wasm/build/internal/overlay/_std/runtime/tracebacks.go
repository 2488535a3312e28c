// Tracebacks, of which the tables are left out of engines. What went wrong is
// printed before them, and stays.
package runtime

//overlay:from traceback.go 56a235859ff9
func traceback1(pc, sp, lr uintptr, gp *g, flags unwindFlags) {}

//overlay:from traceback.go 6da571bce766
func goroutineheader(gp *g) {}

//overlay:from traceback.go 3be59e114e1a
func tracebacksomeothers(me *g, showf func(*g) bool) {}

// hexdumpWords prints the memory around what is broken.
//
//overlay:from hexdump.go 1e5aa1c06d0d
func hexdumpWords(p, len uintptr, mark func(uintptr, hexdumpMarker)) {}
