// Finding a function by the address of its code. On WebAssembly functions are
// numbered without gaps, which package trim makes sure of, so a function is taken
// by its number, and the tables for finding one needn't be there. Nor are they
// checked at the start: package trim has checked them.
package runtime

//overlay:from symtab.go 6648d44c528a
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

//overlay:from symtab.go 9a23cfd56970
func moduledataverify1(datap *moduledata) {}
