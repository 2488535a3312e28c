package pledge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

func TestPledgeRoundTripsThroughJSON(t *testing.T) {
	s := newSource(1)
	for range 2000 {
		p := s.pledge()
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var q Pledge
		if err := json.Unmarshal(b, &q); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
		if !reflect.DeepEqual(p, q) {
			t.Fatalf("got  %+v\nwant %+v\n%s", q, p, b)
		}
	}
}

func TestUnmarshalSaysWhatItCouldNotTake(t *testing.T) {
	var p Pledge
	err := json.Unmarshal([]byte(`{"id":"00000000-0000-4000-8000-000000000001","objectives":[7,99],"title":"x"}`), &p)
	var e *ProblemsError
	if !errors.As(err, &e) || len(e.Problems) != 1 || e.Problems[0].Path != "/objectives/1" || p.Title != "x" {
		t.Errorf("%v, %+v", err, p)
	}
}

func TestUnknownFieldsAreNeverFatal(t *testing.T) {
	var p Pledge
	if err := json.Unmarshal([]byte(`{"id":"00000000-0000-4000-8000-000000000001","x":{"y":[1e999]},"pledgers":[{"name":"a","shoe_size":7}]}`), &p); err != nil || p.Pledgers[0].Name != "a" {
		t.Error(err)
	}
}

