package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Open loads a page and waits for its load event.
func (b *Browser) Open(url string) error {
	_, err := b.engine.do(navigate, map[string]any{"url": url})
	return b.wrap("open "+url, err)
}

// Back goes back to the page before this one, and waits until it is shown: as it was
// left, where the browser has kept it, or loaded anew.
func (b *Browser) Back() error {
	_, err := b.engine.do(goBack, map[string]any{})
	return b.wrap("back", err)
}

// Eval runs the body of a function in the page and returns what it returns, as
// JSON.stringify writes it and null for undefined. The arguments are passed as
// JSON: the script finds them in arguments. What the script throws is an
// [*Error] with the code "javascript error".
func (b *Browser) Eval(script string, args ...any) (json.RawMessage, error) {
	return b.script(executeSync, `
	try {
		return JSON.stringify({value: (function() {`+"\n"+script+"\n"+`}).apply(null, arguments)});
	} catch (e) {
		return JSON.stringify({error: String(e)});
	}`, args)
}

// Await is [Browser.Eval] for the body of an async function: it returns what
// the promise settles to, which has a minute to do so. Without page scripts
// promises may never settle: then the error wraps [errors.ErrUnsupported].
func (b *Browser) Await(script string, args ...any) (json.RawMessage, error) {
	if b.noScript {
		return nil, b.wrap("await without page scripts", errors.ErrUnsupported)
	}
	return b.script(executeAsync, `
	const args = Array.from(arguments), done = args.pop();
	(async function() {`+"\n"+script+"\n"+`}).apply(null, args)
		.then(v => JSON.stringify({value: v}))
		.catch(e => JSON.stringify({error: String(e)}))
		.then(done);`, args)
}

func (b *Browser) script(c command, script string, args []any) (json.RawMessage, error) {
	if args == nil {
		args = []any{}
	}
	answer, err := b.engine.do(c, map[string]any{"script": script, "args": args})
	if err != nil {
		return nil, b.wrap("script", err)
	}
	var text string
	var result struct {
		Value json.RawMessage
		Error *string
	}
	if err := json.Unmarshal(answer, &text); err != nil {
		return nil, b.wrap("script", err)
	}
	if err := json.Unmarshal([]byte(text), &result); err != nil {
		return nil, b.wrap("script", err)
	}
	if result.Error != nil {
		return nil, b.wrap("script", &Error{Code: "javascript error", Message: *result.Error})
	}
	if result.Value == nil {
		return json.RawMessage("null"), nil
	}
	return result.Value, nil
}

// Text returns the rendered text of the first element a CSS selector finds.
func (b *Browser) Text(selector string) (string, error) {
	answer, err := b.Eval(`
		const e = document.querySelector(arguments[0]);
		if (!e) throw new Error("no element " + arguments[0]);
		return e.innerText ?? e.textContent;`, selector)
	if err != nil {
		return "", err
	}
	var text string
	err = json.Unmarshal(answer, &text)
	return text, b.wrap("text", err)
}

// Source returns the page as HTML, as it is now and not as it was sent;
// shadow roots are not in it.
func (b *Browser) Source() (string, error) {
	answer, err := b.engine.do(getSource, nil)
	if err != nil {
		return "", b.wrap("source", err)
	}
	var html string
	err = json.Unmarshal(answer, &html)
	return html, b.wrap("source", err)
}

// Screenshot returns a PNG of the viewport, one pixel a CSS pixel.
func (b *Browser) Screenshot() ([]byte, error) {
	answer, err := b.engine.do(takeScreenshot, nil)
	if err != nil {
		return nil, b.wrap("screenshot", err)
	}
	var png []byte // base64 in JSON
	err = json.Unmarshal(answer, &png)
	return png, b.wrap("screenshot", err)
}

// Resize makes the viewport width by height CSS pixels, from 240 by 240 to
// 4096 by 4096 in all browsers.
func (b *Browser) Resize(width, height int) error {
	var w, h int
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if err := b.engine.resize(width, height); err != nil {
			return b.wrap("resize", err)
		}
		size, err := b.Eval(`return [innerWidth, innerHeight]`)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(size, &[]any{&w, &h}); err != nil {
			return b.wrap("resize", err)
		}
		if w == width && h == height {
			return nil
		}
	}
	return b.wrap("resize", fmt.Errorf("%dx%d asked for, %dx%d given", width, height, w, h))
}

// Log returns what pages complained about since the last call: console.error
// and exceptions that nothing caught, in all browsers that tell; what the
// Content Security Policy blocked and what didn't load, in Chromium and partly
// in Firefox. A missing favicon.ico is the browser's wish and not in it.
//
// WebKitGTK keeps its console to itself under automation: there the log is
// always empty.
func (b *Browser) Log() ([]string, error) {
	lines, err := b.engine.console()
	kept := lines[:0]
	for _, line := range lines {
		if !strings.Contains(line, "/favicon.ico") {
			kept = append(kept, line)
		}
	}
	return kept, b.wrap("log", err)
}

func (b *Browser) wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("browser: %s: %s: %w", b.name, what, err)
}
