// Command columns prints how large the countable part of a feed is as it is served
// (countable.json), and as columns: a column for each field, with dictionaries of
// pledgers and places, numbers as varints, dates as differences and ids as bytes. It is
// what a compact form of the feed could save. It prints as well how long the JSON takes
// to be read, and how long it takes to put the same pledges into an index when they are
// read already, which no form could save.
//
//	go -C examples/bench run ./columns
package main

import (
	"bytes"
	"fmt"
	"log"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/uuid"

	"github.com/gcmkit/gcmkit/examples/bench/feed"
	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge"
	serve "github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

func main() {
	log.SetFlags(0)
	fmt.Print("| pledges | countable.json | as columns | of which ids | and titles | read | put alone |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, n := range []int{1000, 10_000} {
		for _, f := range []struct {
			name string
			make func(int) (*pledge.Book, error)
		}{{"made up, each with a title of its own", madeUp}, {"the reference feed, again and again", repeated}} {
			b, err := f.make(n)
			if err != nil {
				log.Fatal("columns: ", err)
			}
			s, t := sizesOf(b), timesOf(b)
			fmt.Printf("| %d, %s | %d | %d, %.0f %% | %d | %d | %v | %v |\n", n, f.name, s.json, s.columns, 100*float64(s.columns)/float64(s.json), s.ids, s.titles, t.read, t.put)
		}
	}
}

// madeUp returns a book of the pledges that the tools here are compared with.
func madeUp(n int) (*pledge.Book, error) {
	g := feed.New(1)
	var lines []byte
	for range n {
		lines = g.Append(lines)
	}
	b := new(pledge.Book)
	_, err := b.Load(bytes.NewReader(lines))
	return b, err
}

// repeated returns a book of the reference pledges under other ids and with a number
// behind the title, until there are n.
func repeated(n int) (*pledge.Book, error) {
	var all []pledge.Pledge
	for r, err := range pledge.NewDecoder(bytes.NewReader(data.Reference())).Records() {
		if err != nil {
			return nil, err
		}
		all = append(all, r.Pledge)
	}
	b := new(pledge.Book)
	for i := range n {
		p := all[i%len(all)].Clone()
		if again := i / len(all); again > 0 {
			p.ID = uuid.NewSHA1(p.ID, fmt.Append(nil, again))
			p.Title = fmt.Sprintf("%s (%d)", p.Title, again)
		}
		if _, err := b.Put(p); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// sizes are in bytes, with brotli.
type sizes struct{ json, columns, ids, titles int }

func sizesOf(b *pledge.Book) (s sizes) {
	c := columnsOf(b)
	return sizes{packed(countable(b)), packed(c.all()), packed(c["ids"]), packed(c["titles"])}
}

// countable returns what a page reads of the pledges.
func countable(b *pledge.Book) []byte {
	answer := httptest.NewRecorder()
	serve.New(b, serve.Options{}).Handler(serve.Countable).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	return answer.Body.Bytes()
}

// times are the shortest of some runs, on one core.
type times struct{ read, put time.Duration }

func timesOf(b *pledge.Book) times {
	json := countable(b)
	var all []tally.Facets
	for p := range b.All() {
		all = append(all, p.Facets())
	}
	return times{
		read: shortest(func() {
			r := tally.Reader{Items: true, Workers: 1}
			r.Write(json)
			if feed, err := r.Close(); err != nil || feed.Index.Len() != len(all) {
				log.Fatal("columns: ", err)
			}
		}),
		put: shortest(func() {
			var x tally.Index
			for i := range all {
				x.Put(all[i])
			}
		}),
	}
}

func shortest(run func()) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 30 {
		start := time.Now()
		run()
		least = min(least, time.Since(start))
	}
	return least.Round(10 * time.Microsecond)
}

// packed returns how long a text is with brotli at its best.
func packed(text []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	w.Write(text)
	w.Close()
	return b.Len()
}

// written returns a list as one text, by which a dictionary knows it.
func written[T fmt.Stringer](list []T) string {
	var b strings.Builder
	for _, v := range list {
		b.WriteString(v.String() + " ")
	}
	return b.String()
}
