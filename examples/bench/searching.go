package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// searchMarker names what is replaced in a README.
const searchMarker = "searching"

// What people look for, and in which pledges: see the head of the first.
const (
	queriesFile = "../../pledge/tally/testdata/search-queries.tsv"
	pledgesFile = "../../pledge/tally/testdata/search-pledges.json"
)

var publishedFiles = []string{"../data/announcements.json", "../data/pledges.json", "../data/local-actions.json"}

// typed are texts that are typed letter by letter, for the times.
var typed = []string{
	"alternatives to detention", "remittance kenya", "protección niñez", "доступ мигрантов", "移民数据", "المهاجرين", "municipality of ba",
}

// Searching is all that was measured of searching: searching.json.
type Searching struct {
	Date     string            `json:"date"`
	Machine  Machine           `json:"machine"`
	Versions map[string]string `json:"versions"`
	Sizes    []int             `json:"sizes"`
	Queries  int               `json:"queries"`
	Wanted   int               `json:"wanted"`
	Tools    []SearchTool      `json:"tools"`
}

// SearchTool is what searching took a tool, and what it has found.
type SearchTool struct {
	ID      string       `json:"id"`
	Code    int          `json:"code"`    // bytes on the page, with brotli
	Wanted  int          `json:"wanted"`  // of what people want, what it has found
	First   int          `json:"first"`   // of that, among the first ten
	All     int          `json:"all"`     // queries of which it has found all
	Beside  int          `json:"beside"`  // what nobody wants
	Missing []string     `json:"missing"` // queries of which it has found nothing
	Speeds  []SearchTime `json:"speeds"`  // by size
}

// SearchTime is what searching so many pledges took.
type SearchTime struct {
	Pledges int     `json:"pledges"`
	Load    float64 `json:"load"`   // seconds before the first key
	Median  float64 `json:"median"` // of a key
	Slowest float64 `json:"slowest"`
}

// searchTools are the tools. Those of npm have the name by which search.mjs knows them.
var searchTools = []struct {
	id, name, library string
	most              int // pledges; it takes minutes for more
}{
	{"wasm", "gcmkit, as in a page in English", "", 0},
	{"native", "gcmkit, in Go", "", 0},
	{"minisearch", "MiniSearch, any of the words, and similar ones", "minisearch", 0},
	{"minisearch-and", "MiniSearch, all words", "minisearch", 0},
	{"pagefind", "Pagefind", "pagefind", 10_000},
}

// searchAnswer is what a tool answers.
type searchAnswer struct {
	Load  float64
	Code  int
	Times []float64
	Found [][]string
}

// query is a line of search-queries.tsv.
type query struct {
	text   string
	wanted []string
}

func readQueries() (all []query, err error) {
	text, err := os.ReadFile(queriesFile)
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) == 5 && cells[0] != "query" {
			all = append(all, query{cells[0], strings.Fields(cells[1])})
		}
	}
	return all, err
}

// keys returns what stands in the field after each letter of the texts.
func keys() (all []string) {
	for _, text := range typed {
		for i := range text {
			if i > 0 && text[i-1] != ' ' {
				all = append(all, text[:i])
			}
		}
		all = append(all, text)
	}
	return all
}

// compareSearching measures, prints and writes.
func compareSearching(ctx context.Context, o options, p *progress) error {
	queries, err := readQueries()
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "gcmkit-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	s := &searching{options: o, progress: p, temp: temp}
	if err := s.build(ctx); err != nil {
		return err
	}
	s.Date, s.Machine, s.Sizes, s.Queries = time.Now().UTC().Format(time.DateOnly), thisMachine(), o.sizes, len(queries)
	for _, q := range queries {
		s.Wanted += len(q.wanted)
	}
	for _, t := range searchTools {
		s.Tools = append(s.Tools, SearchTool{ID: t.id})
	}
	if err := s.find(ctx, queries); err != nil {
		return err
	}
	for _, n := range o.sizes {
		if err := s.time(ctx, n); err != nil {
			return err
		}
	}
	return s.write(o)
}

