// Giving memory back to the system. WebAssembly can't: its memory only grows, and
// sysUnused does nothing there.
package runtime

//overlay:from mgcscavenge.go 05b0ffcdfa56
func (p *pageAlloc) scavenge(nbytes uintptr, shouldStop func() bool, force bool) uintptr { return 0 }

// bgscavenge never wakes.
//
//overlay:from mgcscavenge.go 9223277337e4
func bgscavenge(c chan int) {
	c <- 1
	gopark(nil, nil, waitReasonGCScavengeWait, traceBlockSystemGoroutine, 1)
}
