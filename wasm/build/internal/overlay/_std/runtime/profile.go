package runtime

// Profiles of memory, blocking and locks, which nothing in a page reads.

//overlay:from malloc.go ad099ca12180
func profilealloc(mp *m, x unsafe.Pointer, size uintptr) {}

//overlay:from mprof.go 3b95aed333b0
func mProf_NextCycle() {}

//overlay:from mprof.go cb9faa24c156
func mProf_Flush() {}

//overlay:from mprof.go 2f6845f3abd6
func mProf_PostSweep() {}

//overlay:from mprof.go 424b1b856957
func mProf_Malloc(mp *m, p unsafe.Pointer, size uintptr) {}

//overlay:from mprof.go 76eece74effe
func mProf_Free(b *bucket, size uintptr) {}

//overlay:from mprof.go 015fd9fa33bb
func blockevent(cycles int64, skip int) {}

//overlay:from mprof.go 5373ca69b2d1
func mutexevent(cycles int64, skip int) {}

//overlay:from mprof.go 57af41abf97e
func tryRecordGoroutineProfileWB(gp1 *g) {}

//overlay:from mprof.go 1509788240b7
func tryRecordGoroutineProfile(gp1 *g, pcbuf []uintptr, yield func()) {}
