package data

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

func load(t *testing.T, feed []byte) (*pledge.Book, pledge.Loaded) {
	t.Helper()
	var b pledge.Book
	l, err := b.Load(bytes.NewReader(feed))
	if err != nil || len(l.Problems) > 0 || l.Lost > 0 {
		t.Fatal(err, l.Problems)
	}
	return &b, l
}

func TestReferenceGivesTheHeadlineOfMay2022(t *testing.T) {
	b, l := load(t, reference)
	c := b.Count(tally.Query{})
	if c.Total != 158 || c.ByMemberStates <= 100 || c.MemberStates != 25 {
		t.Errorf("%d pledges, %d of them by %d Member States", c.Total, c.ByMemberStates, c.MemberStates)
	}
	if !l.Header.Illustrative || l.Header.AsOf.String() != "2022-05-20T00:00:00Z" {
		t.Errorf("%+v", l.Header)
	}
	if c.Types[gcm.Common] != 2 {
		t.Errorf("%d common pledges, want one of the UN system and one of 16 humanitarian bodies", c.Types[gcm.Common])
	}
	var bodies, fund int
	for p := range b.All() {
		if p.Type == gcm.Common && len(p.Pledgers) == 16 {
			bodies++
		}
		for _, m := range p.Contributions {
			if m.To == "Migration MPTF" && p.Natures.Has(gcm.Financial) {
				fund++
			}
		}
		if !strings.HasPrefix(p.Title, "Illustrative pledge ") {
			t.Errorf("a title that doesn't say what it is: %s", p.Title)
		}
	}
	if bodies != 1 || fund < 3 || c.Financial != fund {
		t.Errorf("%d pledges by 16 bodies, %d to the fund, %d financial ones", bodies, fund, c.Financial)
	}
}

func TestFeedsAreWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	if text, err := exec.Command("go", "run", "gen.go", "gen_reference.go", "gen_progress.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for name, feed := range map[string][]byte{
		"pledges.json": published, "local-actions.json": localActions, "announcements.json": announcements, "reference.json": reference, "progress.json": progress,
	} {
		if fresh, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(fresh, feed) {
			t.Errorf("%s is not what gen.go writes; run go generate ./examples/data (%v)", name, err)
		}
	}
}

// An entry is a line of published.jsonl, as far as the tests look at it.
type entry struct {
	ID, Kind, Title, Ref string
	Confidence, Stated   map[string]string
	SameAs               string `json:"same_as"`
	LeftOut              string `json:"left_out"`
}

