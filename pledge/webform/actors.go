package webform

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// readActors reads the cell of participating States and actors. The export
// packs all of them into one cell, in blocks with labels or as people write
// them. Where rule isn't empty, somebody should look at what was made of it.
func readActors(cell string) (all []pledge.Pledger, rule string) {
	if isEmpty(cell) || meaning("actors", cell) == "none" {
		return nil, ""
	}
	if all := findMarks(cell); slices.ContainsFunc(all, func(m mark) bool { return m.what == "name" }) {
		return readBlocks(cell, all)
	}
	names, clear := listed(cell)
	if !clear {
		if name := actorName(oneLine(cell)); name != "" {
			all = append(all, pledge.Pledger{Name: name})
		}
		return all, RuleUnsplit
	}
	for _, name := range names {
		if name = actorName(name); name != "" {
			all = append(all, actor(name))
		}
	}
	if len(all) > 1 {
		rule = RuleSplit
	}
	return all, rule
}

// actor returns a pledger of whom only the name is known. Where that is a
// State's it is the State that takes part.
func actor(name string) pledge.Pledger {
	p := pledge.Pledger{Name: cutTermID(name), State: stateSpelled(name)}
	if p.State.Membership() == gcm.Member {
		p.Category = gcm.MemberState
	}
	return p
}

// mark is a label in a cell, with its colon.
type mark struct {
	start, end int
	what       string // what it means, in values.tsv
}

var marks = phrasesOf("actors", "name", "country", "category", "via", "personal")

// maxTail is how far behind a label, in bytes, its colon may be: "Country of
// the state/actor:".
const maxTail = 40

// findMarks returns the labels in a cell.
func findMarks(cell string) (all []mark) {
	if !strings.Contains(cell, ":") {
		return nil
	}
	behind := func(end int) bool { return endsWord(cell, end) }
	end := 0              // of the one before
	start, may := 0, true // of what stands in front of i, and whether a label may begin there
	for i := 0; i < len(cell); {
		n := 0
		if may {
			n = marks().at(cell, i, behind)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(cell[i:])
			start, may = i, strings.Contains(beforeMarks, cell[i:i+n])
			i += n
			continue
		}
		tail := cell[i+n : min(i+n+maxTail+1, len(cell))]
		colon := strings.IndexAny(tail, ":\n;,")
		if i >= end && colon >= 0 && tail[colon] == ':' {
			end = i + n + colon + 1
			all = append(all, mark{start, end, meaning("actors", cell[i:i+n])})
		}
		i += n
		may = false
	}
	return all
}

// beforeMarks is what may stand in front of a label.
const beforeMarks = blanks + ";,•*|-"

// readBlocks reads "Name of state/actor: ... Country: ... E-mail address of
// the contact person: ...", as often as there is a name. Only what stands
// behind a label that is known is read; people's names and addresses aren't.
func readBlocks(cell string, marks []mark) (all []pledge.Pledger, rule string) {
	for i, m := range marks {
		end := len(cell)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		value, more, _ := strings.Cut(strings.TrimSpace(cell[m.end:end]), "\n")
		what := m.what
		if what != "personal" && trimName(more) != "" {
			rule = RuleUnsplit // a line without a label: whose, nobody knows
		}
		if what == "name" {
			// Something with a colon behind the name is a label that isn't known.
			if before, _, found := strings.Cut(value, ":"); found {
				value, rule = before[:max(strings.LastIndexAny(before, " ;,"), 0)], RuleUnsplit
			}
			all = append(all, pledge.Pledger{Name: actorName(value)})
			continue
		}
		if len(all) == 0 || what == "personal" || isEmpty(trimName(value)) {
			continue
		}
		last, value := &all[len(all)-1], trimName(value)
		switch what {
		case "country":
			last.State = stateNamed(value)
			if last.State == 0 && !isGlobal(value) {
				rule = RuleUnsplit
			}
		case "category":
			last.Category, _ = gcm.ParseCategory(value)
		case "via":
			last.Via = actorName(value)
		}
	}
	kept := all[:0]
	for _, p := range all {
		if p.Name == "" {
			continue
		}
		if a := actor(p.Name); p.Category == 0 && a.Category == gcm.MemberState && (p.State == 0 || p.State == a.State) {
			p.Category, p.State = a.Category, a.State
		}
		kept = append(kept, p)
	}
	return kept, rule
}

