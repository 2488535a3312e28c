package engine

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

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
	ID             string
	Title          string
	Themes         []string
	Pledgers       []struct{ Name, State string }
	Implementation struct{ States []string }
}

// has reports whether each word of a text begins one of the pledge's. It is for words of
// which the letters are those of ASCII.
func (p *plain) has(text string) bool {
	all := append([]string{p.Title}, p.Themes...)
	states := slices.Clone(p.Implementation.States)
	for _, by := range p.Pledgers {
		all, states = append(all, by.Name), append(states, by.State)
	}
	for _, code := range states {
		if s, ok := gcm.StateFromAlpha3(code); ok {
			all = append(all, s.Name(gcm.English), s.Name(gcm.French), s.Name(gcm.Spanish))
		}
	}
	split := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	for _, wanted := range split(text) {
		if !slices.ContainsFunc(split(strings.Join(all, " ")), func(word string) bool { return strings.HasPrefix(word, wanted) }) {
			return false
		}
	}
	return true
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
	pledges := map[string]*plain{}
	for i := range feed.Pledges {
		pledges[feed.Pledges[i].ID] = &feed.Pledges[i]
	}
	values := map[string][]string{
		"objective": {"1", "7", "10", "20"}, "region": {"africa", "asia", "oceania"}, "state": {"KEN", "DEU", "FJI", "VAT"},
		"status": {"planned", "in-progress", "withdrawn"}, "category": {"member-state", "un-system"}, "type": {"individual", "matching"}, "nature": {"policy"},
	}
	names := []string{"objective", "region", "state", "status", "category", "type", "nature", "search"}
	searches := []string{"pledge", "illustrative", "by", "1", "2", "a", "ken", "PLEDGE 3", "fiji illustrative", "state!", "…"}
	made := map[string]string{}
	empty, pages, several, found := 0, 0, 0, 0
	for step := range 90 {
		switch name := names[r.IntN(len(names))]; {
		case r.IntN(5) == 0:
			made = map[string]string{}
		case r.IntN(8) == 0: // somebody pledges, or withdraws
			id := fmt.Sprintf("00000000-0000-4000-8000-%012d", r.IntN(5))
			title := fmt.Sprintf("Pledge %d <b>, \"%d\"", step, step)
			revision, _ := json.Marshal(map[string]any{"id": id, "title": title, "updated": fmt.Sprintf("2026-01-01T%02d:%02d:00Z", step/60, step%60), "objectives": []int{7, 10},
				"status": []string{"planned", "withdrawn"}[r.IntN(2)], "pledgers": []any{map[string]string{"name": "Kenya", "category": "member-state", "state": "KEN"}}})
			if a := parse(t, e.Call(Revise, "s", string(revision))); a.Error != nil {
				t.Fatal(a.Error)
			}
			pledges[id] = new(plain)
			if err := json.Unmarshal(revision, pledges[id]); err != nil {
				t.Fatal(err)
			}
		case name == "search":
			made[name] = searches[r.IntN(len(searches))]
		case made[name] != "" && !strings.Contains(made[name], ",") && r.IntN(2) == 0:
			made[name] += "," + values[name][r.IntN(len(values[name]))]
			several++
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
			if !pledges[f.ID.String()].has(made["search"]) {
				continue
			}
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
		order := []string{"", "pledger", "title", "newest"}[r.IntN(4)]
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
		chips := 0
		for name, value := range made {
			if name != "search" {
				values := strings.Split(value, ",")
				slices.Sort(values)
				chips += len(slices.Compact(values))
			} else if value != "…" { // in which there is no word
				chips++
				found += min(len(matching), 1)
			}
		}
		if all := view.all("chips")[0].all("chip"); len(all) != chips {
			t.Fatalf("%s: chips %q, want %d", what, texts(all), chips)
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
			want = append(want, pledges[id].Title)
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
	if empty < 3 || pages < 40 || several < 5 || found < 10 {
		t.Errorf("tested too little: %d, %d, %d, %d", empty, pages, several, found)
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
