package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestTwentySourcesAreNamedAndNoMore(t *testing.T) {
	s := headline()
	for i := range 25 {
		s.Sources = append(s.Sources, tally.Header{Title: fmt.Sprintf("Pledges of city %d.", i)})
	}
	html := render(t, s, view.Options{}).HTML()
	for i := range 25 {
		if named := strings.Contains(html, fmt.Sprintf("Pledges of city %d.", i)); named != (i < 20) {
			t.Errorf("source %d: named %v", i, named)
		}
	}
}
