package browser

import (
	"encoding/json"
	"errors"
	"time"
)

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

// ScriptTime returns for how long the page has run scripts, since it was opened. Only
// Chromium tells, like [Browser.Slow].
func (b *Browser) ScriptTime() (time.Duration, error) {
	c, ok := b.engine.(chromium)
	if !ok {
		return 0, b.wrap("script time", errors.ErrUnsupported)
	}
	if err := c.devtools("Performance.enable", map[string]any{}); err != nil {
		return 0, b.wrap("script time", err)
	}
	answer, err := c.do(devtools, map[string]any{"cmd": "Performance.getMetrics", "params": map[string]any{}})
	if err != nil {
		return 0, b.wrap("script time", err)
	}
	var all struct {
		Metrics []struct {
			Name  string
			Value float64
		}
	}
	if err := json.Unmarshal(answer, &all); err != nil {
		return 0, b.wrap("script time", err)
	}
	for _, m := range all.Metrics {
		if m.Name == "ScriptDuration" {
			return time.Duration(m.Value * float64(time.Second)), nil
		}
	}
	return 0, b.wrap("script time", errors.ErrUnsupported)
}

func (b *Browser) emulate(what, method string, params map[string]any) error {
	c, ok := b.engine.(chromium)
	if !ok {
		return b.wrap(what, errors.ErrUnsupported)
	}
	return b.wrap(what, c.devtools(method, params))
}
