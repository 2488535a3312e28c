package page

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// here is a site at an address, whose places are named by what they are.
func here() *Site {
	return &Site{Base: "https://example.org/", Address: func(p Place) string {
		return fmt.Sprintf("%d.%s.%s.%s.%d", p.What, p.View, p.Language, p.ID, p.Number)
	}}
}

func numbered(n int) *pledge.Pledge {
	return &pledge.Pledge{ID: pledge.IDFromRef("https://example.org/", strconv.Itoa(n)), Ref: strconv.Itoa(n), Title: "Pledge " + strconv.Itoa(n)}
}

// Neither side of a frame is more than what is asked for, it is as large as it may be,
// and of the proportions of the card while that can be read.
func TestFramesFitIntoTheirRoom(t *testing.T) {
	for _, card := range [][2]int{{520, 167}, {520, 504}, {520, 4461}} {
		natural := Embed{}
		w, h := natural.fit(card[0], card[1])
		if w != frameWidth || h != card[1]+frameLink {
			t.Errorf("a card of %v has a frame of %d by %d", card, w, h)
		}
		for maxWidth := 0; maxWidth < 700; maxWidth += 7 {
			for maxHeight := 0; maxHeight < 5000; maxHeight += 61 {
				width, height := Embed{MaxWidth: maxWidth, MaxHeight: maxHeight}.fit(card[0], card[1])
				if width < 1 || height < 1 || width > frameWidth || maxWidth > 0 && width > maxWidth || maxHeight > 0 && height > maxHeight {
					t.Fatalf("a card of %v in %d by %d: %d by %d", card, maxWidth, maxHeight, width, height)
				}
				whole := card[1]*width <= (height-frameLink)*card[0]
				if !whole && (width > leastWidth || height != maxHeight) {
					t.Fatalf("a card of %v in %d by %d is cut: %d by %d", card, maxWidth, maxHeight, width, height)
				}
			}
		}
	}
}

func TestRelationsGoBothWays(t *testing.T) {
	a, b, c, d, e, f := numbered(0), numbered(1), numbered(2), numbered(3), numbered(4), numbered(5)
	b.Matches = pledge.Match{ID: a.ID, Ref: "2"} // the ID says more
	c.Matches = pledge.Match{Ref: "0"}
	d.Matches = pledge.Match{Title: a.Title}
	e.Ref, e.Matches = "5", pledge.Match{Ref: "5"} // which two have
	f.Matches = pledge.Match{ID: f.ID}             // itself
	r := RelationsOf([]*pledge.Pledge{a, b, c, d, e, f})
	var matching []string
	for _, m := range r.Page(a).Matching {
		matching = append(matching, m.Title)
	}
	if want := []string{b.Title, c.Title, d.Title}; !reflect.DeepEqual(matching, want) {
		t.Errorf("%q match the first one, want %q", matching, want)
	}
	for _, p := range []*pledge.Pledge{b, c, d} {
		if m := r.Page(p).Matched; m == nil || m.ID != a.ID {
			t.Errorf("%s matches %v", p.Title, m)
		}
	}
	for _, p := range []*pledge.Pledge{a, e, f} {
		if m := r.Page(p).Matched; m != nil {
			t.Errorf("%s matches %v", p.Title, m)
		}
	}
	var got struct {
		Pledge   pledge.Pledge
		Title    string
		Matched  *struct{ ID, Title string }
		Matching []struct{ ID, Title string }
	}
	for _, p := range []*pledge.Pledge{a, b, f} {
		for _, h := range []tally.Header{{}, {Title: "T"}} {
			got.Matched, got.Matching = nil, nil
			o := r.Page(p)
			if err := json.Unmarshal(o.AppendJSON(nil, &h, p), &got); err != nil || got.Pledge.Title != p.Title || len(got.Matching) != len(o.Matching) || (got.Matched != nil) != (o.Matched != nil) || got.Title != h.Title && h.Title != "" {
				t.Errorf("%v: %s", err, o.AppendJSON(nil, &h, p))
			}
		}
	}
}

func TestSiteMapsHaveEachPledgeInEachLanguage(t *testing.T) {
	for _, n := range []int{0, 1, PerSiteMap + 1} {
		var all []Dated
		for i := range n {
			all = append(all, Dated{numbered(i).ID, gcm.DateOf(2022, 5, 20)})
		}
		seen, most := map[string]int{}, 0
		for number := 1; number <= SiteMaps(n); number++ {
			b := AppendSiteMap(nil, here(), all, number)
			most = max(most, len(b))
			var set struct {
				URLs []struct {
					Loc string `xml:"loc"`
				} `xml:"url"`
			}
			if err := xml.Unmarshal(b, &set); err != nil || len(set.URLs) > 50_000 {
				t.Fatalf("%v, %d addresses", err, len(set.URLs))
			}
			for _, u := range set.URLs {
				seen[u.Loc]++
			}
		}
		views := 0
		for range view.Kinds() {
			views++
		}
		if len(seen) != 6*(n+views+1) || most > 50<<20 {
			t.Errorf("of %d pledges there are %d addresses, and %d bytes", n, len(seen), most)
		}
		for at, times := range seen {
			if times != 1 {
				t.Errorf("%s is there %d times", at, times)
			}
		}
		if index := AppendSiteMap(nil, here(), all, 0); bytes.Count(index, []byte("<sitemap>")) != SiteMaps(n) {
			t.Errorf("%s", index)
		}
	}
	if SiteMaps(PerSiteMap) != 1 {
		t.Error("a full site map makes another one")
	}
	if b := AppendSiteMap(nil, &Site{Address: here().Address}, nil, 1); b != nil {
		t.Errorf("a site map of nowhere: %s", b)
	}
}

