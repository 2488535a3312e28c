package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// firefox is Firefox through Marionette, which can also run scripts in the
// browser's own window.
type firefox struct {
	*marionette
	log  string // file of what the browser prints
	read int    // bytes of it already returned by console
}

var (
	marionettePort = regexp.MustCompile(`Listening on port (\d+)\n`)
	ownError       = regexp.MustCompile(`^console\.error: \w+:\s*$`) // of a part of the browser; a page's text would be quoted
)

func startFirefox(ctx context.Context, g *group, o Options) (engine, error) {
	binary, err := find("firefox-esr", "firefox-esr", "firefox")
	if err != nil {
		return nil, err
	}
	profile := filepath.Join(g.dir, "profile")
	if err := os.Mkdir(profile, 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), firefoxPrefs(o), 0o600); err != nil {
		return nil, err
	}
	p, err := g.start(nil, binary, "--marionette", "--remote-allow-system-access", "--headless", "--no-remote", "--profile", profile)
	if err != nil {
		return nil, err
	}
	port, err := p.await(ctx, marionettePort)
	if err != nil {
		return nil, err
	}
	m, err := newMarionette("127.0.0.1:" + port)
	if err != nil {
		return nil, err
	}
	return &firefox{marionette: m, log: p.log}, nil
}

// firefoxPrefs is the profile's settings. Marionette itself sets those that
// every automated Firefox wants.
func firefoxPrefs(o Options) []byte {
	number := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	prefs := map[string]any{
		"marionette.port":                                  0, // any free one
		"javascript.enabled":                               !o.NoScript,
		"ui.systemUsesDarkTheme":                           number(o.Dark),
		"layout.css.prefers-color-scheme.content-override": number(!o.Dark),
		"ui.prefersReducedMotion":                          number(o.ReducedMotion),
		"layout.css.devPixelsPerPx":                        "1.0",
		"devtools.console.stdout.content":                  true, // console.error of pages
		"devtools.console.stdout.chrome":                   false,
		"network.captive-portal-service.enabled":           false,
		"network.connectivity-service.enabled":             false,
		"services.settings.server":                         "data:,",
		"browser.startup.page":                             0, // blank
		"toolkit.telemetry.enabled":                        false,
		// What a new profile does beside showing a page is a quarter of a start.
		"browser.newtab.preload":                     false,
		"browser.newtabpage.activity-stream.enabled": false,
		"browser.ml.enable":                          false,
		"browser.pagethumbnails.capturing_disabled":  true,
		"extensions.enabledScopes":                   0,
		"datareporting.policy.dataSubmissionEnabled": false,
	}
	if o.ForcedColors {
		prefs["ui.useAccessibilityTheme"] = 1
		prefs["browser.display.document_color_use"] = 2
	}
	var b bytes.Buffer
	for name, value := range prefs {
		v, _ := json.Marshal(value)
		fmt.Fprintf(&b, "user_pref(%q, %s);\n", name, v)
	}
	return b.Bytes()
}

// chrome runs a script in the browser's own window.
func (f *firefox) chrome(script string, args ...any) (answer []byte, err error) {
	context := command{name: "Marionette:SetContext"}
	if _, err := f.do(context, map[string]any{"value": "chrome"}); err != nil {
		return nil, err
	}
	answer, err = f.do(executeSync, map[string]any{"script": script, "args": append([]any{}, args...)})
	if _, err := f.do(context, map[string]any{"value": "content"}); err != nil {
		return nil, err
	}
	return answer, err
}

// resize sizes the element that holds the page: windows of less than 500
// pixels aren't given.
func (f *firefox) resize(width, height int) error {
	_, err := f.chrome(`
		const [width, height] = arguments, style = gBrowser.selectedBrowser.style;
		for (const min of ["", "min-", "max-"]) {
			style.setProperty(min + "width", width + "px");
			style.setProperty(min + "height", height + "px");
		}`, width, height)
	return err
}

// console takes exceptions and blocked resources from the browser's console,
// and console.error, which isn't there, from what the browser prints.
func (f *firefox) console() ([]string, error) {
	answer, err := f.chrome(`
		const lines = [];
		for (const m of Services.console.getMessageArray()) {
			if (!(m instanceof Ci.nsIScriptError) || m.flags & Ci.nsIScriptError.warningFlag) continue;
			if (m.isFromChromeContext || /^(chrome|resource):/.test(m.sourceName)) continue;
			lines.push(m.sourceName + " " + m.lineNumber + ":" + m.columnNumber + " " + m.errorMessage);
		}
		Services.console.reset();
		return lines;`)
	if err != nil {
		return nil, err
	}
	var lines []string
	if err := json.Unmarshal(answer, &lines); err != nil {
		return nil, err
	}
	log, err := os.ReadFile(f.log)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(log[f.read:])) {
		if strings.HasPrefix(line, "console.error: ") && !ownError.MatchString(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	f.read = len(log)
	return lines, nil
}
