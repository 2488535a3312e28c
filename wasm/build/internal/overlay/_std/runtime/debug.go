package runtime

// Settings that come by GODEBUG and GOTRACEBACK. A page has no environment, so
// they stay what they are by default.

//overlay:from runtime1.go a42907c70cc4
func parsegodebug(godebug string, seen map[string]bool) {}

//overlay:from runtime1.go 5e8da004fc05
func setTraceback(level string) {}

// What only a setting asks for.

//overlay:from proc.go 6ece91a1abb3
func schedtrace(detailed bool) {}

//overlay:from mcheckmark.go 923af34c5099
func checkFinalizersAndCleanups() {}

//overlay:from mgcmark_greenteagc.go 4279128f020f
func dumpScanStats() {}

//overlay:from mgcscavenge.go dd1e4c3a2659
func printScavTrace(releasedBg, releasedEager uintptr, forced bool) {}

// internal self-tests of the compiler at every start, and of the tables that
// the linker writes. wasm/build/internal/trim checks these when it changes
// them, and a page can't have them damaged otherwise: the engine's hash is
// checked.

//overlay:from runtime1.go 7498e605117c
func check() {}

//overlay:from symtab.go 13fcaee71e6f
func moduledataverify1(datap *moduledata) {}

//overlay:from mcheckmark.go b81fa6fae65e
func startCheckmarks() {}

//overlay:from mcheckmark.go 9325931dd75d
func endCheckmarks() {}

//overlay:from mcheckmark.go 25e5f7fa91bb
func setCheckmark(obj, base, off uintptr, mbits markBits) bool { return false }

//overlay:from mcheckmark.go a337d852fc2f
func runCheckmark(prepareRootSet func(*gcWork)) {}

//overlay:from proc.go 66665fff8d1a
func saveAncestors(callergp *g) *[]ancestorInfo { return nil }

// Limits that come by GOGC and GOMEMLIMIT.

//overlay:from mgcpacer.go 2a6d2f03eb7f
func readGOGC() int32 { return 100 }

//overlay:from mgcpacer.go 025c68206c51
func readGOMEMLIMIT() int64 { return math.MaxInt64 }

// fmtNSAsMS is for what gctrace prints.
//
//overlay:from mgc.go 9cc49a36fdc7
func fmtNSAsMS(buf []byte, ns uint64) []byte { return buf[:0] }
