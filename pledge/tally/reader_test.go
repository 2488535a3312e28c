package tally

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
	"github.com/go-json-experiment/json/jsontext"
)

// outcome writes down all that a reader has found.
func outcome(f *Feed, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	b := f.Header.AppendJSON([]byte("header {"))
	b = append(b, "} records "+strconv.Itoa(f.Records)+" unread "+strconv.Itoa(f.Unread)+" problems "+strconv.Itoa(f.ProblemCount)+"\n"...)
	for _, p := range f.Problems {
		b = append(p.AppendJSON(b), '\n')
	}
	if f.IsSnapshot() {
		return string(f.snapshot.AppendJSON(b))
	}
	c := f.Index.Count(Query{IncludeWithdrawn: true})
	return string(c.AppendJSON(b))
}

func readAll(src io.Reader, l Limits, workers int) string {
	r := Reader{Limits: l, Workers: workers}
	if _, err := r.ReadFrom(src); err != nil {
		return outcome(nil, err)
	}
	return outcome(r.Close())
}

// onlyReader hides the other methods of a reader.
type onlyReader struct{ io.Reader }

// known begins an array with a pledger that is known from then on.
const known = `[{"id":"` + id1 + `","pledgers":[{"name":"A"}]},`

var feeds = []string{
	``, ` `, `[]`, `{}`, `{"pledges":[]}`, `[{}]`, `nonsense`,
	`[{"id":"` + id1 + `","objectives":[7,13]},{"id":"` + id2 + `","pledgers":[{"name":"Á  b"},{"name":"á B","state":"FRA"}]}]`,
	`{"as_of":"2022-05-20T00:00:00Z","pledges":[{"id":"` + id1 + `","themes":["a","a","b\u0063"]},{"id":"` + id1 + `","updated":"2022-05-20T00:00:00Z","status":"done"}],"title":"T"}`,
	`{"id":"` + id1 + `","contributions":[{"amount":"1.50","currency":"EUR"},{"amount":2,"currency":"EUR","stage":"pledged"}]}` + "\n" + `{"id":"` + id2 + `","announced":"2022-02-30"}` + "\n" + `{"id":`,
	`[{"id":"` + id1 + `","x":[{"a":1,"a":2}]},{"id":"` + id2 + "\",\"title\":\"\xff\"},{\"id\":\"" + id3 + `","implementation":{"states":["KEN","XXX"],"global":true}}]`,
	`[{"id":"` + id1 + `"},{"id":"` + id2 + `"}`, `[{"id":"` + id1 + `","mirror":1},` + strings.Repeat(`[`, 50) + strings.Repeat(`]`, 50) + `]`,
	`{"counts":{"total":3,"objectives":{"7":2}},"query":{}}`,

	// What is read ahead isn't always what it looks like.
	known + `{"id":"` + id1 + `","pledgers":[{"name":"a}]},{","category":"ngo"}]},{"id":"` + id2 + `","pledgers":[{"name":"A"},{"name":"A"}]} , {"id":"` + id3 + `","pledgers":[{"name":"A"}]}]`,
	known + `{"id":"` + id1 + `","pledgers":[{"name":"a}]},{"},{"name":"b"}]},{"id":"` + id2 + `"}]`,
	known + `{"id":"` + id1 + `","pledgers":[{"name":"A","x":{"y":1},{"name":"B"}]},{"id":"` + id2 + `"}]`,
	known + `{"id":"` + id1 + `","title":"` + strings.Repeat("x", 1000) + `"},{"id":"` + id2 + `"},7,{"objectives":[7]}]`,
	known + strings.Repeat(`{"id":"`+id2+`"},`, 2600) + `{"id":"` + id3 + `"}]`,
	`{"pledges":[{"id":"` + id1 + `"} {"id":"` + id2 + `"}]}`, `{"pledges":[{"id":"` + id1 + `"},,{"id":"` + id2 + `"}]}`, `{"pledges":[{"id":"` + id1 + `"},],"title":"T"}`,
	`[{"id":"` + id1 + `"},{"id":"` + id2 + `","ref":` + strings.Repeat(`[`, 16) + strings.Repeat(`]`, 16) + `},{"id":"` + id3 + `","ref":` + strings.Repeat(`[`, 15) + strings.Repeat(`]`, 15) + `}]`,
	"{\"id\":\"" + id1 + "\",\n\"pledgers\":[{\n\"name\":\"A\"}]}\n{\"id\":\"" + id2 + "\",\"pledgers\":[{\n\"name\":\"A\"}]}\n{\"id\":\"" + id3 + "\"} \n\n {\"id\":\"" + id3 + "\",\"announced\":\n\"2022\"}\r\n{\"id\":\"" + id3 + "\",\n\"announced\":\"2022\"}\n{\"id\":\"" + id2 + "\"}x\n{\"id\":\"" + id1 + "\"}",
	"[\n  {\n    \"id\": \"" + id1 + "\",\n    \"objectives\": [\n      7\n    ]\n  },\n  {\n    \"id\": \"" + id2 + "\"\n  }\n]\n",
}