// larger returns how many bytes one file is larger than another with brotli.
func larger(ctx context.Context, less, more string) (int, error) {
	const packed = `const [less, more] = process.argv.slice(1).map((f) => zlib.brotliCompressSync(fs.readFileSync(f)).length); console.log(more - less)`
	text, err := output(ctx, "", nil, "node", "-e", packed, less, more)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

// minified returns how many bytes MiniSearch is on a page.
func (s *searching) minified(ctx context.Context) (int, error) {
	less, more := filepath.Join(s.temp, "empty"), filepath.Join(s.temp, "minisearch.js")
	built := api.Build(api.BuildOptions{EntryPoints: []string{filepath.Join(nodeDir, "node_modules/minisearch/dist/es/index.js")}, Bundle: true,
		Format: api.FormatESModule, MinifySyntax: true, MinifyWhitespace: true, MinifyIdentifiers: true, Outfile: more, Write: true})
	if len(built.Errors) > 0 {
		return 0, errors.New(built.Errors[0].Text)
	}
	if err := os.WriteFile(less, nil, 0o644); err != nil {
		return 0, err
	}
	return larger(ctx, less, more)
}

type searching struct {
	Searching
	options
	*progress
	temp, goroot string
	code         struct{ ours, miniSearch int } // bytes on the page, with brotli
}

// build builds and installs the tools, and measures what ours adds to a page.
func (s *searching) build(ctx context.Context) (err error) {
	if s.goroot, err = output(ctx, "", nil, "go", "env", "GOROOT"); err != nil {
		return err
	}
	wasm := []string{"GOOS=js", "GOARCH=wasm"}
	for _, b := range []struct {
		name string
		env  []string
		tags string
	}{{"native", nil, ""}, {"wasm", wasm, "gcmwords"}, {"none", wasm, "gcmwords nosearch"}} {
		if _, err := output(ctx, "", b.env, "go", "build", "-trimpath", "-ldflags=-s -w", "-tags", b.tags, "-o", filepath.Join(s.temp, b.name), "./peers/search"); err != nil {
			return err
		}
	}
	if s.code.ours, err = larger(ctx, filepath.Join(s.temp, "none"), filepath.Join(s.temp, "wasm")); err != nil {
		return err
	}
	if err := install(ctx); err != nil {
		return err
	}
	if s.code.miniSearch, err = s.minified(ctx); err != nil {
		return err
	}
	s.Versions = map[string]string{"Go": strings.TrimPrefix(runtime.Version(), "go")}
	for _, t := range searchTools {
		if t.library != "" {
			s.Versions[t.library] = packageVersion(t.library)
		}
	}
	s.Versions["Node"], err = output(ctx, "", nil, "node", "--version")
	return err
}

// run has a tool search files of pledges for texts.
func (s *searching) run(ctx context.Context, tool, feed, documents string, rounds int, texts []string) (a searchAnswer, err error) {
	file := documents
	args := []string{"node", filepath.Join(nodeDir, "search.mjs"), tool}
	env := []string{}
	switch tool {
	case "native":
		file, args, env = feed, []string{filepath.Join(s.temp, tool)}, []string{"GOMAXPROCS=1"}
	case "wasm":
		file, args = feed, []string{"env", "-i", "PATH=" + os.Getenv("PATH"), filepath.Join(s.goroot, "lib", "wasm", "go_js_wasm_exec"), filepath.Join(s.temp, tool)}
	}
	job := filepath.Join(s.temp, "job")
	if err := os.WriteFile(job, []byte(file+"\n"+strconv.Itoa(rounds)+"\n"+strings.Join(texts, "\n")+"\n"), 0o644); err != nil {
		return a, err
	}
	text, err := output(ctx, "", env, append(args, job)...)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil || len(a.Found) != len(texts) {
		return a, fmt.Errorf("%s answers %.100q: %v", tool, text, err)
	}
	return a, nil
}

// find has all tools look for what people look for.
func (s *searching) find(ctx context.Context, queries []query) error {
	feed, documents := filepath.Join(s.temp, "searched.ndjson"), filepath.Join(s.temp, "searched.docs")
	if err := writeDocuments(documents, feed, append(publishedFiles, pledgesFile)...); err != nil {
		return err
	}
	var texts []string
	for _, q := range queries {
		texts = append(texts, q.text)
	}
	for i := range s.Tools {
		t := &s.Tools[i]
		a, err := s.run(ctx, t.ID, feed, documents, 1, texts)
		if err != nil {
			return err
		}
		switch t.ID {
		case "wasm":
			t.Code = s.code.ours
		case "minisearch", "minisearch-and":
			t.Code = s.code.miniSearch
		default:
			t.Code = a.Code
		}
		t.judge(queries, a.Found)
		s.say("%-16s %d of %d, %d beside", t.ID, t.Wanted, s.Wanted, t.Beside)
	}
	return nil
}

// judge compares what a tool has found with what people want.
func (t *SearchTool) judge(queries []query, found [][]string) {
	for i, q := range queries {
		here := 0
		for j, id := range found[i] {
			if !slices.Contains(q.wanted, id) {
				t.Beside++
			} else if here++; j < 10 {
				t.First++
			}
		}
		t.Wanted += here
		if here == len(q.wanted) {
			t.All++
		} else if here == 0 {
			t.Missing = append(t.Missing, q.text)
		}
	}
}

// time has all tools look for what somebody types.
func (s *searching) time(ctx context.Context, n int) error {
	made, err := makeFeed(ctx, s.temp, n)
	if err != nil {
		return err
	}
	documents := made.file + ".docs"
	if err := writeDocuments(documents, "", made.file); err != nil {
		return err
	}
	for i, t := range searchTools {
		if t.most > 0 && n > t.most {
			continue
		}
		a, err := s.run(ctx, t.id, made.file, documents, 2*s.runs+1, keys())
		if err != nil {
			return err
		}
		slices.Sort(a.Times)
		speed := SearchTime{n, a.Load, a.Times[len(a.Times)/2], a.Times[len(a.Times)-1]}
		s.Tools[i].Speeds = append(s.Tools[i].Speeds, speed)
		s.say("%-16s %s pledges: %s a key, %s at most", t.id, number(n), secondsText(speed.Median), secondsText(speed.Slowest))
	}
	return nil
}

// document is a pledge as the other tools get it: the names of States in all languages
// and spellings, as ours has them.
type document struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Pledgers string `json:"pledgers"`
	Topics   string `json:"topics"`
	Places   string `json:"places"`
}

