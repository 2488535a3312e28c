package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"os"
	"path/filepath"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// widths are those that every view is looked at in, in CSS pixels.
var widths = []int{320, 1200}

// handler serves the files in dir, and pages with nothing but one view.
func handler(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch q := r.URL.Query(); r.URL.Path {
		case "/view":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, viewPage(q.Get("view"), q.Get("lang")))
		case "/reference.json":
			w.Header().Set("Content-Type", "application/json")
			w.Write(data.Reference())
		default:
			files.ServeHTTP(w, r)
		}
	})
}

// views takes pictures of every view, light and dark, in English and Arabic, at
// each width, into files such as view-objectives-ar-dark-320.png. only is the
// name of a view, all if it is empty.
func views(ctx context.Context, site, out, only string) error {
	for _, dark := range []bool{false, true} {
		b, err := browser.Launch(ctx, "chromium", browser.Options{Dark: dark})
		if err != nil {
			return err
		}
		defer b.Close()
		for kind := range view.Kinds() {
			if only != "" && only != kind.String() {
				continue
			}
			for _, lang := range []gcm.Language{gcm.English, gcm.Arabic} {
				for _, width := range widths {
					name := fmt.Sprintf("view-%s-%s", kind, lang)
					if dark {
						name += "-dark"
					}
					file := filepath.Join(out, fmt.Sprintf("%s-%d.png", name, width))
					if err := takeView(b, site+"/view?view="+kind.String()+"&lang="+lang.String(), width, file); err != nil {
						return fmt.Errorf("%s: %w", file, err)
					}
					fmt.Println(file)
				}
			}
		}
	}
	return nil
}

// takeView takes a picture of a page that is as high as what is on it.
func takeView(b *browser.Browser, url string, width int, file string) error {
	if err := b.Resize(width, 900); err != nil {
		return err
	}
	if err := b.Open(url); err != nil {
		return err
	}
	if _, err := b.Await(live); err != nil {
		return err
	}
	height := 0
	if err := evaluate(b, `return Math.ceil(document.body.getBoundingClientRect().height) + 16`, &height); err != nil {
		return err
	}
	if err := b.Resize(width, min(max(height, 240), 8192)); err != nil {
		return err
	}
	picture, err := b.Screenshot()
	if err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}

// viewPage is a page with nothing but one view.
func viewPage(view, lang string) string {
	return `<!doctype html><html lang="` + html.EscapeString(lang) + `"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + html.EscapeString(view) + `</title>` +
		`<meta name="color-scheme" content="light dark"><script type="module" src="gcm-pledges.js"></script>` +
		`<body style="margin:16px;font-family:sans-serif"><gcm-pledges src="reference.json" loading="eager" hash view="` + html.EscapeString(view) + `"></gcm-pledges></body></html>`
}
