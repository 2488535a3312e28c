package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// opened is what opening a page took, in milliseconds from the navigation on.
type opened struct {
	first, last float64 // until the first and the last element had painted its number
	page        time.Duration
	worker      time.Duration
	others      time.Duration // of the same process: compiling, collecting garbage
}

// used is what a page takes once it is open.
type used struct {
	memory   float64 // bytes of the engine
	click    float64 // milliseconds from a click to the painted result
	key      float64 // from a key in the search box to the painted result, once texts are folded
	slowest  float64 // the slowest of those keys
	searched float64 // bytes of the engine then
	revision float64 // from a revision, sent to the server, to the painted number
}

// element returns an element that shows a view of the site's pledges.
func element(kind view.Kind, more string) string {
	return fmt.Sprintf(`<gcm-pledges src="/pledges/countable.json" refresh="0" loading="eager" view="%s"%s>158 pledges</gcm-pledges>`, kind, more)
}

// elements returns n elements, each with another view as far as there are.
func elements(n int) string {
	var b strings.Builder
	for b.Len() == 0 || n > 0 {
		for kind := range view.Kinds() {
			if n--; n < 0 {
				break
			}
			b.WriteString(element(kind, ""))
		}
	}
	return b.String()
}

// open opens the site's page of n elements.
func open(b *browser.Browser, s *site, n int) (o opened, err error) {
	if err := b.Open("about:blank"); err != nil {
		return o, err
	}
	s.show(elements(n))
	if err := b.Open(s.URL + "/"); err != nil {
		return o, err
	}
	answer, err := b.Await(`
		while (document.painted.length < arguments[0]) await new Promise((later) => setTimeout(later, 20));
		return [document.painted[0], document.painted[arguments[0] - 1]];`, n)
	if err != nil {
		return o, err
	}
	if err := json.Unmarshal(answer, &[]any{&o.first, &o.last}); err != nil {
		return o, err
	}
	return o, o.addThreads(b)
}

// addThreads adds what the threads of the page's process have run. Browsers keep a
// process for a page no longer than for its site, so it began with the page.
func (o *opened) addThreads(b *browser.Browser) error {
	threads, err := b.Threads()
	if err != nil {
		return err
	}
	process := pageProcess(threads)
	if process == 0 {
		return fmt.Errorf("no page with a worker among %d threads", len(threads))
	}
	for _, t := range threads {
		switch {
		case t.Process != process:
		case t.Main:
			o.page += t.CPU
		case isWorker(t):
			o.worker += t.CPU
		default:
			o.others += t.CPU
		}
	}
	return nil
}

// pageProcess returns the process that has the page and its worker; 0 if there is none.
// Firefox itself has workers as well, in processes of other names.
func pageProcess(threads []browser.Thread) int {
	pages := map[int]bool{}
	for _, t := range threads {
		if t.Main && (strings.HasPrefix(t.Name, "Isolated Web") || strings.HasPrefix(t.Name, "Web Content") || strings.HasPrefix(t.Name, "chrom")) {
			pages[t.Process] = true
		}
	}
	for _, t := range threads {
		if isWorker(t) && pages[t.Process] {
			return t.Process
		}
	}
	return 0
}

func isWorker(t browser.Thread) bool {
	return strings.HasPrefix(t.Name, "DedicatedWorker") || strings.HasPrefix(t.Name, "DOM Worker")
}

// use opens a page with a dashboard that follows the stream, clicks in it, and has
// pledges come in: several times each, of which the middle one counts.
func use(b *browser.Browser, s *site) (u used, err error) {
	if err := b.Open("about:blank"); err != nil {
		return u, err
	}
	s.show(element(view.Dashboard, ` live="/pledges/events"`))
	if err := b.Open(s.URL + "/"); err != nil {
		return u, err
	}
	answer, err := b.Await(`
		while (!document.painted.length) await new Promise((later) => setTimeout(later, 20));
		const widget = document.querySelector("gcm-pledges");
		const median = async (n, once) => {
			const all = [];
			for (let i = 0; i < n; i++) all.push(await once());
			return all.sort((a, b) => a - b)[n >> 1];
		};
		const memory = await document.memory();
		// An even number of clicks, after which all pledges are selected again.
		const click = await median(6, async () => {
			const button = widget.shadowRoot.querySelector("button[name=objective]");
			const begin = performance.now(), painted = document.update();
			button.click();
			return await painted - begin;
		});
		const total = () => widget.summary.counts.total;
		const revision = await median(5, async () => {
			await new Promise((later) => setTimeout(later, 300)); // as single ones come
			const before = total(), begin = performance.now();
			let painted = document.update();
			const answer = await fetch("/revise", { method: "POST" });
			if (!answer.ok) throw new Error(await answer.text());
			let at = await painted;
			while (total() === before) at = await document.update();
			return at - begin;
		});
		return [memory, click, revision];`)
	if err != nil {
		return u, err
	}
	if err := json.Unmarshal(answer, &[]any{&u.memory, &u.click, &u.revision}); err != nil {
		return u, err
	}
	return u, u.search(b)
}

// search types words into the box of the page's dashboard, letter by letter, and empties
// it again after each.
func (u *used) search(b *browser.Browser) error {
	answer, err := b.Await(`
		const box = document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=query]");
		const type = async (text) => {
			const begin = performance.now(), painted = document.update();
			box.value = text;
			box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
			return await painted - begin;
		};
		await type("member"); // which folds what isn't folded yet
		await type("");
		const keys = [];
		for (const word of ["member", "illust", "kenya"]) {
			for (let n = 1; n <= word.length; n++) keys.push(await type(word.slice(0, n)));
			await type("");
		}
		keys.sort((a, b) => a - b);
		return [await document.memory(), keys[keys.length >> 1], keys[keys.length - 1]];`)
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, &[]any{&u.searched, &u.key, &u.slowest})
}

// cold opens the page in a browser that has nothing of it, and then again in the same.
func cold(ctx context.Context, engine string, s *site, n int) (first, again opened, err error) {
	b, err := browser.Launch(ctx, engine, browser.Options{})
	if err != nil {
		return first, again, err
	}
	defer b.Close()
	if first, err = open(b, s, n); err != nil {
		return first, again, err
	}
	again, err = open(b, s, n)
	return first, again, err
}
