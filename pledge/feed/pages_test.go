package feed

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

const base = "https://example.org/pledges/"

// stub draws no picture, and has no font for Chinese.
type stub struct{}

func (stub) Check(card []byte) error {
	if strings.Contains(string(card), "契约") {
		return errors.New("no font")
	}
	return nil
}
func (s stub) Draw(card []byte, width, height int) ([]byte, error) {
	return []byte("PNG of " + strconv.Itoa(width) + "x" + strconv.Itoa(height)), s.Check(card)
}

func TestPagesOfViewsSayWhereTheyAreAndWhatTheyShow(t *testing.T) {
	s := newServer(t, 30, Options{URL: "https://example.org/pledges", Drawer: stub{}})
	for l := range gcm.Languages() {
		for kind := range view.Kinds() {
			target := "/page?view=" + kind.String() + "&lang=" + l.String() + "&region=africa"
			answer, body := ask(t, s, "GET", target)
			if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.HasPrefix(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Fatalf("%s: %s %v", target, answer.Status, answer.Header)
			}
			_, snapshot := s.look(tally.Query{Region: tally.AnyOf(gcm.Africa)})
			v, _ := view.Render(snapshot, view.Options{View: kind, Language: l})
			for _, want := range []string{
				`<html lang="` + l.String() + `"`,
				`<link rel="canonical" href="` + base + "page?",
				`hreflang="x-default" href="` + base + `page?region=africa&amp;view=` + kind.String() + `">`,
				`hreflang="ar" href="` + base + `page?lang=ar&amp;region=africa&amp;view=` + kind.String() + `">`,
				`<meta property="og:title" content="`,
				`type="application/json&#43;oembed" href="` + base + `oembed.json?url=` + url.QueryEscape(base+"page?"),
				string(view.AppendCard(nil, v, view.Auto)),
				"page?as_of=2022-05-20&amp;", "pledges.csv?",
			} {
				if !strings.Contains(body, want) && !strings.Contains(body, strings.ReplaceAll(want, "&#43;", "+")) {
					t.Fatalf("%s has no %s:\n%s", target, want, body)
				}
			}
			picture := strings.Contains(body, `property="og:image" content="`+base+"card.png?")
			answer, _ = ask(t, s, "GET", "/card.png?view="+kind.String()+"&lang="+l.String())
			if drawn := l != gcm.Chinese; picture != drawn || (answer.StatusCode == 200) != drawn {
				t.Errorf("%s: picture %v, %s", target, picture, answer.Status)
			}
		}
	}
	if _, body := ask(t, newServer(t, 3, Options{}), "GET", "/page"); strings.Contains(body, "og:image") || strings.Contains(body, "oembed") || strings.Contains(body, "canonical") {
		t.Errorf("a server that doesn't know where it is says it:\n%s", body)
	}
}

// What comes from a feed is text on a page.
func TestForeignTextIsNoMarkup(t *testing.T) {
	const bad = `"><script>alert(1)</script><a href="javascript:x">` + "\u202e"
	h := header
	h.Title, h.Publisher, h.License, h.Feed = bad, bad, "javascript:alert(1)", "javascript:alert(1)"
	s := newServer(t, 0, Options{URL: base, Header: h})
	p := numbered(1, 0)
	p.Title, p.Description, p.Language, p.Ref, p.Source = bad, bad+"\n"+bad, `en" onload="x`, bad, "javascript:alert(1)"
	p.Pledgers[0].Name, p.Pledgers[0].Via = bad, bad
	p.Themes, p.Links = []string{bad}, []string{"javascript:alert(1)", "https://example.org/\"><script>", "http://example.org"}
	p.Matches = pledge.Match{Ref: bad, Title: bad}
	eur, _ := gcm.CurrencyFromCode("EUR")
	p.Contributions = []pledge.Contribution{{Money: gcm.MoneyOf(100, eur), To: bad}}
	if _, err := s.Apply(1, p); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/pledge?id=" + p.ID.String(), "/list", "/page", "/frame?view=list", "/page?view=list", "/page?topic=" + url.QueryEscape(bad)} {
		answer, body := ask(t, s, "GET", target)
		tags := strings.Join(regexp.MustCompile(`<[^<>]*>`).FindAllString(strings.ToLower(body), -1), "")
		if answer.StatusCode != 200 || strings.Contains(tags, "<script>") || strings.Contains(tags, `="javascript`) || strings.Contains(body, "\u202e") ||
			strings.Contains(tags, "onload") || strings.Contains(tags, `href="http://`) {
			t.Errorf("%s: %s\n%s", target, answer.Status, body)
		}
	}
	if answer, body := ask(t, s, "GET", "/oembed.json?url="+url.QueryEscape(base+"page")); answer.StatusCode != 200 || strings.Contains(body, "<script") {
		t.Errorf("%s %s", answer.Status, body)
	}
}

