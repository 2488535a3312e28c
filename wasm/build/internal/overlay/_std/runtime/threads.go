package runtime

// There is one thread, and starting another one is a fatal error at the end of
// what newm does (newosproc of os_wasm.go).

//overlay:from proc.go 008900203d9b
func newm(fn func(), pp *p, id int64) { throw("newosproc: not implemented") }

//overlay:from proc.go 594a099b7cfe
func startTemplateThread() {}

// newextram is for threads of C.
//
//overlay:from proc.go 32f193fd0116
func newextram() {}

// There is one module: no plugins, so no types that are there twice.
//
//overlay:from type.go cd0cfba6f971
func typelinksinit() {}
