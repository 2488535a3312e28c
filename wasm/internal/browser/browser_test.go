//go:build linux

package browser

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The policy is the strictest one that the widget works under: what a test
// asks of a page must not depend on a laxer one.
const policy = "script-src 'self'; style-src 'self'; require-trusted-types-for 'script'"

const page = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Page</title>
<link rel="icon" href="data:,"><script src="/page.js"></script>
<h1>Überschrift</h1><p id="p">text</p><noscript><p id="off">scripts are off</p></noscript></html>`

func serve(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Write([]byte(page))
	})
	mux.HandleFunc("/page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Write([]byte(`window.ran = "é"; window.later = s => new Promise(r => setTimeout(() => r(s), 20));`))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// each runs a test in every browser, with the page open.
func each(t *testing.T, o Options, test func(t *testing.T, b *Browser, url string)) {
	url := serve(t)
	for _, engine := range Engines() {
		t.Run(engine, func(t *testing.T) {
			b := Start(t, engine, o)
			if err := b.Open(url); err != nil {
				t.Fatal(err)
			}
			test(t, b, url)
		})
	}
}

// result fails the test unless a script returned the JSON text want.
func result(t *testing.T, want string) func(json.RawMessage, error) {
	t.Helper()
	return func(got json.RawMessage, err error) {
		t.Helper()
		if err != nil || string(got) != want {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}

// Each start costs as much as several tests, so those are together that go with
// the same options.
func TestPage(t *testing.T) {
	o := Options{Width: 640, Height: 480, Dark: true, ReducedMotion: true}
	each(t, o, func(t *testing.T, b *Browser, url string) {
		t.Run("media", func(t *testing.T) { testMedia(t, b, url, o) })
		t.Run("screenshot has the size asked for", func(t *testing.T) { testScreenshot(t, b) })
		t.Run("console", func(t *testing.T) { testLog(t, b) })
		t.Run("scripts", func(t *testing.T) { testScripts(t, b) })
		t.Run("what a script throws is an error", func(t *testing.T) { testExceptions(t, b) })
		t.Run("page is shown", func(t *testing.T) { testShown(t, b) })
		t.Run("text and source", func(t *testing.T) { testText(t, b) })
	})
}

func testScripts(t *testing.T, b *Browser) {
	result(t, `"é"`)(b.Eval(`return ran`))
	result(t, `null`)(b.Eval(`// a comment`))
	result(t, `9007199254740991`)(b.Eval(`return Number.MAX_SAFE_INTEGER`))
	result(t, `[1,{"b":null}]`)(b.Eval(`return [arguments[0].a, arguments[1]]`, map[string]int{"a": 1}, map[string]any{"b": nil}))
	result(t, `"später"`)(b.Await(`return await later("später")`))
	result(t, `null`)(b.Await(`await later()`))
	result(t, `[2,"x"]`)(b.Await(`return [arguments.length, arguments[1]]`, 1, "x"))

	unicode := "العربية 中文 русский 👩‍👧 \u2028 \x00 \" \\ </script>"
	want, _ := json.Marshal(unicode)
	got, err := b.Eval(`return arguments[0]`, unicode)
	var back string
	if json.Unmarshal(got, &back); err != nil || back != unicode {
		t.Errorf("%s came back as %s, %v", want, got, err)
	}
	result(t, "true")(b.Eval(`return arguments[0] === "\u4e2d"`, "中"))
}

func testExceptions(t *testing.T, b *Browser) {
	for _, script := range []string{
		`throw new TypeError("nö")`,
		`null.nö`,
		`return BigInt(1)`,
		`return }nö{`,
	} {
		for name, run := range map[string]func(string, ...any) (json.RawMessage, error){"Eval": b.Eval, "Await": b.Await} {
			_, err := run(script)
			var e *Error
			if !errors.As(err, &e) || e.Code != "javascript error" {
				t.Errorf("%s(%q) = %v; want a javascript error", name, script, err)
			}
		}
	}
	_, err := b.Eval(`throw new TypeError("nö")`)
	if err == nil || !strings.Contains(err.Error(), "TypeError: nö") {
		t.Errorf("got %v; want the message", err)
	}
	_, err = b.Await(`await later(); throw new RangeError("weit")`)
	if err == nil || !strings.Contains(err.Error(), "RangeError: weit") {
		t.Errorf("got %v; want the message", err)
	}
	if _, err := b.Eval(`return 1`, make(chan int)); err == nil {
		t.Error("an argument that has no JSON is no error")
	}
	result(t, "1")(b.Eval(`return 1`)) // it all did no harm
}

