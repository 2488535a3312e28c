package pledge

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"unsafe"

	"github.com/gcmkit/gcmkit/pledge/internal/crew"
	"github.com/gcmkit/gcmkit/pledge/internal/hostile"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// loadPlainly is what [Book.Load] does, one record after the other.
func loadPlainly(b *Book, feed io.Reader) (l Loaded, err error) {
	d := NewDecoder(feed)
	for r, err := range d.Records() {
		if err != nil {
			return l, err
		}
		l.Records++
		problems := r.Problems
		if !r.Lost {
			if _, err := b.Put(r.Pledge); err != nil {
				r.Lost, problems = true, []tally.Problem{{Record: r.Index, Offset: r.Offset, Rule: tally.RuleTooLarge, Lost: true}}
			}
		}
		if r.Lost {
			l.Lost++
		}
		l.Problems = append(l.Problems, problems...)
	}
	l.Header = d.Header()
	l.Problems = append(l.Problems, d.HeaderProblems()...)
	l.Problems = l.Problems[:min(len(l.Problems), tally.MaxProblems)]
	return l, nil
}

// pieces reads a few bytes at a time, as much as is drawn, so that a small feed comes
// in many pieces.
type pieces struct {
	from io.Reader
	rand *rand.Rand
	most int
}

func (p *pieces) Read(b []byte) (int, error) {
	return p.from.Read(b[:min(len(b), 1+p.rand.IntN(p.most))])
}

// sameLoad loads a feed with several numbers of goroutines and from pieces of several
// sizes, and reports where that differs from loading it plainly.
func sameLoad(t *testing.T, feed []byte) {
	t.Helper()
	var plain Book
	want, wantErr := loadPlainly(&plain, bytes.NewReader(feed))
	for n, goroutines := range []int{1, 2, 7} {
		for _, most := range []int{7, 300, 1 << 20} {
			if most == 7 && len(feed) > 10_000 {
				continue
			}
			var b Book
			src := &pieces{bytes.NewReader(feed), rand.New(rand.NewPCG(uint64(n), uint64(len(feed)))), most}
			got, err := b.load(src, goroutines)
			if !reflect.DeepEqual(err, wantErr) || err == nil && !reflect.DeepEqual(got, want) {
				t.Fatalf("%d goroutines, pieces of %d: got\n%+v %v\nwant\n%+v %v\n%.3000q", goroutines, most, got, err, want, wantErr, feed)
			}
			if got, want := text(&b), text(&plain); got != want || b.Len() != plain.Len() {
				t.Fatalf("%d goroutines, pieces of %d: got\n%.3000s\nwant\n%.3000s\n%.3000q", goroutines, most, got, want, feed)
			}
		}
	}
}

// fewInNode returns a number of seeds: fewer where each takes ten times as long, and
// nothing runs at the same time.
func fewInNode(seeds uint64) uint64 {
	if runtime.GOOS == "js" {
		return seeds/20 + 1
	}
	return seeds
}

// Revisions of few pledges, many alike or of the same instant, among records that are
// lost and values that can't be taken.
func TestLoadPutsWhatPutPuts(t *testing.T) {
	for seed := range fewInNode(6) {
		s := newSource(seed)
		var records []string
		for range 60 + s.IntN(400) {
			p := s.pledge()
			r := string(p.AppendJSON(nil))
			switch s.IntN(12) {
			case 0:
				r = r[:s.IntN(len(r)-1)]
			case 1:
				r = strings.Replace(r, `"id":"0`, `"id":"x`, 1)
			case 2:
				r = strings.Replace(r, `"name":"`, `"name":7,"by":"`, 1)
			case 3:
				r = strings.Replace(r, `"states":["`, `"deep":`+strings.Repeat("[", 40)+strings.Repeat("]", 40)+`,"states":["x`, 1)
			case 4:
				r = strings.Replace(r, `"name":"`, `"name":"a}`, 1)
			}
			records = append(records, r)
		}
		whole := records[:0:0]
		for _, r := range records {
			if strings.HasSuffix(r, "}") { // an array may hold no others
				whole = append(whole, r)
			}
		}
		sameLoad(t, []byte(strings.Join(records, "\n")))
		sameLoad(t, []byte(`{"as_of":"soon","pledges":[`+strings.Join(whole, ",\n")+`],"title":"T"}`))
		sameLoad(t, []byte("["+strings.Join(whole, ",")))
	}
}

