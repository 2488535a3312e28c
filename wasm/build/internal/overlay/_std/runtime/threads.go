// Starting threads, and looking at what others do. WebAssembly has one: starting
// another one is a fatal error at the end of what newm does (newosproc of
// os_wasm.go).
package runtime

//overlay:from proc.go d1f35377ba94
func newm(fn func(), pp *p, id int64) { throw("newosproc: not implemented") }

// newextram is for threads of C.
//
//overlay:from proc.go d1cf053e98e8
func newextram() {}

// stealWork is for what waits at other processors. There are none: GOMAXPROCS is 1.
//
//overlay:from proc.go 829cff816537
func stealWork(now int64) (gp *g, inheritTime bool, rnow, pollUntil int64, newWork bool) {
	return nil, false, now, 0, sched.gcwaiting.Load()
}
