package pledge

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// lists are the lists of a pledge as JSON, with their limits as README states them.
var lists = []struct {
	path, before, element, after string
	most                         int
}{
	{"/pledgers", `"pledgers":[`, `{"name":"A"}`, `]`, 500},
	{"/pledgers", `"pledgers":[`, `7`, `]`, 500},
	{"/themes", `"themes":[`, `"climate"`, `]`, 64},
	{"/themes", `"themes":[`, `null`, `]`, 64},
	{"/implementation/states", `"implementation":{"states":[`, `"FJI"`, `]}`, 197},
	{"/contributions", `"contributions":[`, `{"amount":"1","currency":"EUR"}`, `]`, 100},
	{"/reports", `"reports":[`, `{"date":"2022"}`, `]`, 100},
	{"/reports", `"reports":[`, `null`, `]`, 100},
	{"/reports/0/indicators", `"reports":[{"date":"2022","indicators":[`, `{"name":"A"}`, `]}]`, 50},
	{"/reports/0/states", `"reports":[{"date":"2022","states":[`, `"FJI"`, `]}]`, 197},
	{"/reports/0/links", `"reports":[{"date":"2022","links":[`, `"https://example.org"`, `]}]`, 50},
	{"/links", `"links":[`, `"https://example.org"`, `]`, 50},
	{"/links", `"links":[`, `"` + strings.Repeat("x", 900) + `"`, `]`, 50},
}

// TestListsOverTheirLimitCostTheRecordEverywhere holds that the counting reader,
// whatever it reads ahead, and the decoder say the same of a list of any length.
func TestListsOverTheirLimitCostTheRecordEverywhere(t *testing.T) {
	for _, l := range lists {
		for _, n := range []int{l.most - 1, l.most, l.most + 1, 3 * l.most} {
			all := strings.TrimSuffix(strings.Repeat(l.element+",", n), ",")
			record := func(id int, members string) string {
				return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","pledgers":[{"name":"A"}],%s}`, id, members)
			}
			long := fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d",%s%s%s}`, 2, l.before, all, l.after)
			plain := []string{record(1, `"type":"common"`), record(3, `"title":"T"`)}
			for form, feed := range map[string]string{
				"lines": plain[0] + "\n" + long + "\n" + plain[1] + "\n",
				"first": long + "\n" + plain[0] + "\n" + plain[1],
				"array": "[" + plain[0] + "," + long + "," + plain[1] + "]",
				"feed":  `{"pledges":[` + plain[0] + "," + long + "," + plain[1] + "]}",
			} {
				var decoded []tally.Problem
				for r, err := range NewDecoder(strings.NewReader(feed)).Records() {
					if err != nil {
						t.Fatal(err)
					}
					if r.Lost {
						decoded = append(decoded, r.Problems...)
					}
				}
				want := 0
				if n > l.most {
					want = 1
				}
				if len(decoded) != want || want > 0 && (decoded[0].Path != l.path || decoded[0].Rule != tally.RuleTooLong ||
					decoded[0].Value != fmt.Sprintf("more than %d", l.most) || !decoded[0].Lost) {
					t.Errorf("%s, %d of %s: %v", form, n, l.path, decoded)
				}
				for _, items := range []bool{false, true} {
					r := tally.Reader{Items: items}
					r.Write([]byte(feed))
					f, err := r.Close()
					if err != nil {
						t.Fatal(err)
					}
					var lost []tally.Problem
					for _, p := range f.Problems {
						if p.Lost {
							lost = append(lost, p)
						}
					}
					if !reflect.DeepEqual(lost, decoded) || f.Unread != want || f.Index.Len() != 3-want {
						t.Errorf("%s, %d of %s, items %v: %v and %d unread, the decoder says %v", form, n, l.path, items, lost, f.Unread, decoded)
					}
				}
			}
		}
	}
}

func TestBookTakesNoListOverItsLimit(t *testing.T) {
	var b Book
	p := Pledge{ID: testID(1), Themes: repeated("a", tally.MaxThemes+1)}
	var limit *LimitError
	if outcome, err := b.Put(p); outcome != tally.Ignored || !errors.As(err, &limit) || *limit != (LimitError{"/themes", 64, 65}) || b.Len() != 0 {
		t.Errorf("%v, %v", outcome, err)
	}
	if err := limit.Error(); err != "pledge: /themes has 65 values, more than 64" {
		t.Error(err)
	}
	p.Themes = p.Themes[1:]
	if outcome, err := b.Put(p); outcome != tally.Added || err != nil {
		t.Errorf("%v, %v", outcome, err)
	}
}

func TestAsManyStatesCanImplementAsThereAre(t *testing.T) {
	if n := len(slices.Collect(gcm.States())); n != tally.MaxImplementing {
		t.Errorf("%d States, but the limit is %d", n, tally.MaxImplementing)
	}
}

