// Command screenshot takes pictures of the example's pages (light, dark, Arabic,
// narrow, with forced colours) and of every view and size: light and dark, in six
// languages, in columns of 220, 375, 768 and 1200 pixels. It needs Chromium and its
// driver.
//
//	go run ./wasm/internal/screenshot -o shots
//	go run ./wasm/internal/screenshot -only dashboard
//
// Its test compares a handful of them with those in testdata.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// shots are the pictures: a file name, a page, and what the browser tells it.
var shots = []struct {
	name, page string
	options    browser.Options
}{
	{"screenshot", "index.html", browser.Options{Width: 1000, Height: 1130}},
	{"light", "index.html", browser.Options{Width: 1200, Height: 4200}},
	{"dark", "index.html", browser.Options{Width: 1200, Height: 4200, Dark: true}},
	{"arabic", "ar.html", browser.Options{Width: 1200, Height: 4200}},
	{"narrow", "index.html", browser.Options{Width: 320, Height: 7000}},
	{"explore", "explore.html#region=africa", browser.Options{Width: 1200, Height: 2400}},
	{"form", "form.html", browser.Options{Width: 1000, Height: 3000}},
	{"form-arabic-dark", "form-ar.html", browser.Options{Width: 1000, Height: 3000, Dark: true}},
	{"form-narrow", "form.html", browser.Options{Width: 320, Height: 4000}},
	{"builder", "builder.html?src=reference.json&view=regions", browser.Options{Width: 1200, Height: 1200}},
	{"builder-narrow-dark", "builder.html?src=reference.json", browser.Options{Width: 375, Height: 2400, Dark: true}},
	{"readme-dashboard", "view?view=dashboard&lang=en#objective=7&region=africa", browser.Options{Width: 640, Height: 740}},
	{"readme-timeline", "view?view=timeline&lang=ar", browser.Options{Width: 640, Height: 470, Dark: true}},
	{"forced-colors", "index.html", browser.Options{Width: 1200, Height: 4200, ForcedColors: true}},
}

func main() {
	log.SetFlags(0)
	if err := run(context.Background(), os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("screenshot: ", err)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("screenshot", flag.ContinueOnError)
	out := flags.String("o", "shots", "write the pictures to this `folder`")
	only := flags.String("only", "", "take this `picture`, or the pictures of this view, only")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "gcmkit-screenshot-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site := exec.CommandContext(ctx, "go", "run", "./examples/static", "-fast", "-o", dir)
	site.Stderr = os.Stderr
	if err := site.Run(); err != nil {
		return err
	}
	server := httptest.NewServer(handler(dir))
	defer server.Close()
	for _, s := range shots {
		if *only != "" && *only != s.name {
			continue
		}
		picture, err := take(ctx, server.URL+"/"+s.page, s.options)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		file := filepath.Join(*out, s.name+".png")
		if err := os.WriteFile(file, picture, 0o644); err != nil {
			return err
		}
		fmt.Println(file)
	}
	for _, s := range shots {
		if s.name == *only {
			return nil
		}
	}
	return takeViews(ctx, server.URL, *out, *only)
}

// take takes a picture of a page once its widgets are live and its form is there.
func take(ctx context.Context, url string, o browser.Options) ([]byte, error) {
	b, err := browser.Launch(ctx, "chromium", o)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	if err := b.Open(url); err != nil {
		return nil, err
	}
	if _, err := b.Await(live); err != nil {
		return nil, err
	}
	return b.Screenshot()
}

// live waits until all widgets and forms of a page are there as they stay.
const live = `document.documentElement.style.overflow = "hidden"; // no scroll bar in the picture
const all = [...document.querySelectorAll("gcm-pledges")];
for (const w of all) w.loading = "eager";
for (const w of all) await w.refresh();
const dead = all.filter((w) => !w.summary);
if (dead.length) throw new Error(dead.length + " widgets show nothing");
for (const f of document.querySelectorAll("gcm-pledge-form")) {
  while (!f.shadowRoot) await new Promise((later) => setTimeout(later, 50));
}
await document.fonts.ready;
await Promise.all(all.flatMap((w) => w.shadowRoot.getAnimations().map((a) => a.finished)));`

// evaluate runs a script and reads what it returns.
func evaluate(b *browser.Browser, script string, value any) error {
	answer, err := b.Eval(script)
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, value)
}