func TestReadingIsTheSameHoweverItIsCutAndWhoeverReads(t *testing.T) {
	s := newSource(4)
	big := []byte("[")
	for n := range 3000 {
		f := s.manyFacets(2000)
		if n > 0 {
			big = append(big, ',')
		}
		big = append(big, `{"id":"`+f.ID.String()+`","updated":"`+f.Updated.String()+`","status":"`+f.Status.String()+`","objectives":[`...)
		big = append(big, pick(s, "7", "7,8", "7,77", "true")+`],"title":"`+strings.Repeat("x", 100)+pick(s, "", "", "", "\xff", `"`)+`"}`...)
		if n%300 == 0 {
			big = append(big, '\n')
		}
	}
	lines := strings.ReplaceAll(string(big[1:]), `"},{"`, "\"}\n{\"")
	for _, in := range append(feeds, lines, string(append(big, ']'))) {
		in += strings.Repeat(" ", fast.Margin) // so that all can be read ahead
		l := Limits{Record: 1000, Depth: 16, Records: 2500}
		want := readAll(onlyReader{strings.NewReader(in)}, l, 1)
		for _, workers := range []int{1, 2, 8} {
			for name, src := range map[string]io.Reader{
				"whole":     strings.NewReader(in),
				"by byte":   iotest.OneByteReader(strings.NewReader(in)),
				"in halves": iotest.HalfReader(strings.NewReader(in)),
				"with EOF":  iotest.DataErrReader(strings.NewReader(in)),
			} {
				if got := readAll(src, l, workers); got != want {
					t.Errorf("%.300q %s, %d workers: got\n%.2000s\nwant\n%.2000s", in, name, workers, got, want)
				}
			}
		}
	}
}

func TestErrorOfTheSourceIsReported(t *testing.T) {
	for _, workers := range []int{1, 2} {
		r := Reader{Workers: workers}
		n, err := r.ReadFrom(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(`[{"id":"` + id1 + `"}]`))))
		if n != 1 || err != iotest.ErrTimeout {
			t.Errorf("%d workers: %d bytes, %v", workers, n, err)
		}
	}
}

// FuzzReadingIsTheSameHoweverItIsCutAndWhoeverReads also reads each record by
// jsontext.
func FuzzReadingIsTheSameHoweverItIsCutAndWhoeverReads(f *testing.F) {
	for _, s := range feeds {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, in string, n uint8) {
		in += strings.Repeat(" ", fast.Margin) // so that all can be read ahead
		l := Limits{Record: 4096, Depth: 5, Records: 1000}
		want := readAll(onlyReader{strings.NewReader(in)}, l, 1)
		if got := readAll(iotest.OneByteReader(strings.NewReader(in)), l, 1); got != want {
			t.Fatalf("%q byte by byte:\n%s\nat once:\n%s", in, got, want)
		}
		cut := min(int(n), len(in))
		parts := io.MultiReader(strings.NewReader(in[:cut]), strings.NewReader(in[cut:]))
		if got := readAll(parts, l, 2+int(n&7)); got != want {
			t.Fatalf("%q in two pieces by several goroutines:\n%s\nat once:\n%s", in, got, want)
		}
	})
}

func FuzzRecordIsReadAsByJSONText(f *testing.F) {
	for _, s := range feeds {
		f.Add(strings.Trim(s, "[]"))
	}
	f.Add(`{"id":"` + id1 + `","type":"common","status":"planned","mirror":false,"natures":["policy","policy",1],"objectives":[1,2.0,23,24],"principles":["people-centred"],` +
		`"pledgers":[{"name":"A","category":"ngo","state":"KEN","x":{}},{"name":""},null,7],"announced":"2022-05"}`)
	f.Fuzz(func(t *testing.T, in string) {
		record := []byte(in)
		var x Index
		d := newDecoder(&x, false, 32, nil)
		var w waiting
		ok := d.decode(record, &w)
		clear(record) // what is kept must not be part of the record
		parsed, err := tree(in)
		want, slowOK := slowFacets(parsed)
		if slowOK = slowOK && err == nil; ok != slowOK {
			t.Fatalf("%q: read %v, jsontext %v %v", in, ok, slowOK, err)
		}
		if !ok {
			return
		}
		if got := x.facets(&w.entry); got.Compare(&want) != 0 {
			t.Fatalf("%q:\ngot  %+v\nwant %+v", in, got, want)
		}
	})
}

