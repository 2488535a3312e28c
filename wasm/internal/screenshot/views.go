package main

import (
	"context"
	"fmt"
	"html"
	"iter"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// widths are those of the columns in which every view is looked at, in CSS pixels: a
// sidebar, a telephone, a tablet, a page.
var widths = []int{220, 375, 768, 1200}

// today is what time it is on the pages, as numbers have an age.
const today = "2026-05-20T12:00:00Z"

// A shown is a view as an element shows it.
type shown struct {
	view, size string // size is "" where a view has one only
	lang       gcm.Language
	dark       bool
}

// views yields every view and size in every language, light and then dark.
func views() iter.Seq[shown] {
	return func(yield func(shown) bool) {
		for _, dark := range []bool{false, true} {
			for kind := range view.Kinds() {
				sizes := []string{""}
				if kind == view.Counter {
					sizes = []string{"", "inline", "compact", "hero"}
				}
				for _, size := range sizes {
					for lang := range gcm.Languages() {
						if !yield(shown{kind.String(), size, lang, dark}) {
							return
						}
					}
				}
			}
		}
	}
}

// name is that of the picture's file, such as counter-hero-ar-dark-375.png.
func (s shown) name(width int) string {
	name := s.view
	if s.size != "" {
		name += "-" + s.size
	}
	name += "-" + s.lang.String()
	if s.dark {
		name += "-dark"
	}
	return name + "-" + strconv.Itoa(width) + ".png"
}

// path is the address of a page with nothing but the view.
func (s shown) path() string {
	return "/view?" + url.Values{"view": {s.view}, "size": {s.size}, "lang": {s.lang.String()}}.Encode()
}

// handler serves the files in dir, and pages with nothing but one view.
func handler(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch q := r.URL.Query(); r.URL.Path {
		case "/view":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, viewPage(q.Get("view"), q.Get("size"), q.Get("lang")))
		case "/reference.json":
			w.Header().Set("Content-Type", "application/json")
			w.Write(data.Reference())
		default:
			files.ServeHTTP(w, r)
		}
	})
}

// takeViews takes pictures of every view at each width, or only of those whose name
// matches.
func takeViews(ctx context.Context, site, out, only string) error {
	browsers := map[bool]*browser.Browser{}
	for s := range views() {
		if !matches(only, s.view) {
			continue
		}
		b := browsers[s.dark]
		if b == nil {
			var err error
			if b, err = browser.Launch(ctx, "chromium", browser.Options{Dark: s.dark, ReducedMotion: true}); err != nil {
				return err
			}
			defer b.Close()
			browsers[s.dark] = b
		}
		if err := s.open(b, site); err != nil {
			return fmt.Errorf("%s: %w", s.path(), err)
		}
		for _, width := range widths {
			picture, err := takeView(b, width)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name(width), err)
			}
			file := filepath.Join(out, s.name(width))
			if err := os.WriteFile(file, picture, 0o644); err != nil {
				return err
			}
			fmt.Println(file)
		}
	}
	return nil
}

// open opens the page of a view, and waits until it is there as it stays.
func (s shown) open(b *browser.Browser, site string) error {
	if err := b.Open(site + s.path()); err != nil {
		return err
	}
	_, err := b.Await(live)
	return err
}

// takeView takes a picture of the open page, with a column of a width, as high as
// what is on it.
func takeView(b *browser.Browser, width int) ([]byte, error) {
	if err := b.Resize(width+2*margin, 900); err != nil {
		return nil, err
	}
	height := 0
	if err := evaluate(b, `return Math.ceil(document.body.getBoundingClientRect().height)`, &height); err != nil {
		return nil, err
	}
	if err := b.Resize(width+2*margin, min(height+2*margin, 8192)); err != nil {
		return nil, err
	}
	return b.Screenshot()
}

// margin is what is around the column.
const margin = 16

// viewPage is a page with nothing but one view, on which the time stands still.
func viewPage(view, size, lang string) string {
	attributes := ""
	if size != "" {
		attributes = ` size="` + html.EscapeString(size) + `"`
	}
	return `<!doctype html><html lang="` + html.EscapeString(lang) + `"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + html.EscapeString(view) + `</title>` +
		`<meta name="color-scheme" content="light dark"><script>Date = class extends Date { static now() { return Date.parse("` + today + `"); } constructor(...words) { super(...(words.length ? words : [Date.now()])); } };</script>` +
		`<script type="module" src="gcm-pledges.js"></script>` +
		`<body style="margin:16px;font-family:sans-serif;line-height:1.4;color:light-dark(#1a1d20,#eceff1);background:light-dark(#fff,#14171a);--gcm-ground:light-dark(#fff,#14171a)">` +
		`<gcm-pledges src="reference.json" loading="eager" hash view="` + html.EscapeString(view) + `"` + attributes + `></gcm-pledges></body></html>`
}