func TestListIsDividedIntoPages(t *testing.T) {
	for pledges, want := range map[int]int{0: 1, 1: 1, PerPage: 1, PerPage + 1: 2, 10 * PerPage: 10} {
		if got := Pages(pledges); got != want {
			t.Errorf("%d pledges are on %d pages, want %d", pledges, got, want)
		}
	}
	var all []*pledge.Pledge
	for i := range PerPage + 1 {
		all = append(all, numbered(i))
	}
	s := &tally.Snapshot{Counts: tally.Counts{Total: len(all)}}
	for number, want := range map[int]int{-1: PerPage, 0: PerPage, 1: PerPage, 2: 1, 3: 1} {
		b, err := ListPage{Number: number}.AppendHTML(nil, here(), s, all)
		if n := strings.Count(string(b), `<p class="title">`); err != nil || n != want {
			t.Errorf("page %d has %d pledges, %v", number, n, err)
		}
	}
	if b, err := (ListPage{}).AppendHTML(nil, &Site{}, &tally.Snapshot{}, nil); err != nil || !strings.Contains(string(b), "No pledges") || strings.Contains(string(b), "href=\"\"") {
		t.Errorf("%v\n%s", err, b)
	}
}

// What was made up says so wherever it is shown, and isn't to be found.
func TestMadeUpPledgesSaySo(t *testing.T) {
	for l := range gcm.Languages() {
		for _, illustrative := range []bool{false, true} {
			h := tally.Header{Illustrative: illustrative}
			s := &tally.Snapshot{Header: h, Counts: tally.Counts{Total: 1}}
			one, err := PledgePage{Language: l}.AppendHTML(nil, here(), &h, numbered(1))
			two, err2 := ViewPage{Language: l}.AppendHTML(nil, here(), s)
			three, err3 := ListPage{Language: l}.AppendHTML(nil, here(), s, nil)
			for _, b := range [][]byte{one, two, three} {
				said := locale.Illustrative.In(l)
				if n := strings.Count(string(b), string(said)); err != nil || err2 != nil || err3 != nil || (n >= 3) != illustrative || strings.Contains(string(b), "noindex") != illustrative {
					t.Errorf("%s, made up %v: %d\n%s", l, illustrative, n, b)
				}
			}
		}
	}
}

// A page of nothing is whole, too, wherever it is.
func TestPledgeOfWhichNothingIsStatedHasAPage(t *testing.T) {
	for l := range gcm.Languages() {
		b, err := PledgePage{Language: l}.AppendHTML([]byte("before"), &Site{}, &tally.Header{}, &pledge.Pledge{})
		html := string(b)
		if err != nil || !strings.HasPrefix(html, "before<!doctype html>") || strings.Contains(html, `href=""`) || strings.Contains(html, "{") && strings.Contains(html, "{n}") {
			t.Errorf("%v\n%s", err, html)
		}
	}
}

// Of an Arabic sentence every part keeps its own direction.
func TestCitationSaysEachThingOnce(t *testing.T) {
	h := &tally.Header{Title: "Pledges", Publisher: "Pledges"}
	if got := cite(h, gcm.English, "12 pledges", "https://example.org/"); got != "Cite as: 12 pledges. Pledges. https://example.org/" {
		t.Errorf("%q", got)
	}
	if got := cite(h, gcm.Arabic, "x", "y"); strings.Count(got, "\u2068") != 3 || strings.Count(got, "\u2069") != 3 {
		t.Errorf("%q", got)
	}
}

func TestForeignTextIsPlain(t *testing.T) {
	for text, want := range map[string]string{"a\n b\t\u202ec\u2066": "a b c", "\u0085x\u2028y": "xy", "": "", "中文 é": "中文 é"} {
		if got := plain(text); got != want {
			t.Errorf("plain(%q) is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"https://a.b/c?d": "https://a.b/c?d", "HTTPS://a.b": "https://a.b", "http://a.b": "", "javascript:x": "", "https:": "", "https://user@a.b": "", "https://a b": "", "//a.b": ""} {
		if got := https(text); got != want {
			t.Errorf("https(%q) is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"fr-CA": "fr-CA", `x"`: "", strings.Repeat("x", 36): ""} {
		if got := attribute(text); got != want {
			t.Errorf("attribute(%q) is %q", text, got)
		}
	}
	p := &pledge.Pledge{Description: strings.Repeat("中", 200)}
	if got := description(p, "", "x"); !strings.HasSuffix(got, "中…") || len(got) > described+len("…") {
		t.Errorf("%q", got)
	}
	p.Description = strings.Repeat("word ", 100)
	if got := description(p, "", "x"); !strings.HasSuffix(got, "word…") {
		t.Errorf("%q", got)
	}
}