func TestDatedCopiesStayAsTheyWere(t *testing.T) {
	o := Options{URL: base, History: 50}
	s, other := newServer(t, 30, o), newServer(t, 30, o)
	copies := map[string]string{}
	put := func(sequence int, p pledge.Pledge) {
		t.Helper()
		for _, s := range []*Server{s, other} {
			if _, err := s.Apply(uint64(sequence), p); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range 20 {
		for _, target := range []string{"/page?view=dashboard", "/page?view=list&lang=ar", "/page?view=objectives&state=KEN"} {
			_, body := ask(t, s, "GET", target)
			_, rest, ok := strings.Cut(body, `<a href="page?as_of=`)
			address, _, _ := strings.Cut(rest, `"`)
			if !ok {
				t.Fatalf("%s has no dated copy", target)
			}
			address = "/page?as_of=" + strings.ReplaceAll(address, "&amp;", "&")
			answer, copied := ask(t, s, "GET", address)
			if answer.StatusCode != 200 || !strings.Contains(copied, cardOf(body)) || !strings.Contains(copied, `content="noindex"`) {
				t.Fatalf("%s: %s\n%s", address, answer.Status, copied)
			}
			copies[address] = copied
		}
		p := numbered(i*3%40, i+1) // revisions, and new pledges
		if i%4 == 0 {
			p.Status = gcm.Withdrawn
		}
		put(31+i*2, p)
	}
	if len(copies) != 60 {
		t.Fatalf("%d copies", len(copies))
	}
	for address, want := range copies {
		for name, s := range map[string]*Server{"the same": s, "another": other} {
			answer, got := ask(t, s, "GET", address)
			if answer.StatusCode != 200 || got != want {
				t.Fatalf("%s, from %s server: %s\n%s\nwas\n%s", address, name, answer.Status, got, want)
			}
		}
	}
	var some string
	for some = range copies {
		break
	}
	u, _ := url.Parse(some)
	ask := func(name, value string) int {
		q := u.Query()
		q.Set(name, value)
		answer, body := ask(t, s, "GET", u.Path+"?"+q.Encode())
		if answer.StatusCode != 200 && !isProblem(t, answer, body) {
			t.Errorf("%s %s", answer.Status, body)
		}
		return answer.StatusCode
	}
	for _, test := range []struct {
		name, value string
		want        int
	}{
		{"as_of", "2021-05-20", 404}, {"as_of", "2022", 400}, {"as_of", "", 400}, {"sequence", "", 400}, {"sequence", "31", 400}, {"sequence", "x", 400},
		{"sequence", "31-00c0ffee00c0ffee", 404}, {"sequence", "99999-00c0ffee00c0ffee", 404}, {"sequence", "0-00c0ffee00c0ffee", 404},
	} {
		if got := ask(test.name, test.value); got != test.want {
			t.Errorf("%s=%s: %d, want %d", test.name, test.value, got, test.want)
		}
	}
	for i := range 60 { // more than the history holds
		put(200+i, numbered(i, 100+i))
	}
	fresh := newServer(t, 0, o)
	for address := range copies {
		r, _ := http.NewRequest("GET", address, nil)
		key, _ := s.routes[Page].parse(s, r)
		if p := s.gone(key); p == nil || p.Status != http.StatusGone || !strings.Contains(p.Detail, "50 revisions") {
			t.Errorf("%s: %v", address, p)
		}
		if p := fresh.gone(key); p == nil || p.Status != http.StatusNotFound {
			t.Errorf("%s of an empty server: %v", address, p)
		}
	}
}

// cardOf returns the picture on a page.
func cardOf(body string) string {
	_, rest, _ := strings.Cut(body, `<figure class="card">`)
	card, _, _ := strings.Cut(rest, "</figure>")
	return card
}

func TestPledgesHaveAPage(t *testing.T) {
	s := newServer(t, 30, Options{URL: base})
	first, second := numbered(1, 0), numbered(2, 1)
	second.Type, second.Matches = gcm.Matching, pledge.Match{Ref: first.Ref}
	second.Pledgers = append(second.Pledgers, pledge.Pledger{Name: "City of X", Category: gcm.LocalAuthority, Via: "its office"})
	s.Apply(31, second)
	for l := range gcm.Languages() {
		suffix := "&lang=" + l.String()
		answer, body := ask(t, s, "GET", "/pledge?id="+second.ID.String()+suffix)
		for _, want := range []string{second.Title, "State 2", "City of X", "its office", gcm.LocalAuthority.Label(l), gcm.Matching.Label(l), first.Title, `<script type="application/ld+json">`,
			second.ID.String(), pledge.TimeBound.Label(l), "What it is about, at some length.", "list?" /* a filter */, "2022"} {
			if answer.StatusCode != 200 || !strings.Contains(body, want) {
				t.Fatalf("%s has no %q:\n%s", l, want, body)
			}
		}
		if _, body := ask(t, s, "GET", "/pledge?id="+first.ID.String()+suffix); !strings.Contains(body, `">`+"<bdi>"+second.Title) || !strings.Contains(body, "pledge?id="+second.ID.String()) {
			t.Errorf("%s: the page of what is matched doesn't lead to what matches it:\n%s", l, body)
		}
		_, data, _ := strings.Cut(body, `<script type="application/ld+json">`)
		data, _, _ = strings.Cut(data, "</script>")
		var ld map[string]any
		if err := json.Unmarshal([]byte(data), &ld); err != nil || ld["@type"] != "CreativeWork" || ld["name"] != second.Title || len(ld["author"].([]any)) != 2 {
			t.Errorf("%v %v", err, ld)
		}
	}
	var one struct {
		Pledge   pledge.Pledge
		Sequence uint64
		Criteria []string
		Matched  struct{ ID, Title string }
		Matching []struct{ ID string }
	}
	_, body := ask(t, s, "GET", "/pledge.json?id="+second.ID.String())
	if err := json.Unmarshal([]byte(body), &one); err != nil || one.Pledge.Description != second.Description || one.Sequence != 31 || one.Matched.ID != first.ID.String() || len(one.Criteria) != 2 {
		t.Errorf("%v %+v", err, one)
	}
	_, body = ask(t, s, "GET", "/pledge.json?id="+first.ID.String())
	if err := json.Unmarshal([]byte(body), &one); err != nil || len(one.Matching) != 1 || one.Matching[0].ID != second.ID.String() {
		t.Errorf("%v %+v", err, one)
	}
	for target, want := range map[string]int{
		"/pledge": 400, "/pledge?id=x": 400, "/pledge?id=" + pledge.IDFromRef("x", "y").String(): 404, "/pledge.json?id=" + pledge.IDFromRef("x", "y").String(): 404,
		"/pledge?id={" + first.ID.String() + "}": 400, "/list?part=0": 400, "/list?part=7": 200, "/pledge?id=" + first.ID.String() + "&region=africa": 400,
	} {
		if answer, body := ask(t, s, "GET", target); answer.StatusCode != want || want != 200 && !isProblem(t, answer, body) {
			t.Errorf("%s: %s %s", target, answer.Status, body)
		}
	}
}

func TestListHasEachPledgeOnce(t *testing.T) {
	s := newServer(t, 250, Options{URL: base})
	seen := map[string]bool{}
	next := "list?state=KEN"
	_, snapshot := s.look(tally.Query{State: tally.AnyOf(mustState(t, "KEN"))})
	next2 := 0
	for next != "" && next2 < 10 {
		_, body := ask(t, s, "GET", "/"+next)
		for _, part := range strings.Split(body, `<p class="title"><a href="pledge?id=`)[1:] {
			if seen[part[:36]] {
				t.Errorf("%s is there twice", part[:36])
			}
			seen[part[:36]] = true
		}
		_, rest, _ := strings.Cut(body, `rel="next" href="`)
		next, _, _ = strings.Cut(rest, `"`)
		next = strings.ReplaceAll(next, "&amp;", "&")
		next2++
	}
	if len(seen) != snapshot.Counts.Total || next2 != 1 {
		t.Errorf("%d pledges on %d pages, want %d", len(seen), next2, snapshot.Counts.Total)
	}
	_, body := ask(t, s, "GET", "/list?part=3")
	if n := strings.Count(body, "pledge?id="); n != 50 || !strings.Contains(body, "201–250 of 250") || !strings.Contains(body, `rel="prev" href="list?part=2"`) {
		t.Errorf("%d pledges on the last page:\n%s", n, body)
	}
}

func mustState(t *testing.T, code string) gcm.State {
	t.Helper()
	s, ok := gcm.StateFromAlpha3(code)
	if !ok {
		t.Fatal(code)
	}
	return s
}
