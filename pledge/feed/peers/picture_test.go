package peers

import (
	"bytes"
	"image/png"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/picture"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// Pages have a picture in each language whose letters are there, of the size that they
// state; and none in Chinese, for which somebody has to bring a font.
func TestPagesHavePictures(t *testing.T) {
	drawer, err := picture.New()
	if err != nil {
		t.Fatal(err)
	}
	s := feed.New(new(pledge.Book), feed.Options{URL: "https://example.org/pledges/", Drawer: drawer, Rebuild: -1})
	for i := range 30 {
		if _, err := s.Apply(uint64(i+1), numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	for l := range gcm.Languages() {
		for _, kind := range []view.Kind{view.Counter, view.Timeline, view.Dashboard} {
			query := "?lang=" + l.String() + "&view=" + kind.String()
			page, card := get("/page"+query), get("/card.png"+query)
			if l == gcm.Chinese {
				if strings.Contains(page.Body.String(), "og:image") || card.Code != 404 || !strings.Contains(card.Body.String(), "font") {
					t.Errorf("%s: %d %.200s", query, card.Code, card.Body)
				}
				continue
			}
			img, err := png.DecodeConfig(bytes.NewReader(card.Body.Bytes()))
			if err != nil || img.Width != 1200 || img.Height != 630 || card.Header().Get("Content-Type") != "image/png" {
				t.Fatalf("%s: %d %v %v", query, card.Code, err, img)
			}
			for _, want := range []string{`property="og:image" content="https://example.org/pledges/card.png?`, `og:image:width" content="1200"`, `og:image:height" content="630"`} {
				if !strings.Contains(page.Body.String(), want) {
					t.Errorf("%s has no %s", query, want)
				}
			}
		}
	}
}
