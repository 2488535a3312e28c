// Starting threads. WebAssembly has one, and starting another one is a fatal error
// at the end of what newm does (newosproc of os_wasm.go).
package runtime

//overlay:from proc.go d1f35377ba94
func newm(fn func(), pp *p, id int64) { throw("newosproc: not implemented") }

// newextram is for threads of C.
//
//overlay:from proc.go d1cf053e98e8
func newextram() {}