func entries(t *testing.T) (all []entry) {
	t.Helper()
	content, err := os.ReadFile("published.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(content) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func TestEveryRecordIsInOneFeedOrSaysWhyNot(t *testing.T) {
	var feeds []string
	for _, feed := range [][]byte{published, localActions, announcements} {
		for title := range titles(t, feed) {
			feeds = append(feeds, title)
		}
	}
	left := 0
	for _, e := range entries(t) {
		if e.LeftOut != "" {
			left++
		} else if !slices.Contains(feeds, e.Title) {
			t.Errorf("%s is in no feed and doesn’t say why", e.ID)
		}
	}
	if n := len(entries(t)); len(feeds)+left < n {
		t.Errorf("%d records, %d in feeds, %d left out", n, len(feeds), left)
	}
}

func titles(t *testing.T, feed []byte) map[string]pledge.Pledge {
	b, _ := load(t, feed)
	all := map[string]pledge.Pledge{}
	for p := range b.All() {
		all[p.Title] = p
	}
	return all
}

// What isn't sure isn't stated: a date, a State or an objective is in a feed only
// where published.jsonl calls it sure or has the words of the source for it.
func TestFeedsStateNoMoreThanTheirSources(t *testing.T) {
	for name, feed := range map[string][]byte{"pledges": published, "local actions": localActions, "announcements": announcements} {
		known := titles(t, feed)
		for _, e := range entries(t) {
			p, ok := known[e.Title]
			if e.Kind == "call_to_local_action" != (name == "local actions") || !ok || e.LeftOut != "" {
				continue
			}
			for field, stated := range map[string]bool{
				"announced":  p.Announced.IsValid() && e.Confidence["date"] != "high",
				"deadline":   p.Deadline.IsValid(),
				"objectives": p.Objectives.Len() > 0,
				"type":       p.Type != 0,
				"state":      slices.ContainsFunc(p.Pledgers, func(by pledge.Pledger) bool { return by.State.IsValid() }),
			} {
				if stated && e.Confidence[field] != "high" && e.Stated[field] == "" {
					t.Errorf("%s: %s %s is not sure", name, e.ID, field)
				}
			}
			if len(p.Links) == 0 || p.Description != "" || len(p.Ref) > 4 {
				t.Errorf("%s: a record has its links, and its text stays on the page: %+v", name, p)
			}
		}
	}
}

// One pledge may stand in several registries: Braga’s is an entry of the form, a
// page of the Network and a page of the Call to Local Action.
func TestPledgeInSeveralRegistriesCountsOnce(t *testing.T) {
	b, _ := load(t, published)
	if _, err := b.Load(bytes.NewReader(localActions)); err != nil {
		t.Fatal(err)
	}
	if b.Len() != 20+23-3 {
		t.Errorf("%d pledges in two feeds", b.Len())
	}
	braga, ok := b.Get(pledge.IDFromRef(webform.DefaultSource, "2296"))
	if !ok || braga.Updated.String() != "2023-10-10T00:00:00Z" || len(braga.Links) != 3 {
		t.Errorf("%+v", braga)
	}
}

func TestPublishedPledgesAreWhatTheirPagesSay(t *testing.T) {
	b, l := load(t, published)
	c := b.Count(tally.Query{})
	if c.Total != 20 || l.Header.Illustrative || l.Header.AsOf.IsValid() {
		t.Errorf("%d pledges, %+v", c.Total, l.Header)
	}
	if c.MemberStates != 1 || c.ByMemberStates != 1 || c.Categories[gcm.LocalAuthority] != 13 || c.Types[gcm.Common] != 3 || c.Joint != 3 {
		t.Errorf("%s", c.AppendJSON(nil))
	}
	if c.Sums[0].Sum.Amount(c.Sums[0].Currency) != "200000.00" || len(c.Sums) != 1 {
		t.Errorf("%v", c.Sums)
	}
}

func TestFeedsBreakNoRule(t *testing.T) {
	for name, c := range map[string]struct {
		feed     []byte
		warnings int
	}{
		"published":     {published, 9}, // two common pledges whose pages name one pledger, and seven with more than three objectives
		"local actions": {localActions, 0},
		"announcements": {announcements, 0},
		"reference":     {reference, 0},
		"progress":      {progress, 0},
	} {
		b, _ := load(t, c.feed)
		r := pledge.ValidateFeed(b.All(), &pledge.ValidateOptions{Profile: pledge.PublicationProfile})
		if !r.OK() || len(r.Problems) != c.warnings {
			t.Errorf("%s: %v", name, r.Problems)
		}
	}
}

// The proportions are those of comparable reviews, and the feed says that it is made up.
func TestProgressHasTheProportionsOfComparableReviews(t *testing.T) {
	b, l := load(t, progress)
	c := b.Count(tally.Query{IncludeWithdrawn: true})
	reported := c.Total - c.Evidence[gcm.NothingReported]
	done := c.Reported[gcm.Fulfilled] + c.Reported[gcm.InProgress]
	if !l.Header.Illustrative || c.Total != 158 || reported != 105 || 100*reported/c.Total != 66 || 3*done != 2*reported {
		t.Errorf("illustrative %v: %d of %d reported on, %d fulfilled or under way", l.Header.Illustrative, reported, c.Total, done)
	}
	at := l.Header.AsOf.Date()
	passed, due := c.DeadlinesPassed(at)
	if n := c.ReportedWithin(12, at); n != 41 || c.Evidence[gcm.Linked] != 40 || c.Evidence[gcm.Confirmed] != 15 || due == 0 || due >= passed {
		t.Errorf("%d within twelve months, %v, %d deadlines passed and %d due", n, c.Evidence, passed, due)
	}
	for p := range b.All() {
		for _, problem := range p.Validate(&pledge.ValidateOptions{Profile: pledge.PublicationProfile}).Problems {
			if strings.HasPrefix(problem.Path, "/reports") || problem.Rule == "report-status" {
				t.Errorf("%s: %v", p.Title, problem)
			}
		}
		for _, r := range p.Reports {
			if r.Summary != "Illustrative report." {
				t.Errorf("a report that doesn't say what it is: %q", r.Summary)
			}
		}
	}
}
