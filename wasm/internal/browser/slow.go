package browser

import "errors"

// Slowness is what a slower device and connection are like.
type Slowness struct {
	CPU     float64 // how many times slower the processor is; 1 and less is as it is
	Bits    int     // bits a second of the connection; 0 is as it is
	Latency int     // milliseconds until an answer begins
}

// Slow makes the browser as slow as a lesser device, for pages that are opened
// from now on. Only Chromium can: for the others the error wraps
// [errors.ErrUnsupported].
func (b *Browser) Slow(s Slowness) error {
	c, ok := b.engine.(chromium)
	if !ok {
		return b.wrap("slow", errors.ErrUnsupported)
	}
	bytes := -1
	if s.Bits > 0 {
		bytes = s.Bits / 8
	}
	return b.wrap("slow", errors.Join(
		c.devtools("Emulation.setCPUThrottlingRate", map[string]any{"rate": max(1, s.CPU)}),
		c.devtools("Network.enable", map[string]any{}),
		c.devtools("Network.emulateNetworkConditions", map[string]any{
			"offline": false, "latency": s.Latency, "downloadThroughput": bytes, "uploadThroughput": bytes,
		}),
	))
}
