package feed

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file that shows a reader what is sent.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s: %v; -update writes it anew\n%s", name, err, got)
	}
}

// tabled is a server with a pledge of every kind that a table shows.
func tabled(t *testing.T) *Server {
	s := newServer(t, 4, Options{})
	p := numbered(7, 0)
	eur, _ := gcm.CurrencyFromCode("EUR")
	p.Themes = []string{"=HYPERLINK(\"https://example.org\")", "climate, \"land\"", "x;=HYPERLINK(A1)"}
	p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: "City", Category: gcm.LocalAuthority})
	p.Announced = gcm.Date{}
	for _, stage := range []gcm.Stage{0, gcm.StagePledged} {
		p.Contributions = append(p.Contributions, pledge.Contribution{Money: gcm.MoneyOf(20000050, eur), Stage: stage})
	}
	p.Natures = gcm.NatureSetOf(gcm.Financial)
	s.Apply(5, p)
	return s
}

func TestTableAndWhatItMeans(t *testing.T) {
	s := tabled(t)
	answer, body := ask(t, s, "GET", "/counts.csv")
	if answer.Header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" || answer.Header.Get("Link") != `<counts.metadata.json>; rel="describedby"; type="application/csvm+json"` {
		t.Error(answer.Header)
	}
	golden(t, "counts.csv", body)
	about, body := ask(t, s, "GET", "/counts.metadata.json", "Accept", "application/json")
	if about.Header.Get("Content-Type") != "application/csvm+json" {
		t.Error(about.Header)
	}
	golden(t, "counts.metadata.json", body)

	answer, body = ask(t, s, "GET", "/counts.csv?region=africa&lang=fr")
	link, _, _ := strings.Cut(strings.TrimPrefix(answer.Header.Get("Link"), "<"), ">")
	if link != "counts.metadata.json?lang=fr&region=africa" || !strings.Contains(body, "objective,1,Collecter et utiliser") {
		t.Errorf("%s\n%.500s", link, body)
	}
	_, body = ask(t, s, "GET", "/"+link)
	var doc struct {
		URL   string `json:"url"`
		Notes []struct{ Query map[string]string }
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || doc.URL != "counts.csv?lang=fr&region=africa" || doc.Notes[0].Query["region"] != "africa" {
		t.Errorf("%v %+v", err, doc)
	}
}

