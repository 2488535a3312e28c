package browser

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
)

// chromium is Chromium through chromedriver, which also takes commands of the
// DevTools protocol.
type chromium struct{ *webdriver }

var chromedriverPort = regexp.MustCompile(`successfully on port (\d+)\.`)

func startChromium(ctx context.Context, g *group, o Options) (engine, error) {
	binary, err := find("chromium", "chromium", "google-chrome")
	if err != nil {
		return nil, err
	}
	driver, err := find("chromium-driver", "chromedriver")
	if err != nil {
		return nil, err
	}
	p, err := g.start(nil, driver, "--port=0")
	if err != nil {
		return nil, err
	}
	port, err := p.await(ctx, chromedriverPort)
	if err != nil {
		return nil, err
	}
	args := []string{
		"--headless", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
		"--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		// A page that has been left goes on otherwise, and takes the time of those that come.
		"--disable-back-forward-cache",
		"--user-data-dir=" + g.dir + "/profile",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // the sandbox doesn't work as root
	}
	session, err := newWebdriver(ctx, port, map[string]any{
		"goog:chromeOptions": map[string]any{"binary": binary, "args": args},
		"goog:loggingPrefs":  map[string]any{"browser": "SEVERE"},
	})
	if err != nil {
		return nil, err
	}
	c := chromium{session}
	feature := func(name, on string, ask bool) map[string]any {
		if !ask {
			on = ""
		}
		return map[string]any{"name": name, "value": on}
	}
	if err := c.devtools("Emulation.setEmulatedMedia", map[string]any{"features": []any{
		feature("prefers-color-scheme", "dark", o.Dark),
		feature("prefers-reduced-motion", "reduce", o.ReducedMotion),
		feature("forced-colors", "active", o.ForcedColors),
	}}); err != nil {
		return nil, err
	}
	return c, c.devtools("Emulation.setScriptExecutionDisabled", map[string]any{"value": o.NoScript})
}

// devtools is a command of Chrome's DevTools Protocol.
var devtools = command{"POST", "/goog/cdp/execute", ""}

func (c chromium) devtools(method string, params map[string]any) error {
	_, err := c.do(devtools, map[string]any{"cmd": method, "params": params})
	return err
}

func (c chromium) resize(width, height int) error {
	return c.devtools("Emulation.setDeviceMetricsOverride",
		map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false})
}

func (c chromium) console() ([]string, error) {
	answer, err := c.do(command{"POST", "/se/log", ""}, map[string]any{"type": "browser"})
	if err != nil {
		return nil, err
	}
	var entries []struct{ Message string }
	if err := json.Unmarshal(answer, &entries); err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, e.Message)
	}
	return lines, nil
}
