package browser

import "errors"

// Slow makes the page as slow as on a processor that takes so many times as long;
// 1 and less is as it is. Workers stay as fast as they are. Only Chromium can: for
// the others the error wraps [errors.ErrUnsupported].
func (b *Browser) Slow(times float64) error {
	c, ok := b.engine.(chromium)
	if !ok {
		return b.wrap("slow", errors.ErrUnsupported)
	}
	return b.wrap("slow", c.devtools("Emulation.setCPUThrottlingRate", map[string]any{"rate": max(1, times)}))
}
