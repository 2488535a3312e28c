package browser

import "errors"

// Slow makes the page as slow as on a processor that takes so many times as long;
// 1 and less is as it is. Workers stay as fast as they are. Only Chromium can: for
// the others the error wraps [errors.ErrUnsupported].
func (b *Browser) Slow(times float64) error {
	return b.emulate("slow", "Emulation.setCPUThrottlingRate", map[string]any{"rate": max(1, times)})
}

// HideScrollbars has scroll bars take no room, as on a phone. Only Chromium can,
// like [Browser.Slow].
func (b *Browser) HideScrollbars() error {
	return b.emulate("hide scroll bars", "Emulation.setScrollbarsHidden", map[string]any{"hidden": true})
}

func (b *Browser) emulate(what, method string, params map[string]any) error {
	c, ok := b.engine.(chromium)
	if !ok {
		return b.wrap(what, errors.ErrUnsupported)
	}
	return b.wrap(what, c.devtools(method, params))
}