// writeDocuments writes the pledges of feeds as documents, a line each, and unless lines is
// "" as pledges, too. Of a pledge that is there twice it takes the revision
// that counts.
func writeDocuments(documents, lines string, feeds ...string) error {
	var names [1 << 8]string
	for lang := range gcm.Languages() {
		for s := range gcm.States() {
			names[s] += " " + s.Name(lang)
		}
	}
	for s, spelling := range gcm.StateSpellings() {
		names[s] += " " + spelling
	}
	all, at := []pledge.Pledge{}, map[string]int{}
	for _, name := range feeds {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		for r, err := range pledge.NewDecoder(bufio.NewReader(file)).Records() {
			if err != nil {
				return err
			}
			p := r.Pledge
			if i, known := at[p.ID.String()]; known {
				if p.Supersedes(&all[i]) {
					all[i] = p
				}
			} else {
				at[p.ID.String()] = len(all)
				all = append(all, p)
			}
		}
		file.Close()
	}
	var docs, records []byte
	for i := range all {
		p := &all[i]
		d := document{ID: p.ID.String(), Title: p.Title, Topics: strings.Join(p.Themes, " ")}
		for _, by := range p.Pledgers {
			d.Pledgers += by.Name + " "
			if by.Category == gcm.MemberState {
				d.Pledgers += names[by.State] + " "
			} else {
				d.Places += names[by.State] + " "
			}
		}
		for _, s := range p.Implementation.States {
			d.Places += names[s] + " "
		}
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		docs = append(append(docs, line...), '\n')
		if line, err = json.Marshal(p); err != nil {
			return err
		}
		records = append(append(records, line...), '\n')
	}
	if lines != "" {
		if err := os.WriteFile(lines, records, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(documents, docs, 0o644)
}

// markdown returns the table.
func (s *Searching) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %d queries, %d pledges wanted | found | all of them | beside |", s.Queries, s.Wanted)
	for _, n := range s.Sizes {
		fmt.Fprintf(&b, " a key, %s pledges | slowest | before the first |", number(n))
	}
	b.WriteString(" code |\n| --- | ---: | ---: | ---: |" + strings.Repeat(" ---: |", 3*len(s.Sizes)+1) + "\n")
	for i := range s.Tools {
		t := &s.Tools[i]
		fmt.Fprintf(&b, "| %s | %d | %d | %d |", searchTools[i].name, t.Wanted, t.All, t.Beside)
		for _, n := range s.Sizes {
			j := slices.IndexFunc(t.Speeds, func(v SearchTime) bool { return v.Pledges == n })
			if j < 0 {
				b.WriteString(" – | – | – |")
				continue
			}
			v := t.Speeds[j]
			fmt.Fprintf(&b, " %s | %s | %s |", secondsText(v.Median), secondsText(v.Slowest), secondsText(v.Load))
		}
		code := "–"
		if t.Code > 0 {
			code = bytesText(int64(t.Code))
		}
		fmt.Fprintf(&b, " %s |\n", code)
	}
	fmt.Fprintf(&b, "\nMeasured on one of %s (%s, Go %s, Node %s), %s. MiniSearch %s, Pagefind %s.\n",
		plural(s.Machine.Cores, "core"), s.Machine.CPU, s.Versions["Go"], strings.TrimPrefix(s.Versions["Node"], "v"), s.Date, s.Versions["minisearch"], s.Versions["pagefind"])
	return b.String()
}

// write writes all measurements and the table.
func (s *Searching) write(o options) error {
	table := s.markdown()
	fmt.Print(table)
	if err := o.save("searching.json", s, nil); err != nil {
		return err
	}
	return o.publish(searchMarker, []byte(table))
}
