package view_test

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// checkChanges checks the laws of changes: they lead from old to new, byte for
// byte, by [view.Apply] and in a page; and nothing changes twice.
func checkChanges(t *testing.T, old, new *view.View) {
	t.Helper()
	changes := view.Changes(old, new)
	applied, ok := view.Apply(old, changes)
	if !ok || applied.HTML() != new.HTML() || string(applied.AppendJSON(nil)) != string(new.AppendJSON(nil)) {
		t.Fatalf("applying %s to\n%s\ngives %v\n%s\nwant\n%s", changes, old.HTML(), ok, applied.HTML(), new.HTML())
	}
	if again := view.Changes(applied, new); len(again) != 0 {
		t.Errorf("after the changes there are still %s", again)
	}
	page, err := buildDOM(old.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	page, err = applyDOM(page, view.AppendChanges(nil, changes))
	if err != nil {
		t.Fatal(err)
	}
	if got := page.outerHTML(); got != new.HTML() {
		t.Errorf("the page shows\n%s\nwant\n%s", got, new.HTML())
	}
}

func TestChangesLeadFromOneViewToTheNext(t *testing.T) {
	choose := random(1)
	old := anyView(choose)
	for range 150 {
		new := anyView(choose)
		checkChanges(t, old, new)
		checkChanges(t, new, new)
		old = new
	}
	for range 1500 {
		new := view.AnyView(choose)
		checkChanges(t, old, new)
		old = new
	}
}

// A widget mostly goes from one snapshot to the next in the same view.
func TestChangesLeadFromOneSnapshotToTheNext(t *testing.T) {
	choose := random(9)
	for kind := range view.Kinds() {
		for range 60 {
			o := anyOptions(choose)
			o.View = kind
			checkChanges(t, viewOf(anySnapshot(choose), o), viewOf(anySnapshot(choose), o))
		}
	}
}

func FuzzChanges(f *testing.F) {
	f.Add([]byte{}, []byte{1, 2, 3}, false)
	f.Add([]byte{4, 1, 2, 1, 4, 1, 1, 3}, []byte{4, 1, 2, 1, 4, 1, 3, 0}, false)
	f.Add([]byte("The quick brown fox"), []byte("The quick brown dog"), true)
	f.Fuzz(func(t *testing.T, a, b []byte, snapshots bool) {
		draw := view.AnyView
		if snapshots {
			draw = anyView
		}
		checkChanges(t, draw(from(a)), draw(from(b)))
	})
}

// Only what differs is touched, so that the page keeps its place, its selection
// and what a reader has unfolded.
func TestChangesAreSmall(t *testing.T) {
	tests := []struct {
		name   string
		o      view.Options
		change func(*tally.Snapshot)
		want   string
	}{
		{"nothing", view.Options{}, func(s *tally.Snapshot) {}, `[]`},
		{"what isn't shown", view.Options{}, func(s *tally.Snapshot) { s.Sequence, s.Counts.Joint = 9, 3 }, `[]`},
		{"a pledge more", view.Options{}, func(s *tally.Snapshot) { s.Counts.Total++ },
			`[["text",[0,0,0,0],"159"]]`},
		{"a day later", view.Options{}, func(s *tally.Snapshot) { s.AsOf = instant("2022-05-21T00:00:00Z") },
			`[["attr",[1,0,2,0],"datetime","2022-05-21"],["text",[1,0,2,0,0],"May 21, 2022"],` +
				`["attr",[1,1,3,5],"datetime","2022-05-21"],["text",[1,1,3,5,0],"May 21, 2022"]]`},
		{"the plural form", view.Options{Language: gcm.Russian}, func(s *tally.Snapshot) { s.Counts.Total = 161 },
			`[["text",[0,0,0,0],"161"],["text",[0,0,2,0,0],"обязательство"]]`},
		{"a pledge for an objective", view.Options{View: view.Objectives}, func(s *tally.Snapshot) { s.Counts.Objectives[8]++ },
			`[["text",[1,3,7,0,0,4,0],"6"],["attr",[1,3,7,0,0,5,0],"width","13%"]]`},
		{"a bar from the right", view.Options{View: view.Objectives, Language: gcm.Arabic}, func(s *tally.Snapshot) { s.Counts.Objectives[8]++ },
			`[["text",[1,3,7,0,0,4,0],"6"],["attr",[1,3,7,0,0,5,0],"width","13%"],["attr",[1,3,7,0,0,5,0],"x","87%"]]`},
		{"a pledge announced in May", view.Options{View: view.Timeline, Language: gcm.French}, func(s *tally.Snapshot) {
			s.Counts.Months[6].Number, s.Counts.Months[0].Number = 60, 3
		}, `[["text",[1,0],"Engagements dont la date d’annonce est précisée : 155 sur 158"],` +
			`["attr",[2,1,8,0],"points","0,1000 0,1000 0,935 2,935 2,845 6,845 6,640 8,640 8,525 10,525 10,225 12,225 12,1000"],` +
			`["attr",[2,1,8,2],"points","0,1000 0,935 2,935 2,845 6,845 6,640 8,640 8,525 10,525 10,225 12,225"],` +
			`["attr",[2,1,8,3],"points","12,225 12,225"],["attr",[2,1,10],"y","32.7%"],["text",[2,1,10,0],"155"],` +
			`["text",[3,1,0],"3 engagements sans date d’annonce ne sont pas représentés"],` +
			`["text",[4,1,2,4,1,0],"155"],["text",[4,1,2,4,2,0],"60"],` +
			`["text",[4,2,0,0],"Forum d’examen des migrations internationales, mai 2022 : 155 engagements annoncés à la fin du mois"]]`},
		{"a contribution", view.Options{View: view.Money}, func(s *tally.Snapshot) {
			s.Counts.Sums[4] = sum("USD 12345679901.50", gcm.StagePledged, 15)
		}, `[["text",[1,2,3,2,2,0],"12,345,679,901.50"],["text",[1,2,3,2,4,0],"15 pledges"]]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old := render(t, headline(), test.o)
			s := headline()
			test.change(s)
			if got := string(view.AppendChanges(nil, view.Changes(old, render(t, s, test.o)))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// A notice that comes or goes replaces what is around it, and not the root:
// what a reader has unfolded at the foot stays so.
func TestNoticesLeaveTheDefinitionAlone(t *testing.T) {
	for kind := range view.Kinds() {
		o := view.Options{View: kind}
		old, s := render(t, headline(), o), headline()
		s.Illustrative, s.Unread, s.Query.Theme, s.Counts.MemberStates, s.Title = true, 2, tally.AnyThemeOf("climate"), 0, ""
		s.Counts.Objectives[0], s.Counts.Regions[0], s.Counts.Statuses[0] = 0, 0, 0
		s.Counts.States, s.Counts.Months = s.Counts.States[:12], s.Counts.Months[2:]
		o.Now = instant("2022-05-21T00:00:00Z")
		for _, c := range view.Changes(old, render(t, s, o)) {
			if strings.HasPrefix(c.String(), `["root"`) || strings.Contains(c.String(), `"part":"foot"`) {
				t.Errorf("%v: %v", kind, c)
			}
		}
	}
}

func TestTheFirstViewIsWhole(t *testing.T) {
	v := render(t, headline(), view.Options{})
	want := `[["root",` + string(v.AppendJSON(nil)) + `]]`
	for _, old := range []*view.View{nil, {}} {
		if got := string(view.AppendChanges(nil, view.Changes(old, v))); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		applied, ok := view.Apply(old, view.Changes(old, v))
		if !ok || applied.HTML() != v.HTML() {
			t.Error("applied to nothing, the whole view isn't the view")
		}
	}
	if got := view.Changes(v, nil); got != nil {
		t.Errorf("to nothing: %v", got)
	}
}

func TestApplyRefusesChangesOfAnotherView(t *testing.T) {
	small := render(t, headline(), view.Options{})
	s := headline()
	s.Counts.Objectives[8]++
	changes := view.Changes(render(t, headline(), view.Options{View: view.Objectives}), render(t, s, view.Options{View: view.Objectives}))
	before := small.HTML()
	if v, ok := view.Apply(small, changes); ok {
		t.Errorf("applied: %s", v.HTML())
	}
	if _, ok := view.Apply(small, []view.Change{{}}); ok {
		t.Error("the zero Change was applied")
	}
	if small.HTML() != before {
		t.Error("the view has changed")
	}
}

// Apply doesn't change the view that it begins with.
func TestApplyLeavesTheOldViewAlone(t *testing.T) {
	choose := random(3)
	for range 500 {
		old, new := view.AnyView(choose), view.AnyView(choose)
		before, changes := old.HTML(), view.Changes(old, new)
		view.Apply(old, changes)
		if old.HTML() != before {
			t.Fatalf("%s became %s", before, old.HTML())
		}
	}
}
