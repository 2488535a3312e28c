package data

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
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

func TestReferenceIsWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("runs the go command")
	}
	out := filepath.Join(t.TempDir(), "reference.json")
	if text, err := exec.Command("go", "run", "gen.go", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if fresh, err := os.ReadFile(out); err != nil || !bytes.Equal(fresh, reference) {
		t.Errorf("reference.json is not what gen.go writes; run go generate ./examples/data (%v)", err)
	}
}

func TestPublishedPledgesAreFactsWithLinks(t *testing.T) {
	b, l := load(t, published)
	if b.Len() != 7 || l.Header.Illustrative {
		t.Errorf("%d pledges, %+v", b.Len(), l.Header)
	}
	linked := 0
	for p := range b.All() {
		if want := pledge.IDFromRef("https://migrationnetwork.un.org", p.Title); p.ID != want {
			t.Errorf("%s: id %s, want %s", p.Title, p.ID, want)
		}
		if p.Description != "" {
			t.Errorf("%s: the text stays on the page", p.Title)
		}
		for _, link := range p.Links {
			linked++
			if !strings.HasPrefix(link, "https://") {
				t.Errorf("%s: %s", p.Title, link)
			}
		}
	}
	if linked != 6 {
		t.Errorf("%d links", linked)
	}
	c := b.Count(tally.Query{})
	if c.MemberStates != 2 || c.Sums[0].Sum.Amount(c.Sums[0].Currency) != "200000.00" {
		t.Errorf("%s", c.AppendJSON(nil))
	}
}

func TestFeedsBreakNoRule(t *testing.T) {
	for name, c := range map[string]struct {
		feed     []byte
		warnings int
	}{
		"published": {published, 1}, // the UN System pledge is common, and its page names one pledger
		"reference": {reference, 0},
	} {
		b, _ := load(t, c.feed)
		r := pledge.ValidateFeed(b.All(), &pledge.ValidateOptions{Profile: pledge.RecordProfile})
		if !r.OK() || len(r.Problems) != c.warnings {
			t.Errorf("%s: %v", name, r.Problems)
		}
	}
}
