// Command screenshot takes pictures of the example's pages (light, dark, Arabic,
// narrow, with forced colours) and of every view and size: light and dark, in six
// languages, in columns of 220, 375, 768 and 1200 pixels. It needs Chromium and its
// driver.
//
//	go run ./wasm/internal/screenshot -o shots
//	go run ./wasm/internal/screenshot -only dashboard
//	go run ./wasm/internal/screenshot -only 'readme*' -o examples/partner
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
	"path"
	"path/filepath"

	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// shots are the pictures: a file name, a page, and what the browser tells it. One
// without a height is as high as what is on the page.
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
	{"readme-counter", "view?view=counter&lang=en", browser.Options{Width: 375}},
	{"readme-hero", "view?view=counter&size=hero&lang=fr", browser.Options{Width: 640}},
	{"readme-objectives", "view?view=objectives&lang=es", browser.Options{Width: 640}},
	{"readme-map", "view?view=map&lang=en", browser.Options{Width: 800, Dark: true}},
	{"readme-states", "view?view=states&lang=fr", browser.Options{Width: 375, Height: 640, Dark: true}},
	{"readme-timeline", "view?view=timeline&lang=ar", browser.Options{Width: 640, Dark: true}},
	{"readme-status", "view?view=status&lang=ru", browser.Options{Width: 640}},
	{"readme-money", "view?view=money&lang=en", browser.Options{Width: 640}},
	{"readme-list", "view?view=list&lang=ar", browser.Options{Width: 375, Height: 640}},
	{"readme-dashboard", "view?view=dashboard&lang=en#objective=7&region=africa", browser.Options{Width: 1200, Height: 900}},
	{"readme-dashboard-narrow", "view?view=dashboard&lang=es", browser.Options{Width: 375, Height: 640}},
	{"readme-form", "form-fr.html", browser.Options{Width: 640, Height: 640}},
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
	only := flags.String("only", "", "take these pictures only: the `name` of one, of a view, or a pattern such as readme*")
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
	some := false
	for _, s := range shots {
		if !matches(*only, s.name) {
			continue
		}
		some = true
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
	if some && *only != "" {
		return nil
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
	if o.Height == 0 {
		return takeView(b, o.Width-2*margin)
	}
	return b.Screenshot()
}

// matches reports whether a picture is one of those that are asked for.
func matches(only, name string) bool {
	ok, _ := path.Match(only, name)
	return ok || only == ""
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
