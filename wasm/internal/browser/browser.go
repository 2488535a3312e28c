// Package browser drives the system's Chromium, Firefox and WebKitGTK from Go
// tests, with nothing but the standard library.
//
// Chromium and WebKitGTK are spoken to through their W3C WebDriver programs,
// Firefox through its own Marionette, which has the same commands on another
// wire. Every browser has a home directory of its own, sees no display of the
// user's, and is gone with all its processes when [Browser.Close] returns, and
// within seconds of the end of the test program, however that ends.
//
// The browsers come with Debian (chromium-driver, firefox-esr,
// webkit2gtk-driver and xvfb); on anything but Linux they all count as
// missing.
package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	startTimeout   = 60 * time.Second // one attempt to start
	attempts       = 3                // to start: ports and displays are shared with other programs
	scriptTimeout  = 60 * time.Second // page scripts and page loads, kept by the browser
	commandTimeout = 90 * time.Second // one command, kept by this package
)

// Engines returns the names that [Launch] and [Start] take.
func Engines() []string { return []string{"chromium", "firefox", "webkit"} }

// Options are what the browser tells the pages. The zero value is a light page
// of 1200 by 900 CSS pixels, one device pixel each, that runs its scripts.
type Options struct {
	Width, Height int  // of the viewport, in CSS pixels; 0 means 1200 and 900
	NoScript      bool // pages run no scripts and show their noscript elements; Eval still works, Await doesn't
	Dark          bool // prefers-color-scheme: dark
	ReducedMotion bool // prefers-reduced-motion: reduce
	ForcedColors  bool // forced-colors: active; not in WebKitGTK
}

// Browser is a running browser with one page. Its methods may be called from
// one goroutine at a time. The zero value isn't usable: see [Launch].
type Browser struct {
	name     string
	engine   engine
	group    *group
	noScript bool
}

// engine is what the three browsers do each in its own way.
type engine interface {
	// do runs one WebDriver command and returns its value.
	do(c command, params any) (json []byte, err error)
	// resize asks for a viewport; Browser.Resize waits until it is there.
	resize(width, height int) error
	// console returns what the page complained about since the last call.
	console() ([]string, error)
}

// MissingError says that a program isn't installed.
type MissingError struct {
	Program string // what was looked for, such as "chromedriver"
	Package string // the Debian package that brings it
}

func (e *MissingError) Error() string {
	return "no " + e.Program + " (on Debian: apt-get install " + e.Package + ")"
}

// Launch starts a browser. ctx bounds the start, not the browser's life.
//
// The error is a [*MissingError] when a program isn't installed, wraps
// [errors.ErrUnsupported] when the browser can't do what o asks for, and is an
// error of its own for an engine that isn't in [Engines].
func Launch(ctx context.Context, engine string, o Options) (*Browser, error) {
	start, ok := starter(engine)
	if !ok {
		return nil, fmt.Errorf("browser: unknown engine %q", engine)
	}
	var err error
	for range attempts {
		var b *Browser
		if b, err = launch(ctx, engine, start, o); err == nil {
			return b, nil
		}
		missing := (*MissingError)(nil)
		if errors.As(err, &missing) || errors.Is(err, errors.ErrUnsupported) || ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func launch(ctx context.Context, name string, start startFunc, o Options) (_ *Browser, err error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	g, err := newGroup()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			g.close()
		}
	}()
	// A start that takes too long ends by ending the processes it waits for.
	defer context.AfterFunc(ctx, g.kill)()
	e, err := start(ctx, g, o)
	if late := ctx.Err(); err != nil && late != nil && !errors.Is(err, late) {
		err = fmt.Errorf("%w: %w", late, err)
	}
	if err != nil {
		return nil, fmt.Errorf("browser: start %s: %w", name, err)
	}
	b := &Browser{name: name, engine: e, group: g, noScript: o.NoScript}
	if err := b.Resize(cmp.Or(o.Width, 1200), cmp.Or(o.Height, 900)); err != nil {
		return nil, err
	}
	return b, nil
}

type startFunc func(context.Context, *group, Options) (engine, error)

func starter(engine string) (startFunc, bool) {
	switch engine {
	case "chromium":
		return startChromium, true
	case "firefox":
		return startFirefox, true
	case "webkit":
		return startWebKit, true
	}
	return nil, false
}

// Engine returns the browser's name, as given to [Launch].
func (b *Browser) Engine() string { return b.name }

// Close ends all processes of the browser and removes its files. It may be
// called more than once.
func (b *Browser) Close() error { return b.group.close() }

// find returns the first program there is: a name on the PATH, or a pattern
// of absolute paths.
func find(pkg string, programs ...string) (string, error) {
	for _, p := range programs {
		if filepath.IsAbs(p) {
			if found, _ := filepath.Glob(p); len(found) > 0 {
				return found[0], nil
			}
		} else if path, err := exec.LookPath(p); err == nil {
			return path, nil
		}
	}
	return "", &MissingError{filepath.Base(programs[0]), pkg}
}
