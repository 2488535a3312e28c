package form

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
	"github.com/google/uuid"
)

// Checked is what there is to say about what was entered.
type Checked struct {
	// Report holds what [pledge.Pledge.Validate] finds, and the values that
	// can't be read, by path.
	Report pledge.Report
	// Summary says how many errors there are; "" if there are none.
	Summary string
	// Count says how many characters the description has.
	Count string
	// Pledge is what could be read.
	Pledge pledge.Pledge
}

// Check checks the JSON of a pledge as a submission. It may lack an ID, as a
// new pledge does; then Pledge gets one.
func Check(record []byte, lang gcm.Language) Checked {
	var c Checked
	record, missing := complete(record)
	unread := c.read(record, lang)
	places := survivors(unread, len(c.Pledge.Contributions))
	missing.remove(&c.Pledge, places)
	if c.Pledge.ID == uuid.Nil {
		id, err := pledge.NewID()
		if err != nil {
			panic(err) // no randomness: nothing that is made here could be trusted
		}
		c.Pledge.ID = id
	}
	c.Report = c.Pledge.Validate(&pledge.ValidateOptions{Profile: pledge.SubmissionProfile, Language: lang})
	c.merge(unread, places)
	if n := c.Report.Errors(); n > 0 {
		c.Summary = counted(lang, "problems", n)
	}
	c.Count = characters(lang, utf8.RuneCountInString(c.Pledge.Description))
	return c
}

// read reads the record, and returns what couldn't be read.
func (c *Checked) read(record []byte, lang gcm.Language) (unread []pledge.Problem) {
	var found *pledge.ProblemsError
	if !errors.As(c.Pledge.UnmarshalJSON(record), &found) {
		return nil
	}
	for _, p := range found.Problems {
		if p.Path == "/id" && p.Rule == "required" {
			continue // a new pledge
		}
		unread = append(unread, pledge.Problem{Path: p.Path, Rule: p.Rule, Param: p.Value, Message: explain(lang, p)})
	}
	return unread
}

// explain returns the message for a value that can't be read.
func explain(lang gcm.Language, p tally.Problem) string {
	key := "problem.malformed"
	switch {
	case costsRecord(p.Path, p.Rule) || p.Rule == "too-many":
		key = "problem.record"
	case p.Rule == tally.RuleTooLong && most[p.Path] > 0:
		return many(lang, p.Path)
	case p.Rule == "unknown":
		key = "problem.unknown"
	}
	return fill(say(lang, key), locale.Value{Name: "field", Text: pledge.FieldLabel(p.Path, lang)})
}

// costsRecord reports whether a problem is one of the record as a whole: then
// nothing can be said about its fields.
func costsRecord(path, rule string) bool {
	return path == "" || rule == "syntax" || rule == "duplicate-key" || rule == "utf-8"
}

// merge adds what couldn't be read to the report. The rules don't know that a
// value is there which couldn't be read, nor that contributions are missing, so
// their problems are put right.
func (c *Checked) merge(unread []pledge.Problem, places []int) {
	if len(unread) == 0 {
		return
	}
	all := slices.Clone(unread)
	for _, p := range c.Report.Problems {
		p.Path = moved(p.Path, places)
		if !slices.ContainsFunc(unread, func(u pledge.Problem) bool { return u.Path == p.Path || costsRecord(u.Path, u.Rule) }) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b pledge.Problem) int { return comparePaths(a.Path, b.Path) })
	c.Report.Problems = all
}

// comparePaths orders JSON pointers by their parts, places in arrays as numbers.
func comparePaths(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "/"), strings.Split(b, "/"), func(a, b string) int {
		m, errM := strconv.Atoi(a)
		n, errN := strconv.Atoi(b)
		if errM == nil && errN == nil {
			return cmp.Compare(m, n)
		}
		return cmp.Compare(a, b)
	})
}

const contributions = "/contributions/"

// survivors are the places in the record of the n contributions that were read:
// one that can't be read is left out.
func survivors(unread []pledge.Problem, n int) (places []int) {
	lost := map[int]bool{}
	for _, p := range unread {
		if i, rest, ok := place(p.Path); ok && (rest == "" || rest == "/amount") {
			lost[i] = true
		}
	}
	for i := 0; len(places) < n; i++ {
		if !lost[i] {
			places = append(places, i)
		}
	}
	return places
}

// moved returns the path of a contribution in the record.
func moved(path string, places []int) string {
	if i, rest, ok := place(path); ok && i < len(places) {
		return contributions + strconv.Itoa(places[i]) + rest
	}
	return path
}

// place returns which contribution a path leads to, and the rest of the path.
func place(path string) (i int, rest string, ok bool) {
	path, ok = strings.CutPrefix(path, contributions)
	if !ok {
		return 0, "", false
	}
	number, rest, below := strings.Cut(path, "/")
	if below {
		rest = "/" + rest
	}
	i, err := strconv.Atoi(number)
	return i, rest, err == nil
}
