package engine

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A tree is a node of a view.
type tree struct {
	tag, text  string
	attributes map[string]string
	children   []*tree
}

// treeOf makes a node of what a decoder has made of it.
func treeOf(decoded any) *tree {
	parts, ok := decoded.([]any)
	if !ok {
		return &tree{text: decoded.(string)}
	}
	n := &tree{tag: parts[0].(string), attributes: map[string]string{}}
	for name, value := range parts[1].(map[string]any) {
		n.attributes[name] = value.(string)
	}
	for _, child := range parts[2:] {
		n.children = append(n.children, treeOf(child))
	}
	return n
}

func (n *tree) String() string {
	s := n.text
	for _, child := range n.children {
		s += child.String()
	}
	return s
}

// all returns the nodes below one that have a part.
func (n *tree) all(name string) (found []*tree) {
	for _, child := range n.children {
		if slices.Contains(strings.Fields(child.attributes["part"]), name) {
			found = append(found, child)
		}
		found = append(found, child.all(name)...)
	}
	return found
}

func texts(nodes []*tree) (all []string) {
	for _, n := range nodes {
		all = append(all, n.String())
	}
	return all
}

// A plain record is a pledge of the feed as the standard library reads it.
type plain struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Whatever is chosen, and however the pledges change meanwhile: the total, the list on
// all its pages, the map, the numbers beside the choices, and what is taken away agree
// with each pledge looked at by itself.
func TestDashboardAgreesWithEachPledge(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 1))
	var e Engine
	read(t, &e, "s", data.Reference())
	var feed struct{ Pledges []plain }
	if err := json.Unmarshal(data.Reference(), &feed); err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for _, p := range feed.Pledges {
		titles[p.ID] = p.Title
	}
	values := map[string][]string{
		"objective": {"1", "7", "10", "20"}, "region": {"africa", "asia", "oceania"}, "state": {"KEN", "DEU", "FJI", "VAT"},
		"status": {"planned", "in-progress", "withdrawn"}, "category": {"member-state", "un-system"}, "type": {"individual", "matching"}, "nature": {"policy"},
	}
	names := []string{"objective", "region", "state", "status", "category", "type", "nature"}
	made := map[string]string{}
	empty, pages := 0, 0
	for step := range 50 {
		switch name := names[r.IntN(len(names))]; {
		case r.IntN(8) == 0:
			made = map[string]string{}
		case r.IntN(8) == 0: // somebody pledges, or withdraws
			id := fmt.Sprintf("00000000-0000-4000-8000-%012d", r.IntN(5))
			titles[id] = fmt.Sprintf("Pledge %d <b>, \"%d\"", step, step)
			revision, _ := json.Marshal(map[string]any{"id": id, "title": titles[id], "updated": fmt.Sprintf("2026-01-01T00:%02d:00Z", step), "objectives": []int{7, 10},
				"status": []string{"planned", "withdrawn"}[r.IntN(2)], "pledgers": []any{map[string]string{"name": "Kenya", "category": "member-state", "state": "KEN"}}})
			if a := parse(t, e.Call(Revise, "s", string(revision))); a.Error != nil {
				t.Fatal(a.Error)
			}
		case made[name] != "":
			delete(made, name)
		default:
			made[name] = values[name][r.IntN(len(values[name]))]
		}
		query, err := tally.ParseQuery(func(name string) string { return made[name] })
		if err != nil {
			t.Fatal(err)
		}
		index := e.sources["s"].feed.Index
		matching, states := map[string]bool{}, map[string]int{}
		anyState := query
		anyState.State = tally.Any[gcm.State]{}
		for f := range index.All() {
			if query.Matches(&f) {
				matching[f.ID.String()] = true
			}
			if anyState.Matches(&f) {
				seen := map[gcm.State]bool{}
				for _, p := range f.Pledgers {
					if p.Category == gcm.MemberState && !seen[p.State] {
						seen[p.State] = true
						states[p.State.Name(gcm.English)]++
					}
				}
			}
		}
		order := []string{"", "pledger", "title"}[r.IntN(3)]
		ask := func(page int) (*tree, string) {
			options := map[string]string{"source": "s", "view": "dashboard", "order": order, "page": fmt.Sprint(page)}
			for name, value := range made {
				options[name] = value
				options["choices"] += " " + name
			}
			b, _ := json.Marshal(options)
			e.Call(Forget, "w", "")
			a := parse(t, e.Call(View, "w", string(b)))
			if a.Error != nil {
				t.Fatal(a.Error)
			}
			var change []any
			if err := json.Unmarshal(a.Changes[0], &change); err != nil {
				t.Fatal(err)
			}
			return treeOf(change[1]), string(b)
		}
		view, options := ask(1)
		what := fmt.Sprintf("step %d, %s", step, options)
		if total := view.all("number")[0].String(); total != fmt.Sprint(len(matching)) {
			t.Fatalf("%s: total %s, want %d", what, total, len(matching))
		}
		if chips := view.all("chips")[0].all("chip"); len(chips) != len(made) {
			t.Fatalf("%s: chips %q", what, texts(chips))
		}
		if len(matching) == 0 {
			empty++
			if len(made) > 0 && len(view.all("empty")) == 0 {
				t.Fatalf("%s: no way back", what)
			}
		}
		for _, b := range view.all("choice") { // as they are for all States
			if b.attributes["name"] == "state" && b.all("value")[0].String() != fmt.Sprint(states[b.all("heading")[0].String()]) {
				t.Fatalf("%s: %s, want %d", what, b, states[b.all("heading")[0].String()])
			}
		}
		for _, tile := range view.all("tile") {
			if name, n, found := strings.Cut(tile.String(), ": "); found {
				if n, _, _ = strings.Cut(n, " "); n != fmt.Sprint(states[name]) {
					t.Fatalf("%s: the map says %s, want %d", what, tile, states[name])
				}
			}
		}
		if len(matching) > 45 && step%10 > 0 {
			continue // it takes long
		}
		var listed []string
		for page := 1; len(listed) < len(matching); page++ {
			pages++
			view, _ := ask(page)
			more := texts(view.all("title"))
			if len(more) == 0 || len(more) > tally.MaxItems {
				t.Fatalf("%s: page %d has %d", what, page, len(more))
			}
			listed = append(listed, more...)
		}
		var want []string
		for id := range matching {
			want = append(want, titles[id])
		}
		takes := func(form string) string {
			var answer struct{ Text string }
			if err := json.Unmarshal(e.Call(Take, form, options), &answer); err != nil {
				t.Fatal(err)
			}
			return answer.Text
		}
		rows, err := csv.NewReader(strings.NewReader(takes("csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var taken struct{ Items []plain }
		if err := json.Unmarshal([]byte(takes("json")), &taken); err != nil {
			t.Fatal(err)
		}
		var inTable, inJSON []string
		for _, row := range rows[1:] {
			if !matching[row[0]] {
				t.Fatalf("%s: the table has %q", what, row)
			}
			inTable = append(inTable, row[2])
		}
		for _, item := range taken.Items {
			inJSON = append(inJSON, item.Title)
		}
		if !slices.Equal(listed, inTable) || !slices.Equal(listed, inJSON) {
			t.Fatalf("%s: listed\n%q, in the table\n%q, as JSON\n%q", what, listed, inTable, inJSON)
		}
		slices.Sort(listed)
		slices.Sort(want)
		if !slices.Equal(listed, want) {
			t.Fatalf("%s: listed\n%q, want\n%q", what, listed, want)
		}
	}
	if empty < 3 || pages < 40 {
		t.Errorf("tested too little: %d, %d", empty, pages)
	}
}

func TestWhatCantBeTakenAway(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	snapshot := parse(t, e.Call(View, "w", `{"source":"s"}`)).Summary
	read(t, &e, "t", snapshot)
	for _, call := range [][2]string{{"xlsx", `{"source":"s"}`}, {"csv", `{"source":"t"}`}, {"csv", `{"source":"s","objective":"99"}`}, {"csv", `{"source":"u"}`}, {"json", `[]`}} {
		if a := parse(t, e.Call(Take, call[0], call[1])); a.Error == nil {
			t.Errorf("%q: %+v", call, a)
		}
	}
}
