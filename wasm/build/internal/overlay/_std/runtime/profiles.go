// Profiles of memory, of blocking, of locks and of goroutines, which nothing in a page reads.
package runtime

//overlay:from malloc.go 42aeb5eb1076
func profilealloc(mp *m, x unsafe.Pointer, size uintptr) {}

//overlay:from mprof.go 24f64bf8748b
func mProf_Flush() {}

//overlay:from mprof.go 9ebb03f3b25c
func blockevent(cycles int64, skip int) {}

//overlay:from mprof.go c4831d9faa73
func mutexevent(cycles int64, skip int) {}

//overlay:from mprof.go 6f44b8ddc896
func tryRecordGoroutineProfile(gp1 *g, pcbuf []uintptr, yield func()) {}
