package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

func published(t *testing.T, content []byte, url string) (files, copies map[string][]byte) {
	t.Helper()
	f, err := site.Read(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := f.Snapshot(tally.Query{})
	if err != nil {
		t.Fatal(err)
	}
	files, copies, err = publish(t.Context(), content, snapshot, url, "")
	if err != nil {
		t.Fatal(err)
	}
	return files, copies
}

var reference = regexp.MustCompile(`(?:href|content)="([^"#]*)"`)

// Each link of each page leads to a file, and each file but what nobody links to is
// led to.
func TestLinksOfPledgePagesLeadToFiles(t *testing.T) {
	const base = "https://example.org/pages/"
	for url, content := range map[string][]byte{"": data.Published(), "https://example.org/": data.Reference()} {
		files, copies := published(t, content, url)
		all := map[string][]byte{}
		for name, content := range files {
			all[name] = content
		}
		for name, content := range copies {
			if all[name] != nil {
				t.Errorf("%s is overwritten", name)
			}
			all[name] = content
		}
		reached, pages := map[string]bool{}, 0
		for name, content := range all {
			if path.Ext(name) != ".html" {
				continue
			}
			pages++
			for _, m := range reference.FindAllStringSubmatch(string(content), -1) {
				at := html.UnescapeString(m[1])
				if rest, ours := strings.CutPrefix(at, base); ours {
					at = rest
				}
				if strings.Contains(at, "://") || !strings.Contains(at, ".") || strings.Contains(at, " ") {
					continue // others, or text
				}
				if all[folder+at] == nil {
					t.Fatalf("%s leads to %s, which isn't there", name, at)
				}
				reached[folder+at] = true
			}
			if url == "" && bytes.Contains(content, []byte("example.org/pages")) {
				t.Errorf("%s knows where it is", name)
			}
		}
		for name := range all {
			if !reached[name] && !strings.Contains(name, ".frame.") && !strings.HasSuffix(name, "-metadata.json") && !strings.Contains(name, "sitemap") {
				t.Errorf("nothing leads to %s", name)
			}
		}
		if want := map[bool]int{true: 158*6 + 14*6*3 + 6*2, false: 20*6 + 14*6*3 + 6}[url != ""]; pages != want {
			t.Errorf("%d pages, want %d", pages, want)
		}
		if (files["pages/sitemap.xml"] != nil) != (url != "") || (files["pages/counter.fr.oembed.json"] != nil) != (url != "") {
			t.Error("what others are told doesn't go by whether the address is known")
		}
	}
}

func TestSiteMapNamesEachPageOnce(t *testing.T) {
	files, _ := published(t, data.Published(), "https://example.org/")
	var index struct {
		Maps []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(files["pages/sitemap.xml"], &index); err != nil || len(index.Maps) != 1 || index.Maps[0] != "https://example.org/pages/sitemap.1.xml" {
		t.Fatalf("%v %v", err, index)
	}
	var urls struct {
		URLs []struct {
			Loc   string `xml:"loc"`
			Links []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(files["pages/sitemap.1.xml"], &urls); err != nil || len(urls.URLs) != 6*(20+14+1) {
		t.Fatalf("%v, %d addresses", err, len(urls.URLs))
	}
	seen := map[string]bool{}
	for _, u := range urls.URLs {
		self := false
		for _, link := range u.Links {
			self = self || link.Href == u.Loc
			if files[strings.TrimPrefix(link.Href, "https://example.org/")] == nil {
				t.Errorf("%s isn't there", link.Href)
			}
		}
		if seen[u.Loc] || !self || len(u.Links) != 6 {
			t.Errorf("%s: twice %v, %v", u.Loc, seen[u.Loc], u.Links)
		}
		seen[u.Loc] = true
	}
}

// A later run writes new numbers, and leaves what was cited.
func TestLaterRunsKeepDatedCopies(t *testing.T) {
	dir := t.TempDir()
	write1 := func(content []byte) (files, copies map[string][]byte) {
		files, copies = published(t, content, "")
		if err := write(dir, files, copies); err != nil {
			t.Fatal(err)
		}
		return files, copies
	}
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	_, first := write1(data.Published())
	later := bytes.Replace(data.Published(), []byte(`"type":"common"`), []byte(`"type":"common","status":"withdrawn"`), 1)
	files, second := write1(later)
	for name, content := range first {
		if second[name] != nil {
			t.Errorf("%s is that of both", name)
		}
		if !bytes.Equal(read(name), content) {
			t.Errorf("%s has changed", name)
		}
	}
	if !bytes.Contains(read("pages/counter.html"), []byte(">19<")) || !bytes.Equal(read("pages/counter.html"), files["pages/counter.html"]) {
		t.Error("the newest numbers aren't there")
	}
	// Whatever comes along by that name.
	for name := range first {
		if err := write(dir, nil, map[string][]byte{name: []byte("x")}); err != nil || bytes.Equal(read(name), []byte("x")) {
			t.Fatalf("%s is overwritten, %v", name, err)
		}
	}
}

func TestPledgesOfAPublicationAreThoseOfTheFeed(t *testing.T) {
	files, _ := published(t, data.Published(), "https://example.org/")
	n := 0
	for name, content := range files {
		if path.Ext(name) != ".json" || strings.Contains(name, "metadata") || strings.Contains(name, "oembed") {
			continue
		}
		var one struct{ Pledge pledge.Pledge }
		if err := json.Unmarshal(content, &one); err != nil || one.Pledge.ID.String()+".json" != path.Base(name) {
			t.Errorf("%s: %v %+v", name, err, one)
		}
		if page := string(files["pages/"+one.Pledge.ID.String()+".zh.html"]); !strings.Contains(page, html.EscapeString(one.Pledge.Title)) {
			t.Errorf("%s has no page in Chinese", name)
		}
		n++
	}
	if n != 20 || bytes.Count(files["pages/pledges.ru.csv"], []byte("\r\n")) != 21 {
		t.Errorf("%d pledges", n)
	}
	// Of counts alone there is one view, and no pledge.
	s := &tally.Snapshot{TotalOnly: true, Counts: tally.Counts{Total: 12}}
	content, _ := s.MarshalJSON()
	files, copies := published(t, content, "https://example.org/")
	if len(copies) != 0 || files["pages/counter.html"] == nil || files["pages/objectives.html"] != nil || files["pages/pledges.html"] != nil || files["pages/pledges.csv"] != nil {
		t.Errorf("%d files, %d copies", len(files), len(copies))
	}
}

// The example's own pages lead to those of pledges.
func TestThePageLeadsToThePledges(t *testing.T) {
	files, err := pages(data.Published())
	if err != nil {
		t.Fatal(err)
	}
	more, _ := published(t, data.Published(), "")
	for name, all := range map[string][]string{
		"index.html":      {"pages/pledges.html", "pages/counter.html", "pages/pledges.csv"},
		"ar.html":         {"pages/pledges.ar.html", "pages/counter.ar.html", "pages/pledges.ar.csv"},
		"explore-ru.html": {"pages/pledges.ru.html", "pages/counter.ru.html", "pages/pledges.ru.csv"},
	} {
		for _, at := range all {
			if !bytes.Contains(files[name], []byte(`href="`+at+`"`)) || more[at] == nil {
				t.Errorf("%s doesn't lead to %s", name, at)
			}
		}
	}
}

// A program makes the pictures, and pages name those that it has made.
func TestPicturesAreThoseThatAProgramDraws(t *testing.T) {
	program := filepath.Join(t.TempDir(), "draw")
	script := "#!/bin/sh\nfor last; do :; done\ncd \"$last\" && for f in *.svg; do case $f in *.zh.svg) ;; *) echo \"$*\" | sed 's/ [^ ]*$//' > \"${f%.svg}.png\";; esac; done\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := site.Read(bytes.NewReader(data.Published()))
	if err != nil {
		t.Fatal(err)
	}
	snapshot, _ := f.Snapshot(tally.Query{})
	files, copies, err := publish(t.Context(), data.Published(), snapshot, "https://example.org/", program)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(files["pages/map.fr.png"]); got != "-width 1200 -height 630\n" {
		t.Errorf("%q", got)
	}
	for name, content := range files {
		if path.Ext(name) != ".html" || !strings.Contains(name, "/map.") || strings.Contains(name, "frame") {
			continue
		}
		png := strings.TrimSuffix(name, ".html") + ".png"
		if named := bytes.Contains(content, []byte(`og:image" content="https://example.org/`+png)); named != (files[png] != nil) || named == strings.Contains(name, ".zh.") {
			t.Errorf("%s names %s: %v", name, png, named)
		}
	}
	for name, content := range copies { // whose picture would be another one soon
		if bytes.Contains(content, []byte("og:image")) {
			t.Errorf("%s names a picture", name)
		}
	}
	if _, _, err := publish(t.Context(), data.Published(), snapshot, "", filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a program that isn't there is passed over")
	}
}