// actorName returns a name as it may stand in a pledge.
func actorName(s string) string {
	if isEmpty(s) {
		return ""
	}
	s = strings.Trim(trimName(s), `"`)
	for { // "UNICEF (chair)"
		open := strings.LastIndexByte(s, '(')
		if open < 0 || !strings.HasSuffix(s, ")") || meaning("actors", s[open+1:len(s)-1]) != "role" {
			break
		}
		s = strings.TrimSpace(s[:open])
	}
	rest, _, _ := cutAddresses(s)
	return withoutContacts(rest)
}

var intros = phrasesOf("actors", "intro")

// cutIntro cuts the subject of a sentence that lists, up to what introduces the list.
func cutIntro(text string) (list string, found bool) {
	behind := func(end int) bool { return end < len(text) && strings.IndexByte(blanks+":", text[end]) >= 0 }
	for i := 0; i < len(text) && i <= maxSubject; i++ {
		if endsWord(text, i) {
			if n := intros().at(text, i, behind); n > 0 {
				return strings.TrimLeft(text[i+n:], blanks+":"), true
			}
		}
	}
	return text, false
}

// maxSubject is how long, in bytes, the subject of a sentence that lists may be.
const maxSubject = 300

// listed returns the names that a text lists, and whether it is clear that it
// lists them, or is a single name.
func listed(cell string) (names []string, clear bool) {
	text, intro := cutIntro(strings.TrimRight(strings.TrimSpace(cell), "."))
	if strings.ContainsAny(text, ";\n") {
		names = parts(text)
		for i := range names {
			names[i] = withoutAnd(trimName(names[i]))
		}
		return names, allAre(names, func(s string) bool { return isNameLike(s, 120) })
	}
	names = withoutCommas(text)
	if len(names) == 1 && !intro {
		return names, isNameLike(names[0], 120)
	}
	return names, allAre(names, func(s string) bool {
		return isAcronym(s) || stateSpelled(s) != 0 || intro && isNameLike(s, 60)
	})
}

// withoutCommas splits at commas outside of brackets that aren't part of a
// State's name, and at the last "and" if an acronym or a State is behind it.
func withoutCommas(text string) (names []string) {
	for _, and := range [...]string{" and ", " & ", " et ", " y "} {
		i := strings.LastIndex(text, and)
		if i > 0 && isListItem(text[i+len(and):]) && stateSpelled(text) == 0 {
			text = strings.TrimRight(text[:i], ", ") + ", " + text[i+len(and):]
			break
		}
	}
	all := splitOutside(text)
	for at := 0; at < len(all); {
		n := max(longest(text, all[at:], func(s string) bool { return stateSpelled(s) != 0 }), 1)
		names = append(names, withoutAnd(trimName(text[all[at].start:all[at+n-1].end])))
		at += n
	}
	return names
}

func isListItem(s string) bool { return isAcronym(s) || stateSpelled(s) != 0 }

func splitOutside(text string) (all []piece) {
	depth, start := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ',' && depth == 0:
			all = append(all, piece{start, i})
			start = i + 1
		}
	}
	return append(all, piece{start, len(text)})
}

func withoutAnd(s string) string {
	for _, and := range [...]string{"and ", "et ", "y ", "& "} {
		if len(s) > len(and) && strings.EqualFold(s[:len(and)], and) {
			return strings.TrimSpace(s[len(and):])
		}
	}
	return s
}

func allAre(names []string, is func(string) bool) bool {
	for _, s := range names {
		if !is(s) {
			return false
		}
	}
	return len(names) > 0
}

// isNameLike reports whether s is short enough for a name, begins as one and
// isn't a sentence.
func isNameLike(s string, size int) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return len(s) <= size && len(strings.Fields(s)) <= 12 && !strings.Contains(s, ". ") &&
		(unicode.IsUpper(first) || unicode.IsDigit(first) || unicode.Is(unicode.Lo, first))
}

// isAcronym reports whether s is one to three words in capitals, such as
// "SRSG VAC", with or without something in brackets behind them.
func isAcronym(s string) bool {
	if open := strings.IndexByte(s, '('); open > 0 && strings.HasSuffix(s, ")") {
		s = s[:open]
	}
	words := strings.Fields(s)
	for _, w := range words {
		if len(w) < 2 || strings.ToUpper(w) != w || strings.ToLower(w) == w {
			return false
		}
	}
	return 0 < len(words) && len(words) <= 3
}
