// Settings that come by GODEBUG and GOMEMLIMIT, and what only they ask for. A page
// has no environment, so they stay what they are by default.
package runtime

//overlay:from runtime1.go bcac7a205029
func parsegodebug(godebug string, seen map[string]bool) {}

//overlay:from mgcpacer.go 758113f25abf
func readGOMEMLIMIT() int64 { return math.MaxInt64 }

//overlay:from proc.go 1f72994536d3
func schedtrace(detailed bool) {}

//overlay:from mgcmark_greenteagc.go 4f3917030c14
func dumpScanStats() {}

//overlay:from proc.go a2470e34569e
func saveAncestors(callergp *g) *[]ancestorInfo { return nil }
