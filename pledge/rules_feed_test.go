package pledge

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/google/uuid"
)

func feedRules(r FeedReport) (found []string) {
	for _, p := range r.Problems {
		found = append(found, fmt.Sprint(p.Index, " ", p.Path, " ", p.Rule))
	}
	return found
}

func TestSoundFeedHasNoProblem(t *testing.T) {
	first, second := soundFeed()
	r := ValidateFeed(slices.Values([]Pledge{first, second}), nil)
	if r.Pledges != 2 || len(r.Problems) > 0 || !r.OK() {
		t.Error(r)
	}
	if r := ValidateFeed(slices.Values([]Pledge(nil)), nil); !reflect.DeepEqual(r, FeedReport{}) {
		t.Error(r)
	}
}

func TestRulesAcrossRecordsHaveTheirSeverity(t *testing.T) {
	for _, c := range feedCases {
		for _, profile := range profiles {
			first, second := soundFeed()
			c.change(&first, &second)
			r := ValidateFeed(slices.Values([]Pledge{first, second}), &ValidateOptions{Profile: profile})
			if len(r.Problems) != 1 || r.Problems[0].Index != 1 || r.Problems[0].ID != second.ID || r.Problems[0].Rule != c.rule ||
				r.Problems[0].Path != c.path || r.Problems[0].Severity != severityOf(c.rule, c.path, profile) {
				t.Errorf("%s as a %v: %v", c.rule, profile, r.Problems)
			}
		}
	}
}

