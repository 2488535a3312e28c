package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestPagesNeedNoServerOfTheirOwn(t *testing.T) {
	files, err := pages(data.Published())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "fr.html", "es.html", "ar.html", "ru.html", "zh.html"} {
		page := string(files[name])
		if !strings.Contains(page, `http-equiv="Content-Security-Policy"`) || !strings.Contains(page, ">20") || strings.Contains(page, `="/`) {
			t.Errorf("%s:\n%s", name, page)
		}
	}
	for _, name := range []string{"explore.html", "explore-fr.html", "explore-ar.html"} {
		page := string(files[name])
		if !strings.Contains(page, `view="dashboard" hash`) || !strings.Contains(page, ">20") || strings.Contains(page, `="/`) {
			t.Errorf("%s:\n%s", name, page)
		}
	}
	for _, name := range []string{"form.html", "form-fr.html", "form-es.html", "form-ar.html", "form-ru.html", "form-zh.html"} {
		page := string(files[name])
		if !strings.Contains(page, `http-equiv="Content-Security-Policy"`) || !strings.Contains(page, "<gcm-pledge-form ") || strings.Contains(page, `="/`) {
			t.Errorf("%s:\n%s", name, page)
		}
	}
	if !bytes.Equal(files["pledges.json"], data.Published()) {
		t.Error("another feed")
	}
	if _, err := pages([]byte("<html>")); err == nil {
		t.Error("a page was made of no feed")
	}
}

var title = regexp.MustCompile("<title>(.*)</title>")

func TestPicturesSayWhatThePageSays(t *testing.T) {
	files, err := pages(data.Published())
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"", "-fr", "-es", "-ar", "-ru", "-zh"} {
		page := string(files[strings.TrimPrefix(language+".html", "-")])
		if language == "" {
			page = string(files["index.html"])
		}
		for _, feed := range []string{"", "reference-"} {
			for _, name := range []string{"badge", "counter", "objectives", "timeline"} {
				file := feed + name + language + ".svg"
				said := title.FindSubmatch(files[file])
				if said == nil {
					t.Errorf("%s is %q", file, files[file])
				} else if image := fmt.Sprintf(`<img src="%s" alt="%s">`, file, said[1]); !strings.Contains(page, image) {
					t.Errorf("%s isn't on the page of its language: no %s in\n%s", file, image, page)
				}
			}
			var badge struct {
				SchemaVersion  int
				Label, Message string
			}
			if err := json.Unmarshal(files[feed+"badge"+language+".json"], &badge); err != nil {
				t.Fatal(err)
			}
			number := map[string]string{"": "20", "reference-": "158"}[feed]
			if badge.SchemaVersion != 1 || badge.Label != "" || !strings.Contains(badge.Message, number) {
				t.Errorf("%sbadge%s.json says %+v", feed, language, badge)
			}
			if feed != "" && !strings.Contains(badge.Message, " · ") {
				t.Errorf("a made-up number is bare: %+v", badge)
			}
		}
	}
}

// Of a feed that holds only the total there is no card but the counter's.
func TestFeedOfATotalHasOneCard(t *testing.T) {
	s := &tally.Snapshot{TotalOnly: true, Counts: tally.Counts{Total: 12}}
	content, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	files, err := pages(content)
	if err != nil {
		t.Fatal(err)
	}
	if files["counter.svg"] == nil || files["badge.svg"] == nil || files["objectives.svg"] != nil {
		t.Errorf("%d files", len(files))
	}
}

// A view document is beside the pages for each view and language, and says where its
// feed is.
func TestDocumentsSayWhatThePagesCount(t *testing.T) {
	files, err := pages(data.Published())
	if err != nil {
		t.Fatal(err)
	}
	for _, prefix := range []string{"", "reference-"} {
		for kind := range view.Kinds() {
			for l := range gcm.Languages() {
				name := "views/" + prefix + kind.String() + "." + l.String() + ".json"
				var d struct {
					View    string `json:"gcm_view"`
					Lang    string
					Feed    string
					Summary struct{ Counts struct{ Total int } }
				}
				if err := json.Unmarshal(files[name], &d); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				total := map[string]int{"": 20, "reference-": 158}[prefix]
				if d.View != kind.String() || d.Lang != l.String() || d.Summary.Counts.Total != total || files[path.Join("views", d.Feed)] == nil {
					t.Errorf("%s: %+v", name, d)
				}
			}
		}
	}
}