// Whatever counts as JSON has its row, with the same number.
func TestTableHasTheNumbersOfTheCounts(t *testing.T) {
	s := tabled(t)
	_, text := ask(t, s, "GET", "/counts.json?withdrawn=true")
	var counts map[string]any
	if err := json.Unmarshal([]byte(text), &counts); err != nil {
		t.Fatal(err)
	}
	_, text = ask(t, s, "GET", "/counts.csv?withdrawn=true")
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := map[string]float64{}
	for _, r := range records[1:] {
		n, err := strconv.Atoi(r[3])
		key := r[0] + " " + r[1] + r[4]
		if _, twice := number[key]; err != nil || twice {
			t.Errorf("%v: %v, twice: %v", r, err, twice)
		}
		number[key] = float64(n)
	}
	rows := map[string]string{"objectives": "objective", "principles": "principle", "types": "type", "natures": "nature", "statuses": "status",
		"categories": "category", "regions": "region", "themes": "theme", "states": "state", "implementing": "implementing", "months": "month", "cumulative": "cumulative",
		"reported": "reported", "evidence": "evidence", "reports": "report-month", "deadlines": "deadline-month", "due": "due-month"}
	seen := 0
	for name, value := range counts {
		switch value := value.(type) {
		case float64:
			if name == "total" {
				name = "pledges"
			}
			if got, ok := number["total "+strings.ReplaceAll(name, "_", "-")]; !ok || got != value {
				t.Errorf("%s is %v, want %v", name, got, value)
			}
		case map[string]any:
			for v, n := range value {
				seen++
				if name == "progress" {
					for evidence, n := range n.(map[string]any) {
						if got, ok := number["progress "+v+"/"+evidence]; !ok || got != n {
							t.Errorf("%s %s is %v, want %v", v, evidence, got, n)
						}
					}
					continue
				}
				if got, ok := number[rows[name]+" "+spreadsheet.Protect(v)]; !ok || got != n {
					t.Errorf("%s %s is %v, want %v", name, v, got, n)
				}
			}
		case []any:
			for _, sum := range value {
				seen++
				sum := sum.(map[string]any)
				stage, _ := sum["stage"].(string)
				if stage == "" {
					stage = notStated
				}
				key := "money " + stage
				if name == "reported_sums" {
					status, _ := sum["status"].(string)
					if status == "" {
						status = notStated
					}
					key = "reported-money " + status + "/" + stage
				}
				if got, ok := number[key+sum["currency"].(string)]; !ok || got != sum["pledges"] {
					t.Errorf("%v is %v", sum, got)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d numbers", seen)
	}
}

func TestCountablePartCountsAndListsAlike(t *testing.T) {
	p := numbered(3, 0)
	p.Links = []string{"http://example.org", "https://" + strings.Repeat("x", 600), "HTTPS://example.org/a", "https://example.org/b"}
	p.Title, p.Language = strings.Repeat("é", 400), "fr"
	p.Themes = []string{"climate"}
	p.Matches.Title, p.Source, p.Champion = "x", "y", gcm.Yes
	p.Implementation = pledge.Implementation{States: []gcm.State{1}, Global: true, Level: gcm.Local}
	p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: "IOM", Via: "its office"})
	eur, _ := gcm.CurrencyFromCode("EUR")
	p.Contributions = []pledge.Contribution{{Money: gcm.MoneyOf(100, eur), Stage: gcm.StagePledged, To: "a fund"}}
	before := p.Clone()
	c := countable(&p)
	var whole, part pledge.Book
	whole.Put(p)
	part.Put(c)
	if got, want := countsOf(&part), countsOf(&whole); got != want || !strings.Contains(got, "HTTPS://example.org/a") {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if string(p.AppendJSON(nil)) != string(before.AppendJSON(nil)) {
		t.Error("the pledge has changed")
	}
	for _, left := range []string{"description", "source", "champion", "via", "ref", "level", "fund", "example.org/b"} {
		if text := string(c.AppendJSON(nil)); strings.Contains(text, left) {
			t.Errorf("%s is in %s", left, text)
		}
	}
}

func TestHeaderOfALiveFeed(t *testing.T) {
	asOf := func(s *Server) gcm.Instant { return s.state.Load().header.AsOf }
	s := newServer(t, 1, Options{})
	if asOf(s) != header.AsOf {
		t.Error(asOf(s))
	}
	late := numbered(2, 0)
	late.Updated = gcm.InstantOfUnix(1_700_000_000, 0)
	s.Apply(2, late) // what is in the feed is of 2023, so it can't be as of 2022
	if asOf(s) != late.Updated {
		t.Error(asOf(s))
	}
	s.SetHeader(tally.Header{AsOf: gcm.InstantOfUnix(1_600_000_000, 0), AsOfOffset: 840})
	if h := s.state.Load().header; h.Day().String() != "2023-11-15" { // still by the publisher's clocks
		t.Error(h.Day())
	}
	if _, body := s.metadata(everything); !strings.Contains(string(body), `"2023-11-15T12:13:20+14:00"`) {
		t.Errorf("%s", body)
	}
	tag := s.state.Load().tag
	s.SetHeader(tally.Header{Title: "T", AsOf: gcm.InstantOfUnix(1_800_000_000, 0), Sequence: 99})
	if h := s.state.Load().header; h.Title != "T" || h.AsOf != gcm.InstantOfUnix(1_800_000_000, 0) || h.Sequence != 2 || s.state.Load().tag == tag {
		t.Errorf("%+v", h)
	}
	if s := newServer(t, 1, Options{Header: tally.Header{Title: "T"}}); asOf(s).IsValid() {
		t.Errorf("nobody has said as of when: %v", asOf(s))
	}
}
