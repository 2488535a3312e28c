package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// rival is a way to show a number that a publisher has counted.
type rival struct {
	name, page string
	number     string // an expression for the number as it is seen, once it is there
	text       string // one for all that a reader sees then
}

// compared is what a page that shows the number that way takes beside itself.
type compared struct {
	bytes, requests int
	at              float64       // when the number was painted, in milliseconds after the navigation
	scripts         time.Duration // for how long the page ran them, where nobody watches
	text            string
}

// compare prints what it takes to show the same number of the same publisher, each on
// a page that has nothing else.
func compare(ctx context.Context, dir string, l *line, cpu float64, runs int) error {
	s, err := snapshot()
	if err != nil {
		return err
	}
	files, err := peers(ctx, s)
	if err != nil {
		return err
	}
	if err := ours(files, s); err != nil {
		return err
	}
	fmt.Print("| | bytes | requests | number painted after | scripts | what a reader sees |\n| --- | ---: | ---: | ---: | ---: | --- |\n")
	for _, r := range rivals {
		var least compared
		for i := range max(1, runs) {
			c, err := measureRival(ctx, r, &meter{dir: dir, files: files}, l, cpu)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			if i == 0 || c.at < least.at {
				least = c
			}
		}
		fmt.Printf("| %s | %d | %d | %.1f s | %d ms | %s |\n", r.name, least.bytes, least.requests, least.at/1000, least.scripts.Milliseconds(), least.text)
	}
	return nil
}

var rivals = []rival{
	{
		name:   "`<gcm-pledges>` and a view document",
		page:   `<link rel="stylesheet" href="gcm-pledges-room.css"><script type="module" src="gcm-pledges.js"></script><gcm-pledges src="counter.json">158 pledges</gcm-pledges>`,
		number: `document.querySelector("gcm-pledges").shadowRoot?.querySelector("[part=number]").textContent`,
		text:   `document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=view]").innerText`,
	},
	{
		name:   "number-flow " + numberFlowVersion + " and a fetch of `counts.json`",
		page:   `<script type="module" src="number-flow.js"></script><p><number-flow></number-flow> pledges</p>`,
		number: digits,
		text:   digits + ` + document.querySelector("p").innerText`,
	},
	{
		name:   "Datawrapper’s web component (chart-core " + chartCoreVersion + ") and `counts.csv`",
		page:   `<script src="embed.js"></script>`,
		number: `document.querySelector("datawrapper-visualization")?.shadowRoot.querySelector(".gcm-number").textContent`,
		text:   `document.querySelector("datawrapper-visualization").shadowRoot.querySelector(".chart").innerText`,
	},
	{
		name:   "an iframe with a page that a server has rendered",
		page:   `<iframe src="frame.html" width="100%" height="240" title="Pledges"></iframe>`,
		number: `document.querySelector("iframe").contentDocument?.querySelector("gcm-pledges")?.shadowRoot?.querySelector("[part=number]").textContent`,
		text:   `document.querySelector("iframe").contentDocument.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=view]").innerText`,
	},
}

// digits are those of number-flow that are not on their way.
const digits = `[...document.querySelector("number-flow").shadowRoot.querySelectorAll(".digit__num:not([inert])")].map((e) => e.textContent).join("")`

// ours adds what the element and the iframe read.
func ours(files map[string][]byte, s *tally.Snapshot) error {
	document, err := view.Document{}.AppendJSON(nil, s)
	if err != nil {
		return err
	}
	e := view.Element{Sources: []string{"counter.json"}, Options: view.Options{Now: gcm.InstantOfUnix(time.Now().Unix(), 0)}, Stylesheet: "gcm-pledges.css"}
	frame, err := e.AppendHTML([]byte(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pledges</title>`), s)
	files["counter.json"], files["frame.html"] = document, frame
	return err
}

// meter serves the page and the files, packed, and counts what is asked for beside the
// page.
type meter struct {
	dir, page string
	files     map[string][]byte

	mu              sync.Mutex
	bytes, requests int
}

func (m *meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	content, ok := m.files[name]
	switch {
	case r.URL.Path == "/":
		name, content = "index.html", []byte(m.page)
	case !ok:
		var err error
		if content, err = os.ReadFile(filepath.Join(m.dir, name)); err != nil {
			http.NotFound(w, r) // such as the icon, which is the browser's own wish
			return
		}
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(content)
	z.Close()
	if r.URL.Path != "/" {
		m.mu.Lock()
		m.requests++
		m.bytes += b.Len()
		m.mu.Unlock()
	}
	w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
	w.Header().Set("Content-Encoding", "gzip") // browsers take brotli from https only
	w.Write(b.Bytes())
}

// watch notes the frame in which the number is there.
const watch = `<script>
const at = new Promise((done) => {
  const look = () => {
    let number; try { number = NUMBER } catch {}
    if (number?.includes("158")) done(performance.now()); else requestAnimationFrame(look);
  };
  look();
});
Object.defineProperty(document, "numbered", { value: at });
</script>`

func watchOf(r rival) string { return strings.Replace(watch, "NUMBER", r.number, 1) }

// measureRival measures twice: when the number is there, which takes scripts that look,
// and what the page's own scripts take.
func measureRival(ctx context.Context, r rival, m *meter, l *line, cpu float64) (c compared, err error) {
	err = onPhone(ctx, r, "", m, l, cpu, func(b *browser.Browser) error {
		time.Sleep(4 * time.Second)
		c.scripts, err = b.ScriptTime()
		return err
	})
	if err != nil {
		return c, err
	}
	m.bytes, m.requests = 0, 0
	err = onPhone(ctx, r, watchOf(r), m, l, cpu, func(b *browser.Browser) error {
		answer, err := b.Await(`const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no number: " + document.body.innerHTML.slice(0, 2000) + document.querySelector("number-flow,datawrapper-visualization")?.shadowRoot?.innerHTML.slice(-3000))), 20_000));
const at = await Promise.race([document.numbered, late]);
await new Promise((later) => setTimeout(later, 2000)); // until nothing more is asked for
return [at, ` + r.text + `]`)
		if err != nil {
			return err
		}
		return json.Unmarshal(answer, &[]any{&c.at, &c.text})
	})
	c.text = strings.Join(strings.Fields(c.text), " ")
	c.bytes, c.requests = m.bytes, m.requests
	return c, err
}

// onPhone has do look at a page that shows the number, with a script in front of all
// else.
func onPhone(ctx context.Context, r rival, script string, m *meter, l *line, cpu float64, do func(*browser.Browser) error) error {
	m.page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pledges</title>` +
		script + "<h1>Pledges</h1>" + r.page + "<p>What comes behind.</p>"
	server := httptest.NewServer(l.handler(m))
	defer server.Close()
	b, err := browser.Launch(ctx, "chromium", browser.Options{Width: 360, Height: 780})
	if err != nil {
		return err
	}
	defer b.Close()
	if err := b.Slow(cpu); err != nil {
		return err
	}
	if _, err := b.ScriptTime(); err != nil { // from now on
		return err
	}
	if err := b.Open(server.URL + "/"); err != nil {
		return err
	}
	return do(b)
}
