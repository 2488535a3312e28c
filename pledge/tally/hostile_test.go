package tally

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
)

// What a decoder remembers has room.
func TestThereIsRoomForWhatIsRemembered(t *testing.T) {
	if most := mostNames + len(decoder{}.waiting)*(MaxPledgers+MaxThemes+2); most > intern.Most {
		t.Errorf("%d texts may be remembered, more than there is room for", most)
	}
}

// TestManySpellingsAreReadAndCounted reads more bytes of names than fit into 51
// pages of spellings, by one and by several.
func TestManySpellingsAreReadAndCounted(t *testing.T) {
	const pledges = 40_000
	var feed bytes.Buffer
	for i := range pledges {
		fmt.Fprintf(&feed, `{"id":"00000000-0000-4000-8000-%012d","pledgers":[{"name":"%0160d","category":"ngo"}]}`+"\n", i, i)
	}
	for _, workers := range []int{1, 2} {
		r := Reader{Workers: workers}
		if _, err := r.ReadFrom(onlyReader{bytes.NewReader(feed.Bytes())}); err != nil {
			t.Fatal(err)
		}
		f, err := r.Close()
		if err != nil {
			t.Fatal(err)
		}
		if c := f.Index.Count(Query{}); c.Total != pledges || c.Pledgers != pledges {
			t.Errorf("by %d: %d pledges of %d pledgers", workers, c.Total, c.Pledgers)
		}
	}
}

// trickle reads a little at a time, so that a part of a feed is smaller than what a
// decoder waits for.
type trickle struct{ io.Reader }

func (t trickle) Read(p []byte) (int, error) { return t.Reader.Read(p[:min(1000, len(p))]) }

func TestPartsThatAreSmallLoseNothing(t *testing.T) {
	var feed bytes.Buffer
	const pledges = 4000
	for i := range pledges {
		fmt.Fprintf(&feed, `{"id":"00000000-0000-4000-8000-%012d","pledgers":[{"name":"P%d"}],"implementation":{"states":["%s"]}}`+"\n",
			i, i%1000, [...]string{"DEU", "KEN", "MEX"}[i%3])
	}
	whole := json(read(t, feed.String()).Index.Count(Query{}))
	r := Reader{Workers: 2}
	if _, err := r.ReadFrom(trickle{bytes.NewReader(feed.Bytes())}); err != nil {
		t.Fatal(err)
	}
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	if got := json(f.Index.Count(Query{})); got != whole || f.ProblemCount > 0 {
		t.Errorf("in parts, with %d problems\n%s\nwhole\n%s", f.ProblemCount, got, whole)
	}
}

