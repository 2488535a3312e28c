package engine

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// button is a button of a view, with the number beside it.
type button struct {
	name, value, pressed, number string
	disabled                     bool
}

// buttons returns those of a view, in their order.
func buttons(t *testing.T, a answer) (all []button) {
	t.Helper()
	if a.Error != nil || len(a.Changes) != 1 {
		t.Fatalf("%+v, %d changes", a.Error, len(a.Changes))
	}
	var root []json.RawMessage
	if err := json.Unmarshal(a.Changes[0], &root); err != nil {
		t.Fatal(err)
	}
	var visit func(node json.RawMessage)
	visit = func(node json.RawMessage) {
		var parts []json.RawMessage
		if json.Unmarshal(node, &parts) != nil {
			return // a text
		}
		var tag string
		var attributes map[string]string
		json.Unmarshal(parts[0], &tag)
		json.Unmarshal(parts[1], &attributes)
		if tag == "button" && (attributes["part"] == "clear" || strings.HasSuffix(attributes["part"], " choice")) {
			_, disabled := attributes["disabled"]
			all = append(all, button{attributes["name"], attributes["value"], attributes["aria-pressed"], "", disabled})
		}
		if last := len(all) - 1; attributes["part"] == "value" && last >= 0 && all[last].number == "" {
			json.Unmarshal(parts[2], &all[last].number)
		}
		for _, child := range parts[2:] {
			visit(child)
		}
	}
	visit(root[1])
	return all
}

// A reader clicks on each button in turn, and then on another one.
func TestTheNumberBesideAButtonIsTheTotalThatItGives(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	for _, own := range []string{``, `,"region":"africa"`, `,"state":"SLE","withdrawn":"true"`} {
		for _, first := range []string{``, `objective 3`, `principle rule-of-law`, `region asia`, `category un-system`, `status withdrawn`, `nature policy`, `type common`} {
			options, name := `{"source":"s","view":"dashboard"`+own, ""
			if first != "" {
				var value string
				name, value, _ = strings.Cut(first, " ")
				if strings.Contains(own, name) {
					continue
				}
				options += `,"choices":"` + name + `","` + name + `":"` + value + `"`
			}
			e.Call(Forget, "w", "")
			for i, b := range buttons(t, parse(t, e.Call(View, "w", options+"}"))) {
				if i == 0 {
					if b.name != "" || b.disabled != (first == "") {
						t.Errorf("%s: the first button is %+v", options, b)
					}
					continue
				}
				if pressed := b.name+" "+b.value == first; b.pressed != fmt.Sprint(pressed) || b.disabled {
					t.Errorf("%s: %+v", options, b)
				}
				if strings.Contains(own, `"`+b.name+`"`) {
					t.Errorf("%s: the page's own filter has the button %+v", options, b)
				}
				next := options
				if b.name == name {
					next = strings.Replace(options, `"`+name+`":"`+strings.TrimPrefix(first, name+" ")+`"`, `"`+name+`":"`+b.value+`"`, 1)
				} else {
					next += `,"` + b.name + `":"` + b.value + `"`
				}
				var summary struct{ Counts struct{ Total int } }
				json.Unmarshal(parse(t, e.Call(View, "other", next+"}")).Summary, &summary)
				if b.number != fmt.Sprint(summary.Counts.Total) {
					t.Errorf("%s: %+v, and %d once it is pressed", options, b, summary.Counts.Total)
				}
			}
		}
	}
}

// Whatever is chosen, the buttons stay: no change replaces one of them.
func TestChoosingLeavesTheButtonsOnThePage(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	e.Call(View, "w", `{"source":"s","view":"dashboard","lang":"ar"}`)
	for _, choices := range []string{`"objective":"7"`, `"objective":"7","region":"africa"`, `"region":"africa","type":"matching"`, `"objective":"12","principle":"child-sensitive","nature":"process","status":"planned"`, ``} {
		names := ""
		for _, name := range []string{"objective", "principle", "region", "category", "status", "nature", "type"} {
			if strings.Contains(choices, `"`+name+`"`) {
				names += " " + name
			}
		}
		options := `{"source":"s","view":"dashboard","lang":"ar","choices":"` + names + `"`
		if choices != "" {
			options += "," + choices
		}
		a := parse(t, e.Call(View, "w", options+"}"))
		if a.Error != nil || len(a.Changes) == 0 {
			t.Fatalf("%s: %+v", options, a.Error)
		}
		for _, c := range a.Changes {
			if strings.HasPrefix(string(c), `["root"`) || strings.Contains(string(c), `["button",{"part":"row`) && !strings.Contains(string(c), `"name":"state"`) {
				t.Errorf("%s: %s", options, c)
			}
		}
	}
}

