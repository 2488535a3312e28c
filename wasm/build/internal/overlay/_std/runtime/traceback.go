package runtime

// Tracebacks, of which the tables have been left out. What went wrong is
// printed before them, and stays.

//overlay:from traceback.go 5b5a1db5cb01
func goroutineheader(gp *g) {}

//overlay:from traceback.go 488fe507ca5e
func traceback1(pc, sp, lr uintptr, gp *g, flags unwindFlags) {}

//overlay:from traceback.go 6f41d6d5ebea
func tracebacksomeothers(me *g, showf func(*g) bool) {}

//overlay:from traceback.go 771b685d91b8
func printcreatedby(gp *g) {}

//overlay:from traceback.go 8f8aeda75d18
func tracebackHexdump(stk stack, frame *stkframe, bad uintptr) {}

//overlay:from hexdump.go df1fc5d6cecc
func hexdumpWords(p, len uintptr, mark func(uintptr, hexdumpMarker)) {}

//overlay:from mgcmark.go bbe6e8468b32
func gcDumpObject(label string, obj, off uintptr) {}

// What is printed of damaged memory, before the fatal error.

//overlay:from mgcsweep.go 206e52008a27
func (s *mspan) reportZombies() { throw("found pointer to free object") }

//overlay:from mbitmap.go d23ad7f00fc2
func badPointer(s *mspan, p, refBase, refOff uintptr) {
	throw("found bad pointer in Go heap (incorrect use of unsafe or cgo?)")
}

//overlay:from proc.go 2d0dba6b661a
func dumpgstatus(gp *g) {}

// findfunc takes a function by its number. On WebAssembly functions are numbered
// without gaps, which package trim makes sure of, and the tables for finding one
// by the address of its code aren't needed.
//
//overlay:from symtab.go c7d39dabbaf8
func findfunc(pc uintptr) funcInfo {
	datap := findmoduledatap(pc)
	if datap == nil {
		return funcInfo{}
	}
	pcOff, ok := datap.textOff(pc)
	if !ok {
		return funcInfo{}
	}
	funcoff := datap.ftab[pcOff-datap.ftab[0].entryoff].funcoff
	return funcInfo{(*_func)(unsafe.Pointer(&datap.pclntable[funcoff])), datap}
}
