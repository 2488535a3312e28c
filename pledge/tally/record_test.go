package tally

import (
	"maps"
	"strconv"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// Instants that a record has no room for are kept beside it, whichever way they
// come, and only as long as they are there.
func TestIndexHoldsAnyInstant(t *testing.T) {
	instants := []gcm.Instant{{}}
	for _, seconds := range []int64{-1, 0, 1, 1<<32 - 1, 1 << 32} {
		instants = append(instants, gcm.InstantOfUnix(seconds, 0), gcm.InstantOfUnix(seconds, 1))
	}
	for _, text := range []string{"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"} {
		instant, err := gcm.ParseInstant(text)
		if err != nil {
			t.Fatal(err)
		}
		instants = append(instants, instant)
	}
	var put, batched Index
	d := newDecoder(&batched, false, 32, nil)
	for n, instant := range instants {
		f := Facets{ID: numbered(n), Updated: instant}
		put.Put(f)
		d.gather(&f)
	}
	batched.putBatch(&d.batch)
	for n, want := range instants {
		for _, x := range []*Index{&put, &batched} {
			if f, ok := x.Get(numbered(n)); f.Updated != want || !ok {
				t.Errorf("%v, want %v", f.Updated, want)
			}
			x.Remove(numbered(n))
			if got := x.instants.Of(uint32(n)); got.IsValid() {
				t.Errorf("%v is there when the pledge isn't", got)
			}
		}
	}
}

// There are more pledgers, themes and places than a reader remembers, which begins
// anew while records wait for theirs.
func TestMoreNamesThanAreRemembered(t *testing.T) {
	const most, all, again = 500, 3 * blockRows, 2 * blockRows
	const apart = 5 // that don't wait, so that the others aren't put together
	var feed []byte
	for n := range apart {
		feed = append(feed, `{"i\u0064":"`+numbered(1<<20+n).String()+"\"}\n"...)
	}
	for n := range all + again {
		name := strconv.Itoa(n % all)
		place := gcm.State(1+n%all%50).Alpha3() + `","` + gcm.State(51+n%all/50%50).Alpha3() + `","` + gcm.State(101+n%all/2500).Alpha3()
		feed = append(feed, `{"id":"`+numbered(n).String()+`","themes":["Theme `+name+`"],"pledgers":[{"name":"City `+name+
			`"},{"name":"Kenya","category":"member-state","state":"KEN"}],"implementation":{"states":["`+place+`"]}}`+"\n"...)
	}
	for _, items := range []bool{false, true} { // with which pledgers don't wait
		r := Reader{Items: items}
		r.begin()
		r.decode.names.most = most
		if _, err := r.Write(feed); err != nil {
			t.Fatal(err)
		}
		names := r.decode.names
		if n := names.pledgers.Len() + names.themes.Len() + names.places.Len(); n > most+100 {
			t.Errorf("%d names are remembered", n)
		}
		f, err := r.Close()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(f.Index.blocks); n < (all+again)/most {
			t.Errorf("names were forgotten less than %d times", n)
		}
		if c := f.Index.Count(Query{}); c.Total != apart+all+again || c.Pledgers != all+1 || c.ByMemberStates != all+again || len(c.Themes) != all || f.ProblemCount != 0 {
			t.Errorf("%d pledges by %d, %d by States, %d themes, %d problems", c.Total, c.Pledgers, c.ByMemberStates, len(c.Themes), f.ProblemCount)
		}
		for _, uses := range [][]uint32{f.Index.pledgers.uses[1:], f.Index.themes.uses[1:], f.Index.places.uses[1:]} { // nobody else uses them any more
			got := map[uint32]int{}
			for _, n := range uses {
				got[n]++
			}
			delete(got, all+again) // Kenya
			if want := (map[uint32]int{1: all - again, 2: again}); !maps.Equal(got, want) {
				t.Errorf("%v names by how often they are used, want %v", got, want)
			}
		}
	}
}

// What was written in the same bytes before isn't read again, by either way to read
// a record, and remembered once.
func TestWhatIsWrittenAlikeIsReadAlike(t *testing.T) {
	written := []string{
		`{"global":true}`, `{"global":false}`, `{}`, `{"states":["KEN","UGA","KEN"]}`, `{"states":["UGA","KEN"],"global":true}`,
		`{"states":["KEN"],"level":"local"}`, `{ "states" : [] }`,
	}
	for _, id := range []string{`"id"`, `"i\u0064"`} { // the second isn't plain
		var feed []byte
		for n := range 10 * len(written) {
			feed = append(feed, `{`+id+`:"`+numbered(n).String()+`","implementation":`+written[n%len(written)]+`,"pledgers":[{"name":"IOM"}]}`+"\n"...)
		}
		var r Reader
		if _, err := r.Write(feed); err != nil {
			t.Fatal(err)
		}
		if n, m := r.decode.names.places.Len(), r.decode.names.pledgers.Len(); n != len(written) || m != 1 {
			t.Errorf("%d places and %d pledgers are remembered", n, m)
		}
		f, err := r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for n := range 10 * len(written) {
			alone := indexOf(t, []byte(`{"id":"`+numbered(n).String()+`","implementation":`+written[n%len(written)]+`,"pledgers":[{"name":"IOM"}]}`))
			want, _ := alone.Get(numbered(n))
			if got, ok := f.Index.Get(numbered(n)); !ok || got.Compare(&want) != 0 {
				t.Errorf("%s, pledge %d: %+v, want %+v", id, n, got, want)
			}
		}
	}
}

func TestValuesThatDoNotExistAreNotStated(t *testing.T) {
	f := Facets{ID: numbered(1), Type: 200, Status: 5, Mirror: 3}
	var x Index
	if x.Put(f) != Added || x.Put(f) != Alike {
		t.Error("the same revision is another one")
	}
	want := Facets{ID: f.ID}
	if got, ok := x.Get(f.ID); !ok || got.Compare(&want) != 0 {
		t.Errorf("%+v", got)
	}
	if c := x.Count(Query{}); c.Types[0] != 1 || c.Statuses[0] != 1 || c.Mirror != 0 {
		t.Errorf("%+v", c)
	}
}
