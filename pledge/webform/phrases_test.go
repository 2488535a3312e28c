package webform

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// patternOf is a pattern for the phrases that mean something to a field: what [phrases]
// is quicker than.
func patternOf(field string, meanings ...string) string {
	var all []string
	for cells := range rows(valuesTSV) {
		if cells[0] == field && slices.Contains(meanings, cells[1]) {
			all = append(all, cells[2])
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	for i, s := range all {
		s = strings.ReplaceAll(regexp.QuoteMeta(s), " ", `\s+`)
		all[i] = strings.ReplaceAll(s, "’", "['’]")
	}
	return "(?:" + strings.Join(all, "|") + ")"
}

// Labels, introductions and who pledges for whom are found where package regexp finds
// them, in texts that are put together from all of that and from what parts it.
func TestPhrasesAreFoundWhereAPatternFindsThem(t *testing.T) {
	label := regexp.MustCompile(`(?i)(?:^|[\s;,•*|\-])(` + patternOf("actors", "name", "country", "category", "via", "personal") + `)\b`)
	intro := regexp.MustCompile(`(?i)\b` + patternOf("actors", "intro") + `[\s:]+`)
	behalf := regexp.MustCompile(`(?i)^(.*?\S)[\s,(]+` + patternOf("entity", "behalf") + `\s+([^\s)].*?)\)?$`)
	between := []string{
		" ", " ", " ", " ", "  ", "\n", ":", ":", ": ", ";", ",", ", ", "•", "*", "|", "-", "(", ")", ".", "_", "x", "Kenya", "IOM", "7", "of", "the",
		"\u212a", "ſ", "é", "\xff", "\u00a0",
	}
	var parts []string
	for cells := range rows(valuesTSV) {
		if cells[0] == "actors" || cells[0] == "entity" {
			s := cells[2]
			parts = append(parts, s, s, strings.ToUpper(s), strings.ReplaceAll(s, " ", " \n "), strings.ReplaceAll(s, "’", "'"), s[:len(s)/2])
		}
	}
	random := rand.New(rand.NewPCG(16, 17))
	found := [3]int{}
	for range 8_000 {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString(parts[random.IntN(len(parts))])
			for range random.IntN(3) {
				b.WriteString(between[random.IntN(len(between))])
			}
		}
		text := b.String()

		var want []mark
		end := 0
		for _, at := range label.FindAllStringSubmatchIndex(text, -1) {
			tail := text[at[3]:min(at[3]+maxTail+1, len(text))]
			if colon := strings.IndexAny(tail, ":\n;,"); at[2] >= end && colon >= 0 && tail[colon] == ':' {
				end = at[3] + colon + 1
				want = append(want, mark{at[0], end, meaning("actors", text[at[2]:at[3]])})
			}
		}
		if got := findMarks(text); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q has the labels %v, want %v", text, got, want)
		}
		found[0] += len(want)

		list, is := text, false
		if at := intro.FindStringIndex(text); at != nil && at[0] <= maxSubject {
			list, is = text[at[1]:], true
			found[1]++
		}
		if got, ok := cutIntro(text); got != list || ok != is {
			t.Fatalf("%q lists %q %v, want %q %v", text, got, ok, list, is)
		}

		name := oneLine(text)
		pledger, via, is := name, "", false
		if m := behalf.FindStringSubmatch(name); m != nil {
			pledger, via, is = trimName(m[2]), strings.Trim(trimName(m[1]), " ,("), true
			found[2]++
		}
		if gotBy, gotVia, ok := cutBehalf(name); gotBy != pledger || strings.Trim(gotVia, " ,(") != via || ok != is {
			t.Fatalf("%q is %q through %q %v, want %q through %q %v", name, gotBy, gotVia, ok, pledger, via, is)
		}
	}
	for i, n := range found {
		if n < 100 {
			t.Errorf("only %d of kind %d were found", n, i)
		}
	}
}
