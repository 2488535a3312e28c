package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// wordsAreLoaded: the engine speaks English, and a page loads the words of the
// languages that its widgets speak, once each. That views in them are those of Go,
// other scenarios tell.
func wordsAreLoaded(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	const one = `<gcm-pledges loading=eager src="/feed.json" refresh=0 lang=`
	s.page("/", one+`fr-CA>158</gcm-pledges>`+one+`FR view=states>158</gcm-pledges>`+one+`en>158</gcm-pledges>`+one+`eo>158</gcm-pledges>`)
	v.open(s.URL)
	v.live(4)
	equal(t, v.spoken(), []string{"fr ltr", "fr ltr", "en ltr", "en ltr"})
	for lang, name := range s.built.words {
		want := 0
		if lang == "fr" {
			want = 1
		}
		if n := len(s.requests("/" + name)); n != want {
			t.Errorf("the words of %s were fetched %d times", lang, n)
		}
	}
	v.eval(nil, `document.querySelector("gcm-pledges").lang = "ar"`)
	v.live(5)
	equal(t, v.spoken()[:2], []string{"ar rtl", "fr ltr"})
	v.quiet()
}

// wordsAreMissing: a view is in English, and marked as such, as long as the words of
// its language can't be had, or are others than those of the engine.
func wordsAreMissing(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", widget)
	v.open(s.URL)
	v.live(1)
	for lang, wrong := range map[string]file{
		"es": {status: 404, kind: "text/plain"},
		"ru": {body: string(s.built.files[s.built.words["fr"]]), kind: "text/plain"},
		"zh": {body: strings.Replace(string(s.built.files[s.built.words["zh"]]), "阿富汗", "阿富漢", 1), kind: "text/plain"},
	} {
		path := "/" + s.built.words[lang]
		right := file{body: string(s.built.files[s.built.words[lang]]), kind: "text/plain"}
		s.put(path, wrong)
		v.eval(nil, `document.probe.errors.length = 0; document.querySelector("gcm-pledges").lang = arguments[0]`, lang)
		v.until("document.probe.errors.length > 0")
		v.refresh() // which tries again, and says nothing new
		equal(t, v.codes(), []string{"words-load"})
		equal(t, v.spoken(), []string{"en ltr"})
		if v.note() != "" || !strings.Contains(v.shown(), "pledges") {
			t.Errorf("without words of %s: %q, %s", lang, v.note(), v.shown())
		}
		s.put(path, right)
		v.refresh()
		equal(t, v.spoken(), []string{lang + " ltr"})
		var states []string
		v.eval(&states, `return ["live", "stale", "error"].filter((s) => document.querySelector("gcm-pledges").matches(":state(" + s + ")"))`)
		equal(t, states, []string{"live"})
	}
	v.caught()
}

// wordsOutlive: an engine that is started after a crash gets the words once more.
func wordsOutlive(t *testing.T, v visit, _ *site) {
	b, err := faultBundle()
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, b)
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	s.page("/", strings.Replace(widget, " ", " lang=fr ", 1))
	v.open(s.URL)
	v.live(1)
	s.feed("/feed.json", strings.Replace(feed, "Illustrative pledges, generated", "gcmfault:panic", 1))
	v.refresh()
	s.feed("/feed.json", oneMore(feed, "01"))
	v.refresh()
	v.until(`document.probe.updates.at(-1).total === 159`)
	equal(t, v.codes(), []string{"engine-panic"})
	equal(t, v.spoken(), []string{"fr ltr"})
	if n := len(s.requests("/" + b.words["fr"])); n != 1 {
		t.Errorf("the words were fetched %d times", n)
	}
	v.caught()
}

// spoken are the languages of the views, and their directions.
func (v visit) spoken() (all []string) {
	v.t.Helper()
	v.eval(&all, `return [...document.querySelectorAll("gcm-pledges")].map((w) => { const e = w.shadowRoot.querySelector("[part~=view]"); return e.lang + " " + e.dir })`)
	return all
}
