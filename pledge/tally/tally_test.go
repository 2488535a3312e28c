package tally

import (
	"bytes"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/google/uuid"
)

func read(t *testing.T, in string) *Feed {
	t.Helper()
	var r Reader
	if _, err := r.Write([]byte(in)); err != nil {
		t.Fatal(err)
	}
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func readError(in string) error {
	var r Reader
	if _, err := r.Write([]byte(in)); err != nil {
		return err
	}
	_, err := r.Close()
	return err
}

const id1, id2, id3 = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000003"

func TestFeedIsReadInAllItsForms(t *testing.T) {
	a := `{"id":"` + id1 + `","objectives":[7,13],"type":"individual"}`
	b := `{"id":"` + id2 + `","objectives":[7],"type":"common","pledgers":[{"name":"France","category":"member-state","state":"FRA"}]}`
	want := json(read(t, "["+a+","+b+"]").Index.Count(Query{}))
	if !strings.HasPrefix(want, `{"total":2,"pledgers":1,"member_states":1,"by_member_states":1,`) || !strings.Contains(want, `"objectives":{"7":2,"13":1}`) {
		t.Fatal(want)
	}
	for name, in := range map[string]string{
		"feed":              `{"feed":"https://example.org/f","as_of":"2022-05-20T00:00:00Z","pledges":[` + a + `,` + b + `],"title":"T","illustrative":true}`,
		"lines":             a + "\n" + b + "\n",
		"lines, no newline": b + "\n" + a,
	} {
		f := read(t, in)
		if got := json(f.Index.Count(Query{})); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if name == "feed" {
			as, _ := gcm.ParseInstant("2022-05-20T00:00:00Z")
			if h := (Header{Feed: "https://example.org/f", Title: "T", AsOf: as, Illustrative: true}); f.Header != h {
				t.Errorf("header %+v", f.Header)
			}
		}
	}
}

func TestBadRecordsCostOnlyThemselves(t *testing.T) {
	good := func(id string) string { return `{"id":"` + id + `","objectives":[7]}` }
	for name, c := range map[string]struct{ bad, path, rule string }{
		"duplicate key": {`{"id":"` + id2 + `","objectives":[7],"objectives":[8]}`, "/objectives", RuleDuplicate},
		"invalid UTF-8": {`{"id":"` + id2 + "\",\"pledgers\":[{\"name\":\"\xff\"}]}", "/pledgers/0/name", RuleEncoding},
		"invalid UTF-8 in a field that isn't counted": {`{"id":"` + id2 + "\",\"title\":\"\xff\"}", "/title", RuleEncoding},
		"syntax":             {`{"id":"` + id2 + `","objectives":[7 8]}`, "/objectives/0", RuleSyntax},
		"no id":              {`{"objectives":[7]}`, "/id", RuleRequired},
		"an id in braces":    {`{"id":"{` + id2 + `}"}`, "/id", RuleMalformed},
		"too deep":           {`{"id":"` + id2 + `","x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "", RuleTooDeep},
		"too large":          {`{"id":"` + id2 + `","title":"` + strings.Repeat("x", 1<<20) + `"}`, "", RuleTooLarge},
		"not an object":      {`[1]`, "", RuleType},
		"a number":           {`1e999`, "", RuleType},
		"null":               {`null`, "", RuleType},
		"the nil UUID is no": {`{"id":"00000000-0000-0000-0000-000000000000"}`, "/id", RuleRequired},
	} {
		f := read(t, `{"pledges":[`+good(id1)+`,`+c.bad+`,`+good(id3)+`]}`)
		if n := f.Index.Count(Query{}).Total; n != 2 || f.Records != 3 || f.Unread != 1 {
			t.Errorf("%s: counted %d of %d, %d unread", name, n, f.Records, f.Unread)
		}
		if len(f.Problems) == 0 {
			t.Errorf("%s: no problem", name)
			continue
		}
		p := f.Problems[0]
		if p.Record != 1 || p.Path != c.path || p.Rule != c.rule || !f.Problems[len(f.Problems)-1].Lost {
			t.Errorf("%s: %+v", name, f.Problems)
		}
	}
}

func TestUnknownValuesAreProblemsAndTheRestCounts(t *testing.T) {
	for name, c := range map[string]struct {
		member, path, rule, value string
	}{
		"objective":     {`"objectives":[7,99]`, "/objectives/1", RuleUnknown, "99"},
		"huge number":   {`"objectives":[7,1e999]`, "/objectives/1", RuleUnknown, "1e999"},
		"fraction":      {`"objectives":[7,1.5]`, "/objectives/1", RuleUnknown, "1.5"},
		"text":          {`"objectives":["7"]`, "/objectives/0", RuleType, "a string where a number is due"},
		"object":        {`"objectives":{"7":1}`, "/objectives", RuleType, "an object where an array is due"},
		"status":        {`"status":"done"`, "/status", RuleUnknown, "done"},
		"State":         {`"pledgers":[{"name":"x","state":"XXX"}]`, "/pledgers/0/state", RuleUnknown, "XXX"},
		"pledger":       {`"pledgers":[{"category":"media"}]`, "/pledgers/0", RuleRequired, "a pledger without a name"},
		"date":          {`"announced":"2022-02-30"`, "/announced", RuleMalformed, "2022-02-30"},
		"instant":       {`"updated":"yesterday"`, "/updated", RuleMalformed, "yesterday"},
		"amount":        {`"contributions":[{"currency":"EUR","amount":"200.000"}]`, "/contributions/0/amount", RuleMalformed, "200.000"},
		"huge amount":   {`"contributions":[{"amount":1e999,"currency":"EUR"}]`, "/contributions/0/amount", RuleMalformed, "1e999"},
		"currency":      {`"contributions":[{"amount":"1","currency":"€"}]`, "/contributions/0", RuleUnknown, "€"},
		"mirror":        {`"mirror":"yes"`, "/mirror", RuleType, "a string where true or false is due"},
		"long value":    {`"status":"` + strings.Repeat("é", 100) + `"`, "/status", RuleUnknown, strings.Repeat("é", 32) + "… (200 bytes)"},
		"escaped names": {`"p\u006cedgers":[{"name":"x","category":"y/~"}]`, "/pledgers/0/category", RuleUnknown, "y/~"},
	} {
		f := read(t, `[{`+c.member+`,"id":"`+id1+`","type":"individual"}]`)
		if f.Unread != 0 || f.Index.Count(Query{Type: AnyOf(gcm.Individual)}).Total != 1 {
			t.Errorf("%s: the pledge isn't counted", name)
		}
		if len(f.Problems) != 1 {
			t.Errorf("%s: %d problems: %v", name, len(f.Problems), f.Problems)
			continue
		}
		if p := f.Problems[0]; p.Path != c.path || p.Rule != c.rule || p.Value != c.value || p.Lost {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestTenThousandObjectivesAreOnePledgeAndFewProblems(t *testing.T) {
	f := read(t, `[{"id":"`+id1+`","objectives":[7`+strings.Repeat(",99", 10_000)+`]}]`)
	if c := f.Index.Count(Query{}); c.Total != 1 || c.Objectives[7] != 1 {
		t.Errorf("counted %s", json(c))
	}
	if n := len(f.Problems); n != 20 || f.Problems[n-1].Rule != RuleTooMany {
		t.Errorf("%d problems, the last is %v", n, f.Problems[n-1])
	}
}

func TestAbsentNullAndEmptyAreNotStated(t *testing.T) {
	want := read(t, `[{"id":"`+id1+`"}]`).Index.Count(Query{})
	for _, members := range []string{
		`"type":null,"status":null,"mirror":null,"natures":null,"objectives":null,"pledgers":null,"implementation":null,"announced":null,"contributions":null`,
		`"type":"","status":"","natures":[],"objectives":[],"principles":[],"themes":[""],"pledgers":[],"implementation":{},"announced":"","contributions":[]`,
	} {
		f := read(t, `[{"id":"`+id1+`",`+members+`}]`)
		if got := f.Index.Count(Query{}); !reflect.DeepEqual(got, want) || f.ProblemCount > 0 {
			t.Errorf("%s: %s, %v", members, json(got), f.Problems)
		}
	}
	if want.Objectives[0] != 1 || want.Types[0] != 1 || want.Categories[0] != 1 || want.Regions[0] != 1 {
		t.Errorf("not counted as not stated: %s", json(want))
	}
}

func TestPartOfAFeedIsNoCount(t *testing.T) {
	whole := `{"feed":"x","pledges":[{"id":"` + id1 + `"},{"id":"` + id2 + `"}],"title":"y"}`
	for n := range whole {
		if err := readError(whole[:n]); err == nil {
			t.Fatalf("a feed cut after %d of %d bytes was taken", n, len(whole))
		} else if e := new(FeedError); !errors.As(err, &e) {
			t.Fatalf("%T", err)
		}
	}
	for _, in := range []string{"", "<html>", `{"pledges":[]}x`, `{"pledges":[],"pledges":[]}`, `["x"]`, `{"a":1}`, "null"} {
		if readError(in) == nil {
			t.Errorf("%q was taken for a feed", in)
		}
	}
}

func TestSnapshotRoundTrips(t *testing.T) {
	s := newSource(11)
	f := &Feed{Header: Header{Feed: "https://example.org/feed", Title: "Pledges", Illustrative: true}, Index: new(Index), Unread: 3}
	for range 200 {
		f.Index.Put(s.facets())
	}
	for range 50 {
		snap, err := f.Snapshot(s.query())
		if err != nil {
			t.Fatal(err)
		}
		snap.Sequence = 1 << 60
		text := string(snap.AppendJSON(nil))
		again := read(t, text)
		if !again.IsSnapshot() {
			t.Fatal("not recognised as a snapshot")
		}
		got, err := again.Snapshot(snap.Query)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, snap) {
			t.Fatalf("got\n%s\nwant\n%s", got.AppendJSON(nil), text)
		}
	}
}

func TestSnapshotWithAProblemIsNotShown(t *testing.T) {
	for _, in := range []string{
		`{"counts":{"total":1e3}}`, `{"counts":{"total":-1}}`, `{"counts":{"objectives":{"24":1}}}`,
		`{"counts":{"total":1},"query":{"region":"nowhere"}}`, `{"counts":{"sums":[{"currency":"EUR","amount":"x"}]}}`,
		`{"counts":{"total":0}}` + "\n" + `{"id":"` + id1 + `"}`,
	} {
		if readError(in) == nil {
			t.Errorf("%s was taken", in)
		}
	}
}

func TestSnapshotNarrowsToWhatItHolds(t *testing.T) {
	s := newSource(5)
	f := &Feed{Index: new(Index)}
	for range 200 {
		f.Index.Put(s.facets())
	}
	all, _ := f.Snapshot(Query{})
	for range 500 {
		q := s.query()
		want, _ := f.Snapshot(q)
		got, err := all.Narrow(q)
		if err != nil {
			if e := new(NarrowError); !errors.As(err, &e) || e.Want != q {
				t.Fatal(err)
			}
			continue
		}
		if got.Counts.Total != want.Counts.Total || got.Query != q {
			t.Fatalf("%v: narrowed to %d, counted %d", q, got.Counts.Total, want.Counts.Total)
		}
	}
	one, _ := f.Snapshot(Query{Objective: AnyOf(objectives.Objective(7))})
	if _, err := one.Narrow(Query{}); err == nil {
		t.Error("a snapshot of one objective answered for all")
	}
	n, err := all.Narrow(Query{Region: AnyOf(gcm.Africa)})
	if err != nil || !n.TotalOnly {
		t.Fatalf("%+v %v", n, err)
	}
	// What isn't known isn't written as 0.
	text := n.AppendJSON(nil)
	if want := `"counts":{"total":` + strconv.Itoa(n.Counts.Total) + `}}`; !bytes.HasSuffix(text, []byte(want)) {
		t.Errorf("%s, want %s at its end", text, want)
	}
	if back, _, ok := decodeSnapshot(text); !ok || !reflect.DeepEqual(back, n) {
		t.Errorf("%+v, read back %+v", n, back)
	}
}

func TestQueryTextRoundTrips(t *testing.T) {
	s := newSource(9)
	for range 2000 {
		q := s.query()
		values := map[string]string{}
		for name, value := range q.All() {
			values[name] = value
		}
		got, err := ParseQuery(func(name string) string { return values[name] })
		if err != nil || got != q {
			t.Fatalf("%v: %v %v", q, got, err)
		}
	}
	if got := (Query{Objective: AnyOf(objectives.Objective(7)), Region: AnyOf(gcm.Africa)}).String(); got != "objective=7 region=africa" {
		t.Error(got)
	}
	if got := (Query{}).String(); got != "all" {
		t.Error(got)
	}
}

func TestQueryWithoutMeaningIsAnError(t *testing.T) {
	for name, value := range map[string]string{"objective": "24", "region": "afrika", "state": "deu", "mirror": "yes", "status": "done"} {
		_, err := ParseQuery(func(n string) string {
			if n == name {
				return value
			}
			return ""
		})
		var e *QueryError
		if !errors.As(err, &e) || e.Name != name || e.Value != value || !errors.Is(err, ErrQuery) {
			t.Errorf("%s=%s: %v", name, value, err)
		}
	}
}

func TestCumulativeCountsByTheEndOfEachMonth(t *testing.T) {
	c := Counts{Months: []MonthCount{{gcm.Date{}, 4}, {gcm.DateOf(2022, 0, 0), 5}, {gcm.DateOf(2022, 5, 0), 2}, {gcm.DateOf(2022, 12, 0), 1}, {gcm.DateOf(2023, 1, 0), 3}}}
	var got []string
	for m, n := range c.Cumulative() {
		got = append(got, m.String()+":"+string(rune('0'+n/10))+string(rune('0'+n%10)))
	}
	if s := strings.Join(got, " "); s != "2022-05:02 2022-12:08 2023-01:11" {
		t.Error(s)
	}
}

func TestCumulativeEndsWithAllThatIsDated(t *testing.T) {
	s := newSource(21)
	for range 200 {
		slow := slowIndex{}
		for range 1 + s.IntN(60) {
			slow.put(s.facets())
		}
		c := slow.count(Query{IncludeWithdrawn: true})
		dated := c.Total
		for _, m := range c.Months {
			if !m.Month.IsValid() {
				dated -= m.Number
			}
		}
		last, before := 0, gcm.Date{}
		for m, n := range c.Cumulative() {
			if n <= last || m.Compare(before) <= 0 || m.Month() == 0 {
				t.Fatalf("%v: %d after %v: %d", m, n, before, last)
			}
			last, before = n, m
		}
		if last != dated {
			t.Fatalf("ends with %d of %d: %v", last, dated, c.Months)
		}
	}
}

func TestIDHasOneForm(t *testing.T) {
	id, err := ParseID(strings.ToUpper("0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"))
	if err != nil || id.String() != "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071" {
		t.Errorf("%v %v", id, err)
	}
	for _, s := range []string{"", "0190a0b0c0d07e0f8a1b2c3d4e5f6071", "urn:uuid:0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071",
		"{0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f607}", "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f607g", "0190a0b0-c0d0-7e0f-8a1b2-c3d4e5f6071", "-190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071",
		"0190a0b0-c0d0-7e0f-8a1b-90a0b0-c0d01", "0190a0b0-c0d0-7e0f-8a1b-90a0b0-c0d0-", strings.Repeat("-", 36)} {
		if _, err := ParseID(s); err == nil {
			t.Errorf("%q was taken for an id", s)
		}
	}
}

// FuzzParseID checks that nothing but the 36-character form is an ID, and that
// it is the one that google/uuid reads.
func FuzzParseID(f *testing.F) {
	for _, s := range []string{id1, "0190a0b0-c0d0-7e0f-8a1b-90a0b0-c0d01", "urn:uuid:" + id1} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, errWant := uuid.Parse(s)
		id, err := ParseID(s)
		if (err == nil) != (errWant == nil && len(s) == 36) {
			t.Fatalf("%q: %v, uuid says %v", s, err, errWant)
		}
		if err == nil && (id != ID(want) || id.String() != want.String()) {
			t.Fatalf("%q: %v, uuid says %v", s, id, want)
		}
	})
}

func TestPledgerKeyHasNoCaseAndNoMoreThanSingleBlanks(t *testing.T) {
	s := newSource(53)
	parts := []string{" ", "\t", "\u00a0", "\u2003", "a", "B", "É", "İ", "ß", "Ж", "\xff", "名", "\n"}
	for range 20_000 {
		name := ""
		for range s.IntN(8) {
			name += pick(s, parts...)
		}
		want := strings.Join(strings.Fields(strings.ToLower(name)), " ") + "\nKEN"
		if got := PledgerKey(name, gcm.CivilSociety, state("KEN")); got != want {
			t.Fatalf("%q: %q, want %q", name, got, want)
		}
	}
}