// What the page reads of a record is what the whole model says is counted.
func TestTallyReadsTheSameAsTheModel(t *testing.T) {
	s := newSource(2)
	for range 300 {
		var feed bytes.Buffer
		var want tally.Index
		e := NewEncoder(&feed)
		e.Header.Title = "T"
		for range 10 {
			p := s.pledge()
			if err := e.Encode(&p); err != nil {
				t.Fatal(err)
			}
			want.Put(p.Facets())
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		got := readTally(t, feed.Bytes())
		q := tally.Query{IncludeWithdrawn: true}
		if a, b := got.Index.Count(q), want.Count(q); !reflect.DeepEqual(a, b) {
			t.Fatalf("got\n%s\nwant\n%s", a.AppendJSON(nil), b.AppendJSON(nil))
		}
	}
}

func TestWhatAListRepeatsCountsOnce(t *testing.T) {
	var p Pledge
	err := json.Unmarshal([]byte(`{"id":"00000000-0000-4000-8000-000000000001","title":"T","themes":["a","b","a"],
		"pledgers":[{"name":"a"},{"name":"b"},{"name":"A "},{"name":"c"}],"implementation":{"states":["KEN","UGA","KEN"]}}`), &p)
	if err != nil {
		t.Fatal(err)
	}
	f := p.Facets()
	if len(f.Themes) != 2 || len(f.Pledgers) != 3 || len(f.Implementing) != 2 {
		t.Errorf("%+v", f)
	}
	if item := p.item(&f); item.More != 2 {
		t.Errorf("and %d others", item.More)
	}
	p.Themes, p.Pledgers, p.Implementation.States = p.Themes[:2], append(p.Pledgers[:2:2], p.Pledgers[3]), p.Implementation.States[:2]
	var x tally.Index
	if g := p.Facets(); x.Put(f) != tally.Added || x.Put(g) != tally.Alike || g.Compare(&f) != 0 {
		t.Error("with and without what is repeated isn't the same")
	}
}

func readTally(t *testing.T, feed []byte) *tally.Feed {
	t.Helper()
	var r tally.Reader
	r.Write(feed)
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEncoderAndDecoderAgreeOnEveryForm(t *testing.T) {
	s := newSource(4)
	header := tally.Header{Feed: "https://example.org/f", Title: "T", Publisher: "P", License: "CC BY 4.0", Illustrative: true, AsOf: gcm.InstantOfUnix(1_653_004_800, 0)}
	for _, form := range []Form{FeedForm, ArrayForm, LinesForm} {
		for n := range 4 {
			var out bytes.Buffer
			e := Encoder{out: &out, Form: form, Header: header}
			var want []Pledge
			for range n {
				p := s.pledge()
				want = append(want, p)
				if err := e.Encode(&p); err != nil {
					t.Fatal(err)
				}
			}
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if err := e.Encode(&Pledge{}); err == nil {
				t.Error("a closed encoder took a pledge")
			}
			if form == LinesForm && n == 0 {
				continue // nothing at all is no feed
			}
			d := NewDecoder(iotest.OneByteReader(&out))
			var got []Pledge
			for r, err := range d.Records() {
				if err != nil || r.Lost || len(r.Problems) > 0 || r.Index != len(got) {
					t.Fatalf("%+v %v", r, err)
				}
				got = append(got, r.Pledge)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("form %d: got %+v, want %+v", form, got, want)
			}
			if form == FeedForm && d.Header() != header {
				t.Errorf("header %+v", d.Header())
			}
		}
	}
}

func TestDecoderGoesOnAfterABadRecord(t *testing.T) {
	const id1, id2 = `"id":"00000000-0000-4000-8000-000000000001"`, `"id":"00000000-0000-4000-8000-000000000002"`
	in := `{"pledges":[{` + id1 + `},{` + id1 + `,"title":"a","title":"b"},{` + id2 + `,"status":"done"},{"title":"no id"}]}`
	var lost, problems []string
	n := 0
	for r, err := range NewDecoder(strings.NewReader(in)).Records() {
		if err != nil {
			t.Fatal(err)
		}
		n++
		for _, p := range r.Problems {
			problems = append(problems, p.String())
			if at := in[r.Offset]; at != '{' {
				t.Errorf("the offset of record %d points at %q", r.Index, at)
			}
			if p.Lost {
				lost = append(lost, p.Path)
			}
		}
	}
	want := []string{
		`record 1/title: duplicate-key: "a name for the second time" (near byte 122)`,
		`record 2/status: unknown: "done" (near byte 188)`,
		`record 3/id: required (near byte 190)`,
	}
	if n != 4 || !reflect.DeepEqual(problems, want) || !reflect.DeepEqual(lost, []string{"/title", "/id"}) {
		t.Errorf("%d records, lost %q, problems\n%s", n, lost, strings.Join(problems, "\n"))
	}
}

func TestDecoderReportsWhatEndsTheStream(t *testing.T) {
	broken := errors.New("cable pulled")
	for name, c := range map[string]struct {
		in   io.Reader
		want string
	}{
		"truncated":        {strings.NewReader(`[{"id":"x"}`), "unexpected end at byte 11, after 1 records"},
		"not JSON":         {strings.NewReader(`<html>`), "unexpected \"<\" at byte 0"},
		"failing reader":   {io.MultiReader(strings.NewReader(`[`), iotest.ErrReader(broken)), "cable pulled"},
		"duplicate header": {strings.NewReader(`{"feed":"a","pledges":[],"feed":"b"}`), "duplicate-key"},
	} {
		var last error
		for _, err := range NewDecoder(c.in).Records() {
			last = err
		}
		if last == nil || !strings.Contains(last.Error(), c.want) {
			t.Errorf("%s: %v", name, last)
		}
	}
}

func TestImportedPledgesKeepTheirID(t *testing.T) {
	a := IDFromRef("https://migrationnetwork.un.org", "217")
	if a != IDFromRef("https://migrationnetwork.un.org", "217") || a.Version() != 5 {
		t.Error(a)
	}
	if a == IDFromRef("https://migrationnetwork.un.org", "218") || a == IDFromRef("https://migrationnetwork.un.or", "g217") {
		t.Error("two references share an ID")
	}
	if b, err := NewID(); err != nil || b.Version() != 7 {
		t.Error(b, err)
	}
	if want := uuid.MustParse("39e85eb8-513b-570c-a485-11b7b3418de9"); a != want {
		t.Errorf("IDs of imported pledges have changed: %v", a)
	}
}

func FuzzDecoder(f *testing.F) {
	s := newSource(5)
	for range 5 {
		p := s.pledge()
		f.Add(append([]byte(`{"pledges":[`), append(p.AppendJSON(nil), "]}"...)...))
	}
	f.Add([]byte("{\"id\":\"00000000-0000-4000-8000-000000000001\",\"pledgers\":[{}],\"contributions\":[{\"amount\":-1}]}\n\xff"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var book Book
		_, err := book.Load(bytes.NewReader(in))
		var r tally.Reader
		r.Write(in)
		feed, errTally := r.Close()
		if err != nil || errTally != nil || feed.IsSnapshot() {
			return
		}
		q := tally.Query{IncludeWithdrawn: true}
		if a, b := book.Count(q), feed.Index.Count(q); !reflect.DeepEqual(a, b) {
			t.Fatalf("book\n%s\npage\n%s", a.AppendJSON(nil), b.AppendJSON(nil))
		}
		for p := range book.All() {
			var again Pledge
			if err := again.UnmarshalJSON(p.AppendJSON(nil)); err != nil {
				t.Fatalf("%v: %s", err, p.AppendJSON(nil))
			}
			if again.Supersedes(&p) || p.Supersedes(&again) {
				t.Fatalf("does not round trip: %s", p.AppendJSON(nil))
			}
		}
	})
}