func TestRulesAcrossRecords(t *testing.T) {
	by := []Pledger{{Name: "IOM", Category: gcm.UNSystem}, {Name: "WHO", Category: gcm.UNSystem}}
	swapped := []Pledger{{Name: " who ", Category: gcm.UNSystem}, {Name: "iom", Category: gcm.UNSystem}}
	const title = "Collect, analyse and disseminate data on migration"
	for _, c := range []struct {
		name    string
		pledges []Pledge
		want    []string
	}{
		{"an id thrice", []Pledge{{ID: testID(1)}, {ID: testID(1)}, {ID: testID(1)}}, []string{"1 /id id-duplicate", "2 /id id-duplicate"}},
		{"no id twice", []Pledge{{}, {}}, []string{"0 /id required", "1 /id required"}},
		{"a number of two sources", []Pledge{{ID: testID(1), Ref: "1", Source: "a"}, {ID: testID(2), Ref: "1", Source: "b"}}, nil},
		{"a number of no source", []Pledge{{ID: testID(1), Ref: "1"}, {ID: testID(2), Ref: "1"}}, []string{"1 /ref ref-duplicate"}},
		{"two revisions", []Pledge{
			{ID: testID(1), Ref: "1", Title: title, Pledgers: by}, {ID: testID(1), Ref: "1", Title: title + "!", Pledgers: by},
		}, []string{"1 /id id-duplicate"}},
		{"the same pledgers in another order, a typing error", []Pledge{
			{ID: testID(1), Title: title, Pledgers: by}, {ID: testID(2), Title: strings.ReplaceAll(title, "analyse", "analyze"), Pledgers: swapped},
		}, []string{"1 /title duplicate-likely"}},
		{"other pledgers", []Pledge{{ID: testID(1), Title: title, Pledgers: by}, {ID: testID(2), Title: title, Pledgers: by[:1]}}, nil},
		{"no pledgers", []Pledge{{ID: testID(1), Title: title}, {ID: testID(2), Title: title}}, nil},
		{"withdrawn", []Pledge{{ID: testID(1), Title: title, Pledgers: by}, {ID: testID(2), Title: title, Pledgers: by, Status: gcm.Withdrawn}}, nil},
		{"a series", []Pledge{{ID: testID(1), Title: title + ", part 1", Pledgers: by}, {ID: testID(2), Title: title + ", part 2", Pledgers: by}}, nil},
		{"short titles", []Pledge{{ID: testID(1), Title: "Data", Pledgers: by}, {ID: testID(2), Title: "Date", Pledgers: by}}, nil},
		{"matches a later one by id", []Pledge{{ID: testID(1), Type: gcm.Matching, Matches: Match{ID: testID(2)}}, {ID: testID(2)}}, nil},
		{"matches by number", []Pledge{{ID: testID(1), Ref: "7", Source: "a"}, {ID: testID(2), Source: "a", Type: gcm.Matching, Matches: Match{Ref: "7"}}}, nil},
		{"matches by number of another source", []Pledge{{ID: testID(1), Ref: "7", Source: "a"}, {ID: testID(2), Source: "b", Type: gcm.Matching, Matches: Match{Ref: "7"}}},
			[]string{"1 /matches match-unknown"}},
		{"matches by title", []Pledge{{ID: testID(1), Title: title}, {ID: testID(2), Type: gcm.Matching, Matches: Match{Title: strings.ToUpper(title)}}}, nil},
		{"matches no title", []Pledge{{ID: testID(1), Title: title}, {ID: testID(2), Type: gcm.Matching, Matches: Match{Title: "Something else"}}},
			[]string{"1 /matches match-unknown"}},
	} {
		r := ValidateFeed(slices.Values(c.pledges), &ValidateOptions{Profile: PublicationProfile})
		if got := feedRules(r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFeedReportHasTheReportsOfItsPledges(t *testing.T) {
	s := newSource(7)
	var pledges []Pledge
	for range 200 {
		pledges = append(pledges, s.pledge())
	}
	for _, profile := range profiles {
		o := &ValidateOptions{Profile: profile, Language: gcm.Russian}
		got := ValidateFeed(slices.Values(pledges), o)
		across := map[string]bool{}
		for r := range Rules() {
			across[r.Rule] = r.Across
		}
		want := FeedReport{Pledges: len(pledges)}
		for i, p := range pledges {
			r := p.Validate(o)
			for _, problem := range r.Problems {
				want.Problems = append(want.Problems, FeedProblem{i, p.ID, problem})
			}
			for c := range r.Criteria.All() {
				want.Criteria[c]++
			}
			if r.Criteria == (CriterionSet{}) {
				want.Criteria[0]++
			}
		}
		if !slices.IsSortedFunc(got.Problems, func(a, b FeedProblem) int { return a.Index - b.Index }) {
			t.Error("not in the order of the feed")
		}
		got.Problems = slices.DeleteFunc(got.Problems, func(p FeedProblem) bool { return across[p.Rule] })
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v: %d problems and %v, want %d and %v", profile, len(got.Problems), got.Criteria, len(want.Problems), want.Criteria)
		}
	}
}

func TestFeedProblemIsAnObject(t *testing.T) {
	p := FeedProblem{3, testID(1), Problem{"/id", "id-duplicate", "", Warning, "<b>"}}
	got, err := json.Marshal(p)
	want := `{"record":3,"id":"00000000-0000-7000-8000-000000000001","path":"/id","rule":"id-duplicate","severity":"warning","message":"\u003cb\u003e"}`
	if err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
}

func TestFeedReportMarshals(t *testing.T) {
	r := FeedReport{Pledges: 2, Problems: []FeedProblem{{1, testID(1), Problem{"/id", "id-duplicate", "", Error, "x"}}}, Criteria: [CriterionCount + 1]int{TimeBound: 2}}
	got, err := json.Marshal(r)
	want := `{"pledges":2,"problems":[{"record":1,"id":"00000000-0000-7000-8000-000000000001","path":"/id","rule":"id-duplicate","severity":"error","message":"x"}],` +
		`"criteria":{"linked":0,"time-bound":2,"in-partnership":0,"resourced":0,"scope-stated":0}}`
	if err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
	if r.OK() {
		t.Error("an error is OK")
	}
}

// slowDistance is the edit distance as the textbooks have it.
func slowDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range b {
			d := diagonal
			if r != s {
				d = 1 + min(diagonal, row[j+1], row[j])
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}

func TestDistanceWithinAgreesWithTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() []rune {
		w := make([]rune, random.IntN(12))
		for i := range w {
			w[i] = []rune("ab说")[random.IntN(3)]
		}
		return w
	}
	for range 30_000 {
		a, b, k := word(), word(), random.IntN(6)
		if got, want := distanceWithin(a, b, k), slowDistance(a, b) <= k; got != want {
			t.Fatalf("distanceWithin(%q, %q, %d) = %v", string(a), string(b), k, got)
		}
	}
}

// One pledger with very many pledges must not cost the square of them.
func TestManyPledgesOfOnePledgerAreComparedWithFew(t *testing.T) {
	c := feedChecker{groups: map[string]*titleGroup{}}
	random := rand.New(rand.NewPCG(1, 3))
	for i := range 5000 {
		title := make([]rune, 40)
		for j := range title {
			title[j] = 'a' + rune(random.IntN(26))
		}
		c.seen = append(c.seen, uuid.UUID{byte(i >> 8), byte(i), 1})
		c.addTitle(i, &Pledge{ID: c.seen[i], Title: string(title), Pledgers: []Pledger{{Name: "IOM"}}})
	}
	if len(c.groups) != 1 {
		t.Fatal(len(c.groups))
	}
	for _, g := range c.groups {
		if len(g.recent) != maxCompared || len(g.exact) != 5000 {
			t.Errorf("compares with %d", len(g.recent))
		}
	}
}
