// Command columns prints how large the countable part of a feed is as it is served
// (countable.json), and as columns: a column for each field, with dictionaries of
// pledgers and places, numbers as varints, dates as differences and ids as bytes. It is
// what a compact form of the feed could save.
//
//	go -C examples/bench run ./columns
package main

import (
	"bytes"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/google/uuid"

	"github.com/gcmkit/gcmkit/examples/bench/feed"
	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge"
	serve "github.com/gcmkit/gcmkit/pledge/feed"
)

func main() {
	log.SetFlags(0)
	fmt.Print("| pledges | countable.json | as columns | of which ids | and titles |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, n := range []int{1000, 10_000} {
		for _, f := range []struct {
			name string
			make func(int) (*pledge.Book, error)
		}{{"made up, each with a title of its own", madeUp}, {"the reference feed, again and again", repeated}} {
			b, err := f.make(n)
			if err != nil {
				log.Fatal("columns: ", err)
			}
			s := sizesOf(b)
			fmt.Printf("| %d, %s | %d | %d, %.0f %% | %d | %d |\n", n, f.name, s.json, s.columns, 100*float64(s.columns)/float64(s.json), s.ids, s.titles)
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
	answer := httptest.NewRecorder()
	serve.New(b, serve.Options{}).Handler(serve.Countable).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	c := columnsOf(b)
	return sizes{packed(answer.Body.Bytes()), packed(c.all()), packed(c["ids"]), packed(c["titles"])}
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