func testShown(t *testing.T, b *Browser) {
	result(t, `"visible"`)(b.Eval(`return document.visibilityState`))
	result(t, `1`)(b.Await(`return new Promise(r => requestAnimationFrame(() => r(1)))`))
	result(t, `true`)(b.Await(`return new Promise(r => new IntersectionObserver(
			e => r(e[0].isIntersecting)).observe(document.getElementById("p")))`))
}

func testText(t *testing.T, b *Browser) {
	if got, err := b.Text("h1"); got != "Überschrift" || err != nil {
		t.Errorf("Text = %q, %v", got, err)
	}
	if _, err := b.Text("#absent"); err == nil {
		t.Error("the text of no element is no error")
	}
	if got, err := b.Source(); !strings.Contains(got, "<h1>Überschrift</h1>") || err != nil {
		t.Errorf("Source = %q, %v", got, err)
	}
	if err := cmp.Or(b.Open("about:blank"), b.Back()); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Text("h1"); got != "Überschrift" || err != nil {
		t.Errorf("Text = %q, %v where the way leads back", got, err)
	}
}

func testScreenshot(t *testing.T, b *Browser) {
	shot := func(width, height int) {
		t.Helper()
		data, err := b.Screenshot()
		if err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || c.Width != width || c.Height != height {
			t.Errorf("%dx%d, %v; want %dx%d", c.Width, c.Height, err, width, height)
		}
	}
	shot(640, 480)
	for _, size := range [][2]int{{320, 500}, {240, 240}, {4096, 4096}, {1600, 1200}, {1200, 2400}} {
		if err := b.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		shot(size[0], size[1])
	}
}

func testLog(t *testing.T, b *Browser) {
	if b.Engine() == "webkit" {
		t.Skip("WebKitGTK keeps its console to itself under automation")
	}
	if log, err := b.Log(); len(log) > 0 || err != nil {
		t.Errorf("a page without faults: %q, %v", log, err)
	}
	if _, err := b.Await(`
			console.log("hint"); console.error("complaint");
			setTimeout(() => { throw new Error("surprise") });
			const blocked = document.createElement("style");
			blocked.textContent = "p {}";
			document.head.append(blocked);
			await later();`); err != nil {
		t.Fatal(err)
	}
	log, err := b.Log()
	text := strings.Join(log, "\n")
	if err != nil || strings.Contains(text, "hint") || len(log) < 3 {
		t.Errorf("%d lines, %v:\n%s", len(log), err, text)
	}
	for _, want := range []string{"complaint", "surprise", "Content"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the log:\n%s", want, text)
		}
	}
	if log, err := b.Log(); len(log) > 0 || err != nil {
		t.Errorf("told twice: %q, %v", log, err)
	}
}

func TestNoScript(t *testing.T) {
	each(t, Options{NoScript: true}, func(t *testing.T, b *Browser, url string) {
		if got, err := b.Text("#off"); got != "scripts are off" || err != nil {
			t.Errorf("Text = %q, %v", got, err)
		}
		if got, err := b.Source(); !strings.Contains(got, `<p id="off">`) || err != nil {
			t.Errorf("Source = %q, %v", got, err)
		}
		for _, u := range []string{url, elsewhere(url)} {
			if err := b.Open(u); err != nil {
				t.Error(err)
			}
			result(t, `"undefined"`)(b.Eval(`return typeof window.ran`))
		}
		if _, err := b.Await(`return 1`); !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("Await: %v", err)
		}
		if _, err := b.Screenshot(); err != nil {
			t.Error(err)
		}
	})
}

const media = `return ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)"].map(q => matchMedia(q).matches)`

func testMedia(t *testing.T, b *Browser, url string, o Options) {
	want, _ := json.Marshal([]bool{o.Dark, o.ReducedMotion, o.ForcedColors})
	size, _ := json.Marshal([]int{cmp.Or(o.Width, 1200), cmp.Or(o.Height, 900)})
	for _, u := range []string{url, elsewhere(url), url} {
		if err := b.Open(u); err != nil {
			t.Error(err)
		}
		result(t, string(want))(b.Eval(media))
		result(t, string(size))(b.Eval(`return [innerWidth, innerHeight]`))
	}
}

