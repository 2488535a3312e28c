package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// webkit is WebKitGTK's MiniBrowser through WebKitWebDriver, on an X display
// of its own: it has no headless mode.
type webkit struct{ *webdriver }

var displayNumber = regexp.MustCompile(`(?m)^(\d+)\n`)

func startWebKit(ctx context.Context, g *group, o Options) (engine, error) {
	if o.ForcedColors {
		return nil, fmt.Errorf("forced colours: %w", errors.ErrUnsupported)
	}
	const pkg = "webkit2gtk-driver" // it brings the browser as well
	driver, err := find(pkg, "WebKitWebDriver")
	if err != nil {
		return nil, err
	}
	binary, err := find(pkg, "/usr/lib/*/webkit*gtk-*/MiniBrowser", "/usr/libexec/webkit*gtk-*/MiniBrowser")
	if err != nil {
		return nil, err
	}
	server, err := find("xvfb", "Xvfb")
	if err != nil {
		return nil, err
	}
	x, err := g.start(nil, server, "-displayfd", "1", "-screen", "0", "4096x4096x24", "-nolisten", "tcp")
	if err != nil {
		return nil, err
	}
	display, err := x.await(ctx, displayNumber)
	if err != nil {
		return nil, err
	}
	if err := gtkFiles(g.dir, o); err != nil {
		return nil, err
	}
	env := []string{"DISPLAY=:" + display, "GDK_BACKEND=x11", "GDK_SCALE=1", "GSETTINGS_BACKEND=memory", "NO_AT_BRIDGE=1"}
	if os.Geteuid() == 0 {
		env = append(env, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1") // the sandbox doesn't work as root
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	p, err := g.start(env, driver, "--host=127.0.0.1", "--port="+port)
	if err != nil {
		return nil, err
	}
	if err := p.poll(ctx, func() bool { return answers("http://127.0.0.1:" + port + "/status") }); err != nil {
		return nil, err
	}
	args := []string{"--automation", "--full-screen", "--javascript-can-open-windows-automatically=true"} // full screen: no tool bar
	if o.Dark {
		args = append(args, "--dark-mode")
	}
	if o.NoScript {
		args = append(args, "--enable-javascript=false")
	}
	session, err := newWebdriver(ctx, port, map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": binary, "args": args},
	})
	if err != nil {
		return nil, err
	}
	return webkit{session}, nil
}

// gtkFiles writes what WebKitGTK takes for the user's wishes, and a style that
// lets its window be as narrow as a phone.
func gtkFiles(home string, o Options) error {
	files := map[string]string{
		"settings.ini": fmt.Sprintf("[Settings]\ngtk-enable-animations=%t\n", !o.ReducedMotion),
		"gtk.css":      "* { padding: 0; min-width: 0 }\n",
	}
	for _, version := range []string{"gtk-3.0", "gtk-4.0"} {
		dir := filepath.Join(home, ".config", version)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// freePort returns a port that nothing listens on, at the moment. (The driver
// takes port 0, but doesn't tell which one it got.)
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

func answers(url string) bool {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(url)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}

// resize sizes the window so that the page gets the size asked for, also where
// it doesn't fill the window.
func (k webkit) resize(width, height int) error {
	answer, err := k.do(executeSync, map[string]any{"script": "return [outerWidth - innerWidth, outerHeight - innerHeight]", "args": []any{}})
	if err != nil {
		return err
	}
	var right, bottom int
	if err := json.Unmarshal(answer, &[]any{&right, &bottom}); err != nil {
		return err
	}
	_, err = k.do(setWindowRect, map[string]any{"width": width + right, "height": height + bottom})
	return err
}

func (k webkit) console() ([]string, error) { return nil, nil }