// decode decodes a record as if no other came.
func (d *decoder) decode(record []byte, w *waiting) bool {
	w.Text = record
	found, ok := []wire.Problem(nil), d.scan(d.pad(record), len(record), w) == len(record) && d.resolve(w)
	if !ok {
		found, ok = d.read(record, w)
	}
	_, ok = wire.Identified(w.ID, found, ok)
	return ok
}

// literal is a number, true, false or null as it is written.
type literal string

// tree makes a tree of a text by jsontext: map[string]any, []any, string and
// literal.
func tree(text string) (any, error) {
	d := jsontext.NewDecoder(strings.NewReader(text))
	tree, err := parseValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, io.ErrNoProgress
	}
	return tree, nil
}

func parseValue(d *jsontext.Decoder) (any, error) {
	switch d.PeekKind() {
	case '{':
		d.ReadToken()
		object := map[string]any{}
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return nil, err
			}
			key := name.String()
			if object[key], err = parseValue(d); err != nil {
				return nil, err
			}
		}
		_, err := d.ReadToken()
		return object, err
	case '[':
		d.ReadToken()
		array := []any{}
		for d.PeekKind() != ']' {
			v, err := parseValue(d)
			if err != nil {
				return nil, err
			}
			array = append(array, v)
		}
		_, err := d.ReadToken()
		return array, err
	case '"':
		t, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		return t.String(), nil
	}
	v, err := d.ReadValue()
	return literal(v), err
}

// slowFacets reads the facets off a tree.
func slowFacets(tree any) (f Facets, ok bool) {
	object, _ := tree.(map[string]any)
	text := func(v any) string { s, _ := v.(string); return s }
	texts := func(v any, use func(string)) {
		array, _ := v.([]any)
		for _, v := range array {
			use(text(v))
		}
	}
	members := func(v any, use func(map[string]any)) {
		array, _ := v.([]any)
		for _, v := range array {
			if m, ok := v.(map[string]any); ok {
				use(m)
			}
		}
	}
	id, err := ParseID(text(object["id"]))
	f.ID = id
	f.Updated, _ = gcm.ParseInstant(text(object["updated"]))
	f.Type, _ = gcm.TypeFromCode(text(object["type"]))
	f.Status, _ = gcm.StatusFromCode(text(object["status"]))
	switch object["mirror"] {
	case literal("true"):
		f.Mirror = gcm.Yes
	case literal("false"):
		f.Mirror = gcm.No
	}
	texts(object["natures"], func(s string) {
		if n, ok := gcm.NatureFromCode(s); ok {
			f.Natures = f.Natures.With(n)
		}
	})
	array, _ := object["objectives"].([]any)
	for _, v := range array {
		number, _ := v.(literal)
		if o, ok := objectives.FromCode(string(number)); ok {
			f.Objectives = f.Objectives.With(o)
		}
	}
	texts(object["principles"], func(s string) {
		if p, ok := gcm.PrincipleFromCode(s); ok {
			f.Principles = f.Principles.With(p)
		}
	})
	for name, most := range map[string]int{"pledgers": MaxPledgers, "themes": MaxThemes, "contributions": MaxContributions, "links": MaxLinks} {
		if array, _ := object[name].([]any); len(array) > most {
			return f, false
		}
	}
	texts(object["themes"], func(s string) {
		if s != "" {
			f.Themes = append(f.Themes, s)
		}
	})
	members(object["pledgers"], func(m map[string]any) {
		name := text(m["name"])
		category, _ := gcm.CategoryFromCode(text(m["category"]))
		state, _ := gcm.StateFromAlpha3(text(m["state"]))
		if name != "" || state.IsValid() {
			f.Pledgers = append(f.Pledgers, Pledger{PledgerKey(name, category, state), category, state})
		}
	})
	implementation, _ := object["implementation"].(map[string]any)
	if array, _ := implementation["states"].([]any); len(array) > MaxImplementing {
		return f, false
	}
	texts(implementation["states"], func(s string) {
		if s, ok := gcm.StateFromAlpha3(s); ok {
			f.Implementing = append(f.Implementing, s)
		}
	})
	f.Global = implementation["global"] == literal("true")
	f.Announced, _ = gcm.ParseDate(text(object["announced"]))
	members(object["contributions"], func(m map[string]any) {
		amount := text(m["amount"])
		if number, ok := m["amount"].(literal); ok && number != "true" && number != "false" && number != "null" {
			amount = string(number)
		}
		currency, known := gcm.CurrencyFromCode(text(m["currency"]))
		stage, _ := gcm.StageFromCode(text(m["stage"]))
		if money, err := gcm.ParseMoney(amount, currency); err == nil && known {
			f.Contributions = append(f.Contributions, Contribution{money, stage})
		}
	})
	return f, err == nil && !id.IsZero()
}
