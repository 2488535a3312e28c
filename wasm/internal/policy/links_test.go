package policy

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

// mostOfREADME is how many bytes the README at the root may have: it is read by
// somebody who decides whether to read on. What is for one kind of reader stands
// in the README of a package.
const mostOfREADME = 12 << 10

func TestREADMEIsShort(t *testing.T) {
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > mostOfREADME {
		t.Errorf("README.md has %d bytes, more than %d: move what is for one kind of reader to the README of its package", len(text), mostOfREADME)
	}
}

func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	followed, broken, err := followLinks(os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Error(b)
	}
	// One of each kind, so that a reader of links that finds none isn't content.
	for _, link := range []string{
		"README.md: examples/partner/screenshot.png", "README.md: wasm/README.md#sizes", "README.md: pledge/schema",
		"pledge/README.md: #limits", "wasm/README.md: ../pledge/view/testdata/badge-en.svg",
	} {
		if !slices.Contains(followed, link) {
			t.Errorf("%s isn't among the links that were followed", link)
		}
	}
}

// followLinks looks for where all relative links and pictures of the Markdown
// files lead. It returns those that it has followed, as "file: link", and of
// those that lead nowhere what is wrong with them.
func followLinks(files fs.FS) (followed, broken []string, err error) {
	pages := make(map[string]document)
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", "dist", "public", "shots"}, entry.Name()) {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".md" {
			return nil
		}
		text, err := fs.ReadFile(files, name)
		pages[name] = readPage(string(text))
		return err
	})
	for name, p := range pages {
		for _, link := range p.links {
			if external.MatchString(link) {
				continue
			}
			followed = append(followed, name+": "+link)
			if problem := follow(files, pages, name, link); problem != "" {
				broken = append(broken, fmt.Sprintf("%s: %s: %s", name, link, problem))
			}
		}
	}
	slices.Sort(broken)
	return followed, broken, err
}

// follow says what is wrong with a link of a page, or "".
func follow(files fs.FS, pages map[string]document, from, link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return err.Error()
	}
	to := from
	if u.Path != "" {
		to = path.Join(path.Dir(from), u.Path)
	}
	if path.IsAbs(u.Path) || !fs.ValidPath(to) {
		return "leads out of the repository"
	}
	if _, err := fs.Stat(files, to); err != nil {
		return "there is no such file"
	}
	if _, anchor, ok := strings.Cut(link, "#"); ok && anchor == "" {
		return "the anchor is empty"
	}
	if p, ok := pages[to]; u.Fragment != "" && !ok {
		return "only a Markdown file has anchors"
	} else if u.Fragment != "" && !slices.Contains(p.anchors, u.Fragment) {
		return "there is no such heading"
	}
	return ""
}

// A document is what a Markdown file links to, and what can be linked to in it.
type document struct{ links, anchors []string }

var (
	fence     = regexp.MustCompile("^ *(```+|~~~+)")
	span      = regexp.MustCompile("(`+)[^`]+(`+)")
	comment   = regexp.MustCompile(`<!--.*?-->`)
	heading   = regexp.MustCompile(`^ {0,3}#{1,6}\s+(.*?)[\s#]*$`)
	inline    = regexp.MustCompile(`\]\(\s*<?([^\s<>()]*)>?(?:\s+"[^"]*")?\s*\)`)
	reference = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:\s*<?([^\s<>]+)>?`)
	attribute = regexp.MustCompile(`<[a-z][^>]*\s(?:href|src)="([^"]*)"`)
	external  = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)`)
	linkText  = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
)

// readPage reads the links and headings of Markdown. What is code has none.
func readPage(text string) (p document) {
	var fenced string
	seen := make(map[string]int)
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case fenced == "":
				fenced = m[1]
			case strings.HasPrefix(m[1], fenced):
				fenced = ""
			}
			continue
		}
		if fenced != "" {
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil {
			anchor := anchorOf(m[1])
			if n := seen[anchor]; n > 0 {
				p.anchors = append(p.anchors, anchor+"-"+strconv.Itoa(n))
			} else {
				p.anchors = append(p.anchors, anchor)
			}
			seen[anchor]++
		}
		line = comment.ReplaceAllString(span.ReplaceAllString(line, "code"), "")
		for _, kind := range []*regexp.Regexp{inline, reference, attribute} {
			for _, m := range kind.FindAllStringSubmatch(line, -1) {
				p.links = append(p.links, m[1])
			}
		}
	}
	return p
}

// anchorOf is the anchor that GitHub gives to a heading: its text in small letters,
// with hyphens for spaces and without other punctuation.
func anchorOf(text string) string {
	text = linkText.ReplaceAllString(text, "$1")
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, text)
}

func TestBrokenLinksAreFound(t *testing.T) {
	files := fstest.MapFS{
		"b.md":            {Data: []byte("# One, two: `three`\n## Same\n## Same\n### A [link](a.md) and “quotes”\n```sh\n# no heading\n```\n")},
		"sub/c.md":        {Data: []byte("# C\n")},
		"sub/picture.svg": {Data: []byte("<svg/>")},
	}
	for link, problem := range map[string]string{
		"[b](b.md)":                               "",
		"[b](b.md#one-two-three)":                 "",
		"[b](b.md#same-1)":                        "",
		"[b](b.md#a-link-and-quotes)":             "",
		"[dir](sub)":                              "",
		"[here](#title)":                          "",
		"![picture](sub/picture.svg)":             "",
		"[![picture](sub/picture.svg)](sub/c.md)": "",
		"[away](https://example.org/b.md)":        "",
		"[mail](mailto:pledges@example.org)":      "",
		"`[b](gone.md)`":                          "",
		"```\n[b](gone.md)\n```":                  "",
		"<!-- [b](gone.md) -->":                   "",
		"[b](gone.md)":                            "gone.md: there is no such file",
		"a [b](b.md), [c](gone.md)":               "gone.md: there is no such file",
		"| ![picture](gone.png) |":                "gone.png: there is no such file",
		"[![picture](gone.svg)](sub/c.md)":        "gone.svg: there is no such file",
		`[b](gone.md "title")`:                    "gone.md: there is no such file",
		"[b](<gone.md>)":                          "gone.md: there is no such file",
		"[b]: gone.md":                            "gone.md: there is no such file",
		`<img alt="b" src="gone.png">`:            "gone.png: there is no such file",
		"```\ncode\n```\n[b](gone.md)":            "gone.md: there is no such file",
		"[b](B.md)":                               "B.md: there is no such file",
		"[b](b.md#same-2)":                        "b.md#same-2: there is no such heading",
		"[b](b.md#no-heading)":                    "b.md#no-heading: there is no such heading",
		"[here](#gone)":                           "#gone: there is no such heading",
		"[b](b.md#)":                              "b.md#: the anchor is empty",
		"[p](sub/picture.svg#part)":               "sub/picture.svg#part: only a Markdown file has anchors",
		"[out](../b.md)":                          "../b.md: leads out of the repository",
		"[root](/b.md)":                           "/b.md: leads out of the repository",
	} {
		files["a.md"] = &fstest.MapFile{Data: []byte("# Title\n\n" + link + "\n")}
		var want []string
		if problem != "" {
			want = []string{"a.md: " + problem}
		}
		// The page b.md links to a.md, which is there.
		if _, broken, err := followLinks(files); err != nil || !slices.Equal(broken, want) {
			t.Errorf("%s: %q (%v), want %q", link, broken, err, want)
		}
	}
}