func TestForcedColors(t *testing.T) {
	o := Options{ForcedColors: true}
	each(t, o, func(t *testing.T, b *Browser, url string) { testMedia(t, b, url, o) })
}

// elsewhere is the same page at another site: browsers change the process for
// it, and must not forget the options.
func elsewhere(url string) string { return strings.Replace(url, "127.0.0.1", "localhost", 1) }

func TestNothingIsLeft(t *testing.T) {
	if engine := os.Getenv("BROWSER_KILL_TEST"); engine != "" { // see testKill
		b := Start(t, engine, Options{})
		os.Stdout.WriteString(b.group.dir + "\n")
		select {}
	}
	each(t, Options{}, func(t *testing.T, b *Browser, url string) {
		t.Run("before", func(t *testing.T) { testMedia(t, b, url, Options{}) })
		t.Run("after Close", func(t *testing.T) { testClose(t, b) })
		t.Run("after a kill", func(t *testing.T) { testKill(t, b.Engine()) })
	})
}

func testClose(t *testing.T, b *Browser) {
	if n := len(living(b.group.dir)); n < 3 {
		t.Errorf("%d processes of a running browser seen", n)
	}
	for range 2 {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	gone(t, b.group.dir, 0)
	if err := b.Open("about:blank"); err == nil {
		t.Error("a closed browser opens pages")
	}
}

// testKill has the test program run itself: the child starts a browser, says
// where and is killed.
func testKill(t *testing.T, engine string) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestNothingIsLeft$")
	cmd.Env = append(os.Environ(), "BROWSER_KILL_TEST="+engine)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 1000)
	n, err := out.Read(line)
	cmd.Process.Kill()
	cmd.Wait()
	dir := strings.TrimSpace(string(line[:n]))
	if err != nil || !strings.HasPrefix(dir, os.TempDir()) {
		t.Fatalf("%q, %v", dir, err)
	}
	gone(t, dir, 30*time.Second)
}

// gone fails the test unless the browser whose home was dir leaves no trace
// within d.
func gone(t *testing.T, dir string, d time.Duration) {
	t.Helper()
	for deadline := time.Now().Add(d); ; time.Sleep(20 * time.Millisecond) {
		pids := living(dir)
		_, err := os.Stat(dir)
		if len(pids) == 0 && errors.Is(err, os.ErrNotExist) {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("left: processes %v, directory: %v", pids, err)
			return
		}
	}
}

func TestLaunchErrors(t *testing.T) {
	t.Run("engine", func(t *testing.T) {
		if _, err := Launch(t.Context(), "netscape", Options{}); err == nil {
			t.Error("an unknown engine starts")
		}
	})
	t.Run("missing", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		for _, engine := range Engines() {
			_, err := Launch(t.Context(), engine, Options{})
			var missing *MissingError
			if !errors.As(err, &missing) || missing.Package == "" {
				t.Errorf("%s: %v; want a MissingError", engine, err)
			}
		}
	})
	t.Run("broken", func(t *testing.T) {
		bin := t.TempDir()
		t.Setenv("PATH", bin)
		for _, name := range []string{"chromium", "chromedriver", "firefox-esr", "WebKitWebDriver", "Xvfb"} {
			if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\necho out of luck\nexit 3\n"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		for _, engine := range Engines() {
			_, err := Launch(t.Context(), engine, Options{})
			var missing *MissingError
			if errors.As(err, &missing) {
				t.Skip(err) // MiniBrowser, which isn't on the PATH
			}
			if err == nil || !strings.Contains(err.Error(), "out of luck") || !strings.Contains(err.Error(), "exit status 3") {
				t.Errorf("%s: %v; want what the program said", engine, err)
			}
		}
	})
	t.Run("context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, engine := range Engines() {
			_, err := Launch(ctx, engine, Options{})
			var missing *MissingError
			if !errors.Is(err, context.Canceled) && !errors.As(err, &missing) {
				t.Errorf("%s: %v; want %v", engine, err, context.Canceled)
			}
		}
	})
}
