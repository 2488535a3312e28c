package feed_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/internal/hostile"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// What is made of a feed's records, all the way to what is served of them, counts
// as the oracle counts; and the same records are refused for the same reasons.
func TestHostileFeedsAreServedAsTheOracleCounts(t *testing.T) {
	hostile.Run(t, func(c *hostile.Case, draw *rand.Rand) error {
		if len(c.Feed) > 1<<20 {
			return nil // what is read at once is for the reader that counts
		}
		want := hostile.Recount(c.Feed, c.Limits, hostile.All)
		var book, shuffled pledge.Book
		var put tally.Index
		all, err := decode(c, want, draw)
		if err != nil {
			return err
		}
		for i, n := range draw.Perm(len(all)) {
			p := all[n]
			put.Put(p.Facets())
			if _, err := shuffled.Put(p); err != nil {
				return err
			}
			if _, err := book.Put(all[i]); err != nil {
				return err
			}
		}
		q, err := tally.ParseQuery(c.Query.Get)
		if err != nil {
			return err
		}
		for name, count := range map[string]func(tally.Query) tally.Counts{"index": put.Count, "book": book.Count, "book in another order": shuffled.Count} {
			if err := compare(count, want, c.Query); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if a, b := slices.Collect(book.All()), slices.Collect(shuffled.All()); !reflect.DeepEqual(a, b) {
			return fmt.Errorf("books differ by the order of puts:\n%v\n%v", a, b)
		}
		if want.Broken < 0 && !want.BadHeader && c.Limits == (hostile.Limits{}) {
			if err := loaded(c, want); err != nil {
				return err
			}
		}
		if draw.IntN(2) == 0 {
			return encoded(&book, want, c, draw)
		}
		return served(&book, want, c, q, draw)
	})
}

func compare(count func(tally.Query) tally.Counts, want *hostile.Recounted, q hostile.Query) error {
	for _, q := range []hostile.Query{nil, q} {
		parsed, err := tally.ParseQuery(q.Get)
		if err != nil {
			return err
		}
		counts := count(parsed)
		if got, want := hostile.Canonical(counts.AppendJSON(nil)), want.Count(q); got != want {
			return fmt.Errorf("%v:\ngot  %s\nwant %s", q, got, want)
		}
	}
	return nil
}

// decode returns the pledges of a feed, and compares what was refused with what
// the oracle says.
func decode(c *hostile.Case, want *hostile.Recounted, draw *rand.Rand) (all []pledge.Pledge, err error) {
	var in io.Reader = bytes.NewReader(c.Feed)
	if draw.IntN(2) == 0 && len(c.Feed) < 10_000 {
		in = iotest.OneByteReader(in)
	}
	d := pledge.NewDecoder(in)
	d.Limits = tally.Limits{Record: c.Limits.Record, Records: c.Limits.Records, Depth: c.Limits.Depth}
	var found []tally.Problem
	records, lost := 0, 0
	var broken *tally.FeedError
	for r, err := range d.Records() {
		if err != nil {
			if broken, _ = err.(*tally.FeedError); broken == nil {
				return nil, err
			}
			break
		}
		if records++; r.Lost {
			lost++
		} else {
			all = append(all, r.Pledge)
		}
		found = append(found, r.Problems...)
	}
	found = append(found, d.HeaderProblems()...)
	switch {
	case want.Broken >= 0 && (broken == nil || broken.Offset != want.Broken):
		return nil, fmt.Errorf("%v, want a feed that ends at byte %d", broken, want.Broken)
	case want.Broken < 0 && want.BadHeader != (broken != nil):
		return nil, fmt.Errorf("%v, but the header is bad: %v", broken, want.BadHeader)
	case records != want.Records || lost != want.Lost || len(found) != len(want.Problems):
		return nil, fmt.Errorf("%d records, %d lost, %d problems, want %d, %d, %d:\ngot  %v\nwant %v", records, lost, len(found), want.Records, want.Lost, len(want.Problems), found, want.Problems)
	}
	for i, p := range found {
		if got := (hostile.Problem{Record: p.Record, Offset: p.Offset, Path: p.Path, Rule: p.Rule, Lost: p.Lost, More: p.More}); got != want.Problems[i] {
			return nil, fmt.Errorf("problem %d:\ngot  %+v\nwant %+v", i, p, want.Problems[i])
		}
	}
	return all, nil
}

// encoded writes a book, and reads it by the reader that only counts.
func encoded(book *pledge.Book, want *hostile.Recounted, c *hostile.Case, draw *rand.Rand) error {
	var b bytes.Buffer
	e := pledge.NewEncoder(&b)
	e.Form = pledge.Form(draw.IntN(3))
	for p := range book.All() {
		if err := e.Encode(&p); err != nil {
			return err
		}
		text, _ := p.MarshalJSON()
		var again pledge.Pledge
		if err := again.UnmarshalJSON(text); err != nil || !reflect.DeepEqual(again, p) {
			return fmt.Errorf("%v\ngot  %+v\nwant %+v", err, again, p)
		}
	}
	if err := e.Close(); err != nil || b.Len() == 0 {
		return err
	}
	var r tally.Reader
	r.Write(b.Bytes())
	f, err := r.Close()
	if err != nil || f.ProblemCount > 0 {
		return fmt.Errorf("what was encoded: %w, %v\n%s", err, f, b.Bytes())
	}
	if err := compare(f.Index.Count, want, c.Query); err != nil {
		return fmt.Errorf("encoded: %w", err)
	}
	return nil
}

func loaded(c *hostile.Case, want *hostile.Recounted) error {
	var b pledge.Book
	l, err := b.Load(bytes.NewReader(c.Feed))
	if err != nil || l.Records != want.Records || l.Lost != want.Lost || len(l.Problems) != min(len(want.Problems), tally.MaxProblems) {
		return fmt.Errorf("Load: %v, %+v", err, l)
	}
	if err := compare(b.Count, want, c.Query); err != nil {
		return fmt.Errorf("Load: %w", err)
	}
	return nil
}

// served asks a server for a book in its forms.
func served(book *pledge.Book, want *hostile.Recounted, c *hostile.Case, q tally.Query, draw *rand.Rand) error {
	s := feed.New(book, feed.Options{Header: tally.Header{Title: "T", Sequence: 7}})
	query := url.Values{}
	for name, value := range c.Query {
		query.Set(name, value)
	}
	get := func(r feed.Resource, query string) ([]byte, error) {
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, httptest.NewRequest("GET", "/"+string(r)+"?"+query, nil))
		if answer.Code != http.StatusOK {
			return nil, fmt.Errorf("%s?%s: %d %s", r, query, answer.Code, answer.Body)
		}
		return answer.Body.Bytes(), nil
	}
	counts, err := get(feed.Counts, query.Encode())
	if err != nil {
		return err
	}
	if got, want := hostile.Canonical(counts), want.Count(c.Query); got != want {
		return fmt.Errorf("counts served:\ngot  %s\nwant %s", got, want)
	}
	resource := []feed.Resource{feed.Feed, feed.Countable}[draw.IntN(2)]
	text, err := get(resource, "")
	if err != nil {
		return err
	}
	r := tally.Reader{Items: true, Workers: 1 + draw.IntN(2)}
	if _, err := r.ReadFrom(bytes.NewReader(text)); err != nil {
		return err
	}
	f, err := r.Close()
	if err != nil || f.ProblemCount > 0 {
		return fmt.Errorf("%s: %w %v\n%s", resource, err, f, text)
	}
	if err := compare(f.Index.Count, want, c.Query); err != nil {
		return fmt.Errorf("%s: %w", resource, err)
	}
	snapshot, err := f.Snapshot(q)
	if err != nil {
		return err
	}
	got := snapshot.AppendJSON(nil)
	if want := book.Snapshot(snapshot.Header, q).AppendJSON(nil); !bytes.Equal(got, want) {
		return fmt.Errorf("the snapshot of %s:\ngot  %s\nwant %s", resource, got, want)
	}
	published, err := get(feed.Snapshot, query.Encode())
	if err != nil {
		return err
	}
	r = tally.Reader{}
	r.Write(published)
	if f, err = r.Close(); err != nil {
		return fmt.Errorf("the snapshot published: %w\n%s", err, published)
	}
	again, err := f.Snapshot(q)
	if err != nil || hostile.Canonical(again.Counts.AppendJSON(nil)) != want.Count(c.Query) {
		return fmt.Errorf("the snapshot published: %w\n%s", err, published)
	}
	return nil
}