// TestSupersedesLooksAtEverything changes each field of a pledge, one by one: of
// any two that differ one supersedes the other, and a book decides alike.
func TestSupersedesLooksAtEverything(t *testing.T) {
	s := newSource(7)
	for range 20_000 {
		p, q := s.pledge(), s.pledge()
		if s.IntN(2) == 0 { // alike but for one field
			q = p.Clone()
			field := s.IntN(reflect.TypeFor[Pledge]().NumField())
			reflect.ValueOf(&q).Elem().Field(field).Set(reflect.ValueOf(s.pledge()).Field(field))
		}
		q.ID = p.ID
		same := bytes.Equal(p.AppendJSON(nil), q.AppendJSON(nil))
		if pq, qp := p.Supersedes(&q), q.Supersedes(&p); pq && qp || !pq && !qp && !same {
			t.Fatalf("%v and %v\n%s\n%s", pq, qp, p.AppendJSON(nil), q.AppendJSON(nil))
		}
		var b Book
		b.Put(p)
		want := tally.Ignored
		if q.Supersedes(&p) {
			want = tally.Revised
		}
		if got, _ := b.Put(q); got != want {
			t.Fatalf("the book says %d, want %d\n%s\n%s", got, want, p.AppendJSON(nil), q.AppendJSON(nil))
		}
	}
}

// TestTiesInABookCostWhatTheSmallerCosts puts a small revision of the instant of a
// large one: what that allocates is the same as beside a small one.
func TestTiesInABookCostWhatTheSmallerCosts(t *testing.T) {
	allocations := func(large Pledge, small Pledge) float64 {
		var b Book
		b.Put(large)
		return testing.AllocsPerRun(100, func() {
			if outcome, _ := b.Put(small); outcome != tally.Ignored {
				t.Fatal("the smaller counts")
			}
		})
	}
	small := Pledge{ID: testID(1), Title: "T", Themes: []string{"a"}}
	large := small.Clone()
	large.Title, large.Description = "Z", strings.Repeat("x", 1<<19)
	large.Links = repeated("https://example.org", tally.MaxLinks)
	next := small.Clone()
	next.Title = "U"
	if few, many := allocations(next, small), allocations(large, small); many > few {
		t.Errorf("%v allocations beside a large pledge, %v beside a small one", many, few)
	}
}

// A pledge that a book takes is one that readers of its feed read, or the feed would
// hold other numbers than the book.
func TestABookTakesNoPledgeThatReadersLose(t *testing.T) {
	for name, test := range map[string]struct {
		fill func(p *Pledge)
		over bool
	}{
		"large":              {func(p *Pledge) { p.Description = strings.Repeat("a", 1<<20-1000) }, false},
		"too large":          {func(p *Pledge) { p.Description = strings.Repeat("a", 1<<20) }, true},
		"large once escaped": {func(p *Pledge) { p.Description = strings.Repeat("\x01", 1<<20/6) }, true},
		"lists":              {func(p *Pledge) { p.Links = slices.Repeat([]string{strings.Repeat("b", 30_000)}, 50) }, true},
		"themes":             {func(p *Pledge) { p.Themes = slices.Repeat([]string{strings.Repeat("c", 20_000)}, 64) }, true},
		"pledgers": {func(p *Pledge) {
			p.Pledgers = slices.Repeat([]Pledger{{Name: "N", Via: strings.Repeat("d", 3_000)}}, 500)
		}, true},
		"names": {func(p *Pledge) { p.Pledgers = slices.Repeat([]Pledger{{Name: strings.Repeat("\x02", 500)}}, 500) }, true},
		"contributions": {func(p *Pledge) {
			p.Contributions = slices.Repeat([]Contribution{{To: strings.Repeat("e", 20_000)}}, 100)
		}, true},
		"the longest of others": {func(p *Pledge) {
			p.Pledgers = slices.Repeat([]Pledger{{Name: "N", Category: gcm.InternationalOrganization}}, 500)
		}, false},
	} {
		p := Pledge{ID: IDFromRef("https://example.org", "1")}
		test.fill(&p)
		if size, most := len(p.AppendJSON(nil)), p.mostBytes(); size > most {
			t.Errorf("%s: %d bytes, at most %d were expected", name, size, most)
		}
		var b Book
		_, err := b.Put(p)
		var over *LimitError
		if errors.As(err, &over) != test.over || test.over && (over.Path != "" || over.Have <= over.Most) || b.Len() == 0 != test.over {
			t.Errorf("%s: %v, %d pledges", name, err, b.Len())
		}
		read := 0
		for r, err := range NewDecoder(bytes.NewReader(p.AppendJSON(nil))).Records() {
			if err != nil {
				t.Fatal(name, err)
			}
			if !r.Lost {
				read++
			}
		}
		if read == 0 != test.over {
			t.Errorf("%s: a reader reads %d", name, read)
		}
	}
}
