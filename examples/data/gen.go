//go:build ignore

// Writes the feeds of the examples. Three are made of published.jsonl, which has
// what public pages say of pledges, of actions of cities and of money, with the
// address of each; the others are made up, by gen_reference.go and gen_progress.go.
//
// What published.jsonl says of a record is taken only where it is sure: where
// confidence calls a field "high", or where stated has the source's own words
// for it. A State has to be named by those words.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

// A record is a line of published.jsonl.
type record struct {
	ID, Kind, Title, Language string
	Ref                       string // "2296 / 8026": Submission Number and Submission ID
	Pledgers                  []pledger
	Link                      string
	Also                      []string
	SameAs                    string            `json:"same_as"`  // the record of the same pledge in another registry
	LeftOut                   string            `json:"left_out"` // why it is in no feed
	Confidence                map[string]string // of each field
	Stated                    map[string]string // the words of the source for a field
	Amounts                   json.RawMessage
	Implementation            struct {
		States []string `json:"states,omitempty"`
		Global bool     `json:"global,omitempty"`
	}
	Type, Natures, Objectives, Principles, Mirror, Announced, Updated, Deadline, Status, Themes json.RawMessage
}

type pledger struct {
	Name     string `json:"name"`
	Category string `json:"category,omitempty"`
	State    string `json:"state,omitempty"`
	Via      string `json:"via,omitempty"`
}

// A published feed has the records of some kinds.
type published struct {
	file, feed, title string
	kinds             []string
}

var feeds = []published{
	{"pledges.json", network, "Published pledges, a selection", []string{"webform_submission", "pledge_page"}},
	{"local-actions.json", localAction, "Call to Local Action, a selection", []string{"call_to_local_action"}},
	{"announcements.json", "", "Announcements that aren’t known to be pledges, a selection", []string{"financial_announcement", "third_party_report"}},
}

// network is where pledges are recorded, and localAction where actions are.
const (
	network     = "https://migrationnetwork.un.org"
	localAction = "https://localaction.mayorsmechanism.org"
)

func main() {
	log.SetFlags(0)
	dir := flag.String("o", ".", "write to this `folder`")
	flag.Parse()
	records := read("published.jsonl")
	for _, f := range feeds {
		header := tally.Header{Feed: f.feed, Title: f.title, Publisher: "gcmkit examples, from public pages"}
		write(filepath.Join(*dir, f.file), header, f.pledges(records))
	}
	header, made := reference()
	write(filepath.Join(*dir, "reference.json"), header, made)
	header, made = progress()
	write(filepath.Join(*dir, "progress.json"), header, made)
}

func read(name string) (all []record) {
	in, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			log.Fatalf("%s:%d: %v", name, len(all)+1, err)
		}
		all = append(all, r)
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	return all
}

func (f published) pledges(records []record) (all []pledge.Pledge) {
	for i := range records {
		r := &records[i]
		if r.LeftOut != "" || !slices.Contains(f.kinds, r.Kind) {
			continue
		}
		p := r.pledge()
		if r.SameAs != "" {
			for j := range records {
				if records[j].ID == r.SameAs {
					p.ID = records[j].pledge().ID
				}
			}
		}
		all = append(all, p)
	}
	return all
}

// pledge returns what the record surely says.
func (r *record) pledge() (p pledge.Pledge) {
	said := map[string]any{
		"id": "00000000-0000-4000-8000-000000000000", "title": r.Title, "language": "en",
		"links": append([]string{r.Link}, r.Also...),
	}
	if r.Language != "" {
		said["language"] = r.Language
	}
	for name, value := range map[string]json.RawMessage{
		"type": r.Type, "natures": r.Natures, "objectives": r.Objectives, "principles": r.Principles, "mirror": r.Mirror,
		"announced": r.Announced, "deadline": r.Deadline, "status": r.Status, "themes": r.Themes, "contributions": r.Amounts,
	} {
		if value != nil && r.sure(name) {
			said[name] = value
		}
	}
	if day := strings.Trim(string(r.Updated), `"`); day != "" && r.sure("updated") {
		said["updated"] = day + "T00:00:00Z"
	}
	var by []pledger
	for _, b := range r.Pledgers {
		if !r.names(b.State) {
			b.State = ""
		}
		by = append(by, b)
	}
	if by != nil {
		said["pledgers"] = by
	}
	for _, s := range r.Implementation.States {
		if !r.names(s) {
			log.Fatalf("%s: nothing says that it is implemented in %s", r.ID, s)
		}
	}
	said["implementation"] = r.Implementation
	content, err := json.Marshal(said)
	if err != nil {
		log.Fatalf("%s: %v", r.ID, err)
	}
	for d, err := range pledge.NewDecoder(bytes.NewReader(content)).Records() {
		if err != nil || len(d.Problems) > 0 {
			log.Fatalf("%s: %v %v\n%s", r.ID, err, d.Problems, content)
		}
		p = d.Pledge
	}
	r.identify(&p)
	return p
}

// identify gives the pledge the id that an import of the form's export gives it,
// or one made of the registry and the title.
func (r *record) identify(p *pledge.Pledge) {
	switch r.Kind {
	case "webform_submission":
		p.Ref, _, _ = strings.Cut(r.Ref, " / ")
		p.Source = webform.DefaultSource
		p.ID = pledge.IDFromRef(webform.DefaultSource, p.Ref)
	case "pledge_page":
		p.ID = pledge.IDFromRef(network, r.Title)
	case "call_to_local_action":
		p.ID = pledge.IDFromRef(localAction, r.Title)
	default:
		p.ID = pledge.IDFromRef(r.Link, r.Title)
	}
}

// sure says whether the source states a field.
func (r *record) sure(field string) bool {
	key := map[string]string{"contributions": "amount"}[field]
	if key == "" {
		key = field
	}
	if _, ok := r.Confidence[key]; !ok && field == "announced" {
		key = "date"
	}
	return r.Confidence[key] == "high" || r.Stated[field] != ""
}

// names says whether the source names a State, given by its code.
func (r *record) names(code string) bool {
	if code == "" || r.Confidence["state"] == "high" {
		return code != ""
	}
	want := state(code)
	for words := r.Stated["state"]; words != ""; {
		if s, err := gcm.ParseState(words); err == nil && s == want {
			return true
		}
		_, words, _ = strings.Cut(words, " ")
	}
	if r.Stated["state"] != "" {
		log.Fatalf("%s: %q doesn’t name %s", r.ID, r.Stated["state"], code)
	}
	return false
}

func write(name string, header tally.Header, all []pledge.Pledge) {
	var out bytes.Buffer
	e := pledge.NewEncoder(&out)
	e.Header = header
	for i := range all {
		if err := e.Encode(&all[i]); err != nil {
			log.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d records\n", name, len(all))
}