func TestChoicesThatMeanNothing(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	want := parse(t, e.Call(View, "a", `{"source":"s","view":"dashboard"}`))
	for i, choices := range []string{"colour", "objective", " ", "source view lang", strings.Repeat("region ", 1000)} {
		got := parse(t, e.Call(View, fmt.Sprint(i), `{"source":"s","view":"dashboard","choices":"`+choices+`"}`))
		if got.Error != nil || string(got.Changes[0]) != string(want.Changes[0]) {
			t.Errorf("%q: %+v", choices, got.Error)
		}
	}
	got := parse(t, e.Call(View, "b", `{"source":"s","view":"dashboard","choices":"objective","objective":"99"}`))
	if got.Error == nil || got.Error.Code != CodeFilter {
		t.Errorf("%+v", got.Error)
	}
	got = parse(t, e.Call(View, "e", `{"source":"s","view":"dashboard","choices":"region objective","region":"africa","objective":"99"}`))
	if got.Error == nil || got.Error.Code != CodeFilter {
		t.Errorf("beside a choice that means something: %+v", got.Error)
	}
	// A theme is a word of the feed, or it is any text of anybody's.
	themed := `{"pledges":[{"id":"00000000-0000-4000-8000-000000000001","objectives":[7],"themes":["climate"]},{"id":"00000000-0000-4000-8000-000000000002","status":"withdrawn","themes":["gone"]}]}`
	read(t, &e, "t", []byte(themed))
	for topic, known := range map[string]bool{"climate": true, "gone": true, "<b>The UN says no</b>": false, strings.Repeat("x", 1<<20): false} {
		for _, own := range []string{``, `"objective":"9",`} {
			for _, choices := range []string{"topic", "objective topic"} {
				for _, view := range []string{"counter", "dashboard"} {
					got := parse(t, e.Call(View, "t", `{"source":"t","view":"`+view+`",`+own+`"topic":"`+topic+`","choices":"`+choices+`"}`))
					if (got.Error == nil) != known || !known && got.Error.Code != CodeFilter {
						t.Errorf("%s %.20s, %s%s: %+v", view, topic, own, choices, got.Error)
					}
				}
			}
			if got := parse(t, e.Call(View, "t", `{"source":"t",`+own+`"topic":"`+topic+`"}`)); got.Error != nil {
				t.Errorf("the page's own topic %.20s: %+v", topic, got.Error)
			}
		}
	}
	// Other views have no use for them.
	counter := parse(t, e.Call(View, "c", `{"source":"s","objective":"7"}`))
	chosen := parse(t, e.Call(View, "d", `{"source":"s","objective":"7","choices":"objective"}`))
	if string(counter.Changes[0]) != string(chosen.Changes[0]) {
		t.Errorf("%s", chosen.Changes[0])
	}
}

func TestSnapshotIsExploredAsFarAsItGoes(t *testing.T) {
	var feed, snapshot Engine
	read(t, &feed, "s", data.Reference())
	whole := parse(t, feed.Call(View, "w", `{"source":"s","view":"dashboard"}`))
	read(t, &snapshot, "s", whole.Summary)
	// It doesn't list all pledges, so they can't be searched or downloaded.
	boxes := regexp.MustCompile(`\["div",\{"part":"search"\}.*?,"Search"\]\],|\["label",\{\},\["span",\{"part":"box-label"\},"[^"]*"\],\["input",\{"part":"find"[^}]*\}\]\],`)
	if n := len(boxes.FindAll(whole.Changes[0], -1)); n != 3 {
		t.Errorf("%d boxes", n)
	}
	before, tools, _ := strings.Cut(boxes.ReplaceAllString(string(whole.Changes[0]), ""), `,["p",{"part":"tools"}`)
	_, after, _ := strings.Cut(tools, `"JSON"]]`)
	if a := parse(t, snapshot.Call(View, "w", `{"source":"s","view":"dashboard"}`)); a.Error != nil || string(a.Changes[0]) != before+after || after == "" {
		t.Errorf("%+v", a.Error)
	}
	for _, kind := range []string{view.Dashboard.String(), view.List.String()} {
		a := parse(t, snapshot.Call(View, "w", `{"source":"s","view":"`+kind+`","choices":"objective","objective":"7"}`))
		if a.Error == nil || a.Error.Code != CodeFilter {
			t.Errorf("%s: %+v", kind, a)
		}
	}
}
