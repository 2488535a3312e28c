package runtime

// The scavenger gives memory back to the system. WebAssembly can't: its memory
// only grows, and sysUnused does nothing there.

//overlay:from mgcscavenge.go 9b71abf225b4
func (p *pageAlloc) scavenge(nbytes uintptr, shouldStop func() bool, force bool) uintptr { return 0 }

// bgscavenge never wakes.
//
//overlay:from mgcscavenge.go 8bcc4cbeea61
func bgscavenge(c chan int) {
	c <- 1
	gopark(nil, nil, waitReasonGCScavengeWait, traceBlockSystemGoroutine, 1)
}

//overlay:from mgcscavenge.go 3740831d4764
func (s *scavengerState) wake() {}

//overlay:from mgcscavenge.go 8902ed6d5345
func gcPaceScavenger(memoryLimit int64, heapGoal, lastHeapGoal uint64) {}

// The index of what could be given back is only written to, then.

//overlay:from mgcscavenge.go 9066da7c0ab4
func (s *scavengeIndex) alloc(ci chunkIdx, npages uint) {}

//overlay:from mgcscavenge.go 7356de8c8c01
func (s *scavengeIndex) free(ci chunkIdx, page, npages uint) {}

//overlay:from mgcscavenge.go b20aae03edbb
func (s *scavengeIndex) nextGen() {}

//overlay:from mgcscavenge.go 5f00adbb43e1
func (s *scavengeIndex) init(test bool, sysStat *sysMemStat) uintptr { return 0 }

//overlay:from mgcscavenge.go 9080c4077452
func (s *scavengeIndex) grow(base, limit uintptr, sysStat *sysMemStat) uintptr { return 0 }

// Huge pages are a matter of the system as well.
//
//overlay:from malloc.go a2cb2856ddf7
func (h *mheap) enableMetadataHugePages() {}
