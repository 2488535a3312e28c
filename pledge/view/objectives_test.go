package view_test

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestBarsAreExact(t *testing.T) {
	check := func(n, greatest int) {
		share := new(big.Rat).Mul(big.NewRat(int64(n), int64(greatest)), big.NewRat(1000, 1))
		share.Add(share, big.NewRat(1, 2))
		want := new(big.Int).Div(share.Num(), share.Denom())
		if want.Sign() == 0 && n > 0 {
			want.SetInt64(1) // something is never shown as nothing
		}
		if got := view.Permille(n, greatest); int64(got) != want.Int64() {
			t.Errorf("%d of %d is %d per mille, want %d", n, greatest, got, want)
		}
	}
	for greatest := 1; greatest < 300; greatest++ {
		for n := range greatest + 1 {
			check(n, greatest)
		}
	}
	for _, greatest := range []int{9_999, 10_000, 1_000_000, 1 << 40} {
		for _, n := range []int{0, 1, greatest / 3, greatest / 2, greatest - 1, greatest} {
			check(n, greatest)
		}
	}
	for _, impossible := range [][2]int{{-1, 5}, {3, 0}, {0, 0}, {0, -1}, {math.MinInt, math.MaxInt}} {
		if got := view.Permille(impossible[0], impossible[1]); got != 0 {
			t.Errorf("%d is %d per mille", impossible, got)
		}
	}
	for _, n := range []int{math.MaxInt, math.MaxInt / 2} {
		if got, want := view.Permille(n, math.MaxInt), int(1000*(float64(n)/math.MaxInt)); got != want {
			t.Errorf("%d of the greatest int is %d per mille, want %d", n, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for permille, want := range map[int]string{0: "0%", 1: "0.1%", 10: "1%", 435: "43.5%", 1000: "100%"} {
		if got := view.Percent(permille); got != want {
			t.Errorf("%d per mille is %s, want %s", permille, got, want)
		}
	}
}

func TestEveryObjectiveHasARow(t *testing.T) {
	for lang := range gcm.Languages() {
		html := render(t, headline(), view.Options{View: view.Objectives, Language: lang}).HTML()
		for o := range objectives.All() {
			title, given := o.Title(lang)
			short, _ := o.Short(lang)
			row := `<span part="key">` + strconv.Itoa(o.Number()) + `</span> <span part="heading">`
			official := `<span part="official">` + title + `</span>`
			if given != lang {
				direction := ""
				if lang.RightToLeft() {
					direction = ` dir="ltr"`
				}
				row += `<span lang="` + given.String() + `"` + direction + `>`
				official = `<span part="official" lang="` + given.String() + `"` + direction + `>` + title + `</span>`
			}
			if !strings.Contains(html, row+short+"<") || !strings.Contains(html, official) {
				t.Errorf("no row for objective %v in %v, or not %s", o, lang, official)
			}
		}
		if n := strings.Count(html, `part="key"`); n != objectives.Count {
			t.Errorf("%d rows in %v", n, lang)
		}
	}
}

func TestAllButTheCounterNeedMoreThanTheTotal(t *testing.T) {
	s := &tally.Snapshot{TotalOnly: true}
	for kind := range view.Kinds() {
		v, err := view.Render(s, view.Options{View: kind})
		var e *view.ViewError
		refused := v == nil && errors.Is(err, view.ErrTotalOnly) && errors.As(err, &e) && e.View == kind.String()
		if kind == view.Counter && err != nil || kind != view.Counter && !refused {
			t.Errorf("%v: %v, %v", kind, v, err)
		}
	}
}