func TestLoadPutsWhatPutPutsOfHostileFeeds(t *testing.T) {
	for seed := range fewInNode(80) {
		sameLoad(t, hostile.Draw(seed).Feed)
	}
}

func TestLoadedBooksAreTheSameInAnyOrder(t *testing.T) {
	s := newSource(4)
	var records []string
	for range 500 {
		p := s.pledge()
		records = append(records, string(p.AppendJSON(nil)))
	}
	want := ""
	for range 5 {
		s.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		var b Book
		if _, err := b.load(iotest.OneByteReader(strings.NewReader(strings.Join(records, "\n"))), 3); err != nil {
			t.Fatal(err)
		}
		if got := text(&b); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// manyPledges returns a feed of n pledges, each of two pledgers of a few, in a place.
func manyPledges(n int) []byte {
	var feed []byte
	for i := range n {
		p := Pledge{
			ID: uuid.UUID{14: byte(i >> 8), 15: byte(i)}, Title: "T", Themes: []string{"climate", "data"},
			Pledgers:       []Pledger{{Name: "A" + string(rune('a'+i%20))}, {Name: "B"}}[:1+i%2],
			Implementation: Implementation{Global: true},
		}
		p.ID[0] = 1
		p.Implementation.States = append(p.Implementation.States, 7, 9)
		feed = append(p.AppendJSON(feed), '\n')
	}
	return feed
}

func TestPledgesThatWereLoadedShareNothingWithUsers(t *testing.T) {
	var b Book
	if _, err := b.Load(bytes.NewReader(manyPledges(50))); err != nil {
		t.Fatal(err)
	}
	want := text(&b)
	for p := range b.All() {
		p.Themes[0], p.Pledgers[0].Name, p.Implementation.States[0] = "x", "x", 1
		p.Themes, p.Pledgers = append(p.Themes, "y"), append(p.Pledgers, Pledger{Name: "y"})
	}
	if got := text(&b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBookIsUsedWhileItIsLoaded(t *testing.T) {
	feed := manyPledges(3000)
	var want, b Book
	if _, err := loadPlainly(&want, bytes.NewReader(feed)); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if l, err := b.load(&pieces{bytes.NewReader(feed), rand.New(rand.NewPCG(1, 2)), 5000}, 3); err != nil || l.Records != 3000 || l.Lost != 0 {
				t.Error(l, err)
			}
		})
	}
	wait.Go(func() {
		for p := range want.All() {
			b.Put(p)
			b.Get(p.ID)
			if c := b.Count(tally.Query{}); c.Total > 3000 || c.Pledgers > 21 {
				t.Errorf("%d pledges of %d pledgers", c.Total, c.Pledgers)
			}
		}
	})
	wait.Wait()
	if got, want := text(&b), text(&want); got != want || b.sequence != 3000 {
		t.Errorf("after %d changes: got\n%.2000s\nwant\n%.2000s", b.sequence, got, want)
	}
}

func TestWhatComesBeforeAnErrorIsLoaded(t *testing.T) {
	broken := errors.New("broken")
	feed := manyPledges(300)
	for _, goroutines := range []int{0, 1, 3} {
		for name, src := range map[string]io.Reader{
			"after": io.MultiReader(bytes.NewReader(feed), iotest.ErrReader(broken)),
			"with":  iotest.DataErrReader(io.MultiReader(bytes.NewReader(feed), iotest.ErrReader(broken))),
		} {
			var b Book
			load := func() (Loaded, error) { return b.load(src, goroutines) }
			if goroutines == 0 {
				load = func() (Loaded, error) { return loadPlainly(&b, src) }
			}
			l, err := load()
			if err != broken || l.Records != 300 || b.Len() != 300 {
				t.Errorf("%s, %d goroutines: %v, %d records, %d pledges", name, goroutines, err, l.Records, b.Len())
			}
		}
		if goroutines == 0 {
			continue
		}
		var b Book
		l, err := b.load(bytes.NewReader(append([]byte("[" + strings.ReplaceAll(string(feed), "\n", ","))[:len(feed)], ';')), goroutines)
		var e *tally.FeedError
		if !errors.As(err, &e) || l.Records != e.Records || b.Len() != l.Records || l.Records < 250 {
			t.Errorf("%v, %d records, %d pledges", err, l.Records, b.Len())
		}
	}
}

// A pledge of a record within its limit can be too large for one that is written anew.
func TestPledgeThatNobodyCouldReadAgainIsLost(t *testing.T) {
	const money = `{"amount":1,"currency":"EUR"},`
	before := `{"id":"00000000-0000-4000-8000-000000000001","contributions":[` + strings.TrimSuffix(strings.Repeat(money, tally.MaxContributions), ",") + `],"title":"`
	record := before + strings.Repeat("a", tally.MaxRecord-len(before)-2) + `"}`
	var b Book
	l, err := b.Load(strings.NewReader(record))
	if err != nil || l.Records != 1 || l.Lost != 1 || b.Len() != 0 || len(l.Problems) != 1 || l.Problems[0].Rule != tally.RuleTooLarge {
		t.Errorf("%+v %v", l, err)
	}
	sameLoad(t, []byte(record))
}

// What nests too deep does so each time.
func TestWhatIsLostIsNotRemembered(t *testing.T) {
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for _, member := range []string{`"implementation":{"global":true,"x":` + deep + `}`, `"pledgers":[{"name":"A","x":` + deep + `}]`, `"pledgers":[{"name":"A","state":"XXX"}]`, `"implementation":{"level":7}`} {
		var feed []byte
		for i := range 4 {
			feed = append(feed, `{"id":"00000000-0000-4000-8000-00000000000`+string(rune('1'+i))+`",`+member+"}\n"...)
		}
		sameLoad(t, feed)
	}
}

func TestPledgesShareWhatRepeats(t *testing.T) {
	const member = `"pledgers":[{"name":"A"}],"implementation":{"states":["FJI"]},"source":"https://example.org","language":"fr","themes":["climate"]`
	var b Book
	b.Load(strings.NewReader(`{"id":"00000000-0000-4000-8000-000000000001",` + member + "}\n" + `{"id":"00000000-0000-4000-8000-000000000002",` + member + "}\n"))
	p, q := b.pledges.at(0), b.pledges.at(1)
	if &p.Pledgers[0] != &q.Pledgers[0] || &p.Implementation.States[0] != &q.Implementation.States[0] ||
		unsafe.StringData(p.Source) != unsafe.StringData(q.Source) || unsafe.StringData(p.Language) != unsafe.StringData(q.Language) || unsafe.StringData(p.Themes[0]) != unsafe.StringData(q.Themes[0]) {
		t.Error("a pledge has a copy of its own")
	}
}

// What is remembered is forgotten at times.
func TestLoadForgets(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("takes some seconds")
	}
	var feed []byte
	for i := range mostKnown + mostWaiting + 10 {
		p := Pledge{ID: uuid.UUID{1, 13: byte(i >> 16), 14: byte(i >> 8), 15: byte(i)}, Pledgers: []Pledger{{Name: uuid.UUID{14: byte(i >> 8), 15: byte(i)}.String()}}}
		p.Pledgers[0].Via = p.ID.String()
		feed = append(p.AppendJSON(feed), '\n')
	}
	var b Book
	d := NewDecoder(nil)
	d.begin()
	l := newLoader(&load{book: &b}, d.record.depth)
	if _, err := crew.Decode(whole{bytes.NewReader(feed), &d.split}, &d.split, d.split.Next, []crew.Hand{l}); err != nil || b.Len() != mostKnown+mostWaiting+10 {
		t.Fatal(err, b.Len())
	}
	if n := b.Count(tally.Query{}).Pledgers; n != 1<<16 {
		t.Errorf("%d pledgers", n)
	}
	if n := l.known.byPledger.Len(); n > 2*mostWaiting {
		t.Errorf("%d pledgers are still remembered", n)
	}
}