func TestContributionsOfAPledgeAreSummedAndThePledgeCountsOnce(t *testing.T) {
	f := read(t, `[{"id":"`+id1+`","contributions":[{"amount":"1","currency":"EUR"},{"amount":"2","currency":"USD"},{"amount":"3","currency":"EUR"},{"amount":"5","currency":"EUR"},{"amount":"7","currency":"EUR","stage":"pledged"}]},
		{"id":"`+id2+`","contributions":[{"amount":"10","currency":"EUR"}]}]`)
	got := ""
	for _, s := range f.Index.Count(Query{}).Sums {
		got += s.Sum.Amount(s.Currency) + " " + s.Currency.String() + " " + s.Stage.String() + " " + strconv.Itoa(s.Number) + "; "
	}
	if want := "19.00 EUR " + gcm.Stage(0).String() + " 2; 7.00 EUR pledged 1; 2.00 USD " + gcm.Stage(0).String() + " 1; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestMembersThatNobodyKnowsMakeNoOtherThingOfAPledge has members of a pledge that
// have the names of what a snapshot or a feed has.
func TestMembersThatNobodyKnowsMakeNoOtherThingOfAPledge(t *testing.T) {
	other := "\n" + `{"id":"` + id2 + `"}`
	for _, c := range []struct {
		in    string
		total int
	}{
		{`{"id":"` + id1 + `","counts":{"total":999}}` + other, 2},
		{`{"counts":{"total":999},"query":{},"id":"` + id1 + `"}` + other, 2},
		{`{"counts":{"total":999},"objectives":[7]}` + other, 1}, // without an id it is lost
		{`{"title":"T","counts":999}` + other, 1},
		{`{"id":"` + id1 + `","counts":{"total":999}}`, 1},
		{`{"id":"` + id1 + `","pledges":[{"id":"` + id3 + `"},{"id":"` + id2 + `"}]}` + other, 2},
		{`{"title":"T","id":"` + id1 + `","pledges":[]}`, 1},
		{`[{"id":"` + id1 + `","pledges":[{"id":"` + id3 + `"}],"counts":{"total":9}}]`, 1},
		{`{"id":"our-feed","pledges":[{"id":"` + id3 + `"},{"id":"` + id2 + `"}]}`, 2}, // a feed may have members that nobody knows, too
		{`{"pledges":[{"id":"` + id3 + `"},{"id":"` + id2 + `"}],"counts":{"total":9}}`, 2},
		{`{"counts":{"total":999}}`, 999},
		{`{"title":"T","counts":{"total":999},"query":{}}`, 999},
	} {
		for _, size := range []int{1, 7, 1 << 20} {
			var r Reader
			for in := c.in; len(in) > 0; {
				n := min(size, len(in))
				if _, err := io.WriteString(&r, in[:n]); err != nil {
					t.Fatalf("%s: %v", c.in, err)
				}
				in = in[n:]
			}
			f, err := r.Close()
			if err != nil {
				t.Fatalf("%s: %v", c.in, err)
			}
			if s, err := f.Snapshot(Query{}); err != nil || s.Counts.Total != c.total {
				t.Errorf("%s: %d, %v, want %d", c.in, s.Counts.Total, err, c.total)
			}
		}
	}
	if err := readError(`{"pledges":[{"id":"` + id2 + `"}],"id":"` + id1 + `"}`); err == nil || !strings.Contains(err.Error(), "an id") {
		t.Errorf("what is a feed and a pledge: %v", err)
	}
	// The bytes of the feed decide in one pass, however often a name comes.
	in := `{"id":"` + id1 + `"` + strings.Repeat(`,"pledges":[]`, 50_000) + `}`
	if err := readError(in); err == nil || !strings.Contains(err.Error(), RuleDuplicate) {
		t.Errorf("a name again and again: %v", err)
	}
}

func TestDepthIsHeldInAllForms(t *testing.T) {
	for _, c := range []struct {
		record string
		want   string // rule of the only problem
	}{
		{`{"id":"` + id1 + `","x":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}`, ""},
		{`{"id":"` + id1 + `","x":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`, RuleTooDeep},
		{`{"id":"` + id1 + `","x":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`, RuleTooDeep},
		{`{"id":"` + id1 + `","pledgers":[{"name":"A","x":` + strings.Repeat("[", 29) + strings.Repeat("]", 29) + `}]}`, ""},
		{`{"id":"` + id1 + `","pledgers":[{"name":"A","x":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + `}]}`, RuleTooDeep},
		{`{"id":"` + id1 + `","id":7,"x":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`, RuleTooDeep}, // and a name twice
		{`{"id":"` + id1 + `","x":"` + strings.Repeat("[", 99) + `"}`, ""},
	} {
		plain := `{"id":"` + id2 + `"}`
		for form, in := range map[string]string{
			"first line": c.record + "\n" + plain, "later line": plain + "\n" + c.record, "last line": plain + "\n" + c.record + "\n",
			"first of an array": "[" + c.record + "," + plain + "]", "last of an array": "[" + plain + "," + c.record + "]",
			"feed": `{"pledges":[` + plain + "," + c.record + "]}",
		} {
			for _, workers := range []int{0, 1, 2} {
				r := Reader{Workers: workers}
				var err error
				if workers == 0 {
					_, err = io.WriteString(&r, in)
				} else {
					_, err = r.ReadFrom(onlyReader{strings.NewReader(in)})
				}
				if err != nil {
					t.Fatal(err)
				}
				f, err := r.Close()
				if err != nil {
					t.Fatal(err)
				}
				found := ""
				for _, p := range f.Problems {
					found += p.Rule
				}
				if found != c.want || (f.Unread == 1) != (c.want != "") {
					t.Errorf("%s, %d workers, %.60s: %v, %d unread, want %q", form, workers, c.record, f.Problems, f.Unread, c.want)
				}
			}
		}
	}
}

func TestProblemsThatAreNotListedCount(t *testing.T) {
	f := read(t, `[{"id":"`+id1+`","objectives":[`+strings.Repeat("77,", 49)+`7],"themes":[1],"mirror":"x"}]`)
	if f.ProblemCount != 51 || len(f.Problems) != 20 || f.Unread != 0 {
		t.Errorf("%d problems, %d listed, %d unread", f.ProblemCount, len(f.Problems), f.Unread)
	}
	if last := f.Problems[19]; last.Rule != RuleTooMany || last.More != 32 || last.String() != "record 0: too-many: 32 more (near byte "+strconv.FormatInt(last.Offset, 10)+")" {
		t.Errorf("%+v: %v", last, last)
	}
	f = read(t, `[{"id":"`+id2+`"},{"objectives":[`+strings.Repeat("77,", 49)+`7]}]`) // no id, behind all the others
	if f.ProblemCount != 50 || f.Unread != 1 || !f.Problems[20].Lost || f.Problems[20].Path != "/id" {
		t.Errorf("%d problems, %d unread: %v", f.ProblemCount, f.Unread, f.Problems[len(f.Problems)-1])
	}
}

func TestASnapshotHasALimitOfItsOwn(t *testing.T) {
	s := Snapshot{Counts: Counts{Total: 7}}
	for i := range 60_000 {
		s.Counts.Themes = append(s.Counts.Themes, ThemeCount{fmt.Sprintf("a-theme-of-many-%06d", i), 1})
	}
	in := string(s.AppendJSON(nil))
	if len(in) < 3<<19 {
		t.Fatal("too small")
	}
	if f := read(t, in); !f.IsSnapshot() || f.Records != 7 {
		t.Errorf("%d", f.Records)
	}
	r := Reader{Limits: Limits{Snapshot: len(in) - 1}}
	io.WriteString(&r, in)
	if _, err := r.Close(); err == nil || !strings.Contains(err.Error(), RuleTooLarge) {
		t.Errorf("over its limit: %v", err)
	}
	pledge := `{"id":"` + id1 + `","x":"` + strings.Repeat("x", 1<<20) + `"}`
	if f := read(t, pledge+"\n"+`{"id":"`+id2+`"}`); f.Unread != 1 || f.Problems[0].Rule != RuleTooLarge {
		t.Errorf("a pledge of that size: %v", f.Problems)
	}
}

// TestTiesCostWhatTheSmallerCosts puts a small revision of the instant of a large
// one again and again: nothing of the large one may be made anew for that.
func TestTiesCostWhatTheSmallerCosts(t *testing.T) {
	large := Facets{ID: numbered(1), Status: gcm.Withdrawn}
	for i := range 10_000 {
		large.Themes = append(large.Themes, strconv.Itoa(i))
	}
	var x Index
	x.Put(large)
	for _, small := range []Facets{
		{ID: large.ID}, {ID: large.ID, Status: large.Status}, {ID: large.ID, Status: large.Status, Themes: large.Themes[:2]},
	} {
		if x.Put(small) != Ignored {
			t.Error("the smaller counts")
		}
		if n := testing.AllocsPerRun(100, func() { x.Put(small) }); n > 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

// TestLatestIsFoundOnceBetweenVersions revises the latest pledge of a block.
func TestLatestIsFoundOnceBetweenVersions(t *testing.T) {
	var x Index
	for i := range 2 * blockRows {
		x.Put(Facets{ID: numbered(i), Updated: instantOf(i)})
	}
	if want := instantOf(2*blockRows - 1); x.Latest() != want {
		t.Fatalf("%v", x.Latest())
	}
	before := x.Version()
	for i := 2*blockRows - 1; i > blockRows+10; i-- {
		x.Remove(numbered(i))
	}
	if got := x.Latest(); got != instantOf(blockRows+10) {
		t.Errorf("%v, want %v", got, instantOf(blockRows+10))
	}
	if got := before.Latest(); got != instantOf(2*blockRows-1) {
		t.Errorf("the version before that has %v", got)
	}
}
