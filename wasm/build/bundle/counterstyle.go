package bundle

import (
	"regexp"
	"slices"
	"strings"
)

// CounterStyleName is the name of the style sheet of counters.
const CounterStyleName = "gcm-pledges-counter.css"

// counterParts are the parts of a counter of the standard size, with what stands
// beside it.
var counterParts = strings.Fields("view counter head zero total number label noun filter member-states none of " +
	"illustrative missing unread foot summary source date as-of latest read fresh fresh-current fresh-ageing fresh-stale info definition cite stale")

// elsewhere are elements that no counter has.
var elsewhere = regexp.MustCompile(`(?:^|[ >+~])(?:d[dt]|table|caption|t[hdr]|thead|tbody|ol|li|svg|rect|text|figure|figcaption)\b`)

var (
	partOf   = regexp.MustCompile(`\[part[~^*]?="?([\w-]+)"?\]`)
	grouping = regexp.MustCompile(`^@(?:media|supports|container)\b`)
	declared = regexp.MustCompile(`(--[a-z0-9-]+):[^;{}]*;?`)
)

// noCounter matches what such a counter is not: it has no other size, and its one button
// can always be pressed.
var noCounter = regexp.MustCompile(`\[aria-pressed|\[size=|:disabled`)

// anyOf matches what is one of several.
var anyOf = regexp.MustCompile(`:is\(([^()]*)\)`)

// counterStyle returns the rules of a sheet, which is made small, that are of use to
// such a counter: most pages show nothing else. What stands within other parentheses
// than those of a choice isn't looked at, so it may keep a rule too many.
func counterStyle(css string) string {
	css = pruned(css, ofCounter)
	for size := -1; size != len(css); { // what is left out may be the only one that uses another
		size = len(css)
		css = declared.ReplaceAllStringFunc(css, func(d string) string {
			name, _, _ := strings.Cut(d, ":")
			if strings.Contains(css, "var("+name+")") || strings.Contains(css, "var("+name+",") {
				return d
			}
			return ""
		})
	}
	return css
}

// ofCounter returns a selector without what no counter has in its choices; "" if it
// selects nothing of a counter.
func ofCounter(selector string) string {
	some := true
	selector = anyOf.ReplaceAllStringFunc(selector, func(is string) string {
		var kept []string
		for _, one := range strings.Split(anyOf.FindStringSubmatch(is)[1], ",") {
			if ofCounter(one) != "" {
				kept = append(kept, one)
			}
		}
		some = some && kept != nil
		return ":is(" + strings.Join(kept, ",") + ")"
	})
	whole := withoutParentheses(selector)
	for _, m := range partOf.FindAllStringSubmatch(whole, -1) {
		some = some && slices.Contains(counterParts, m[1])
	}
	if !some || elsewhere.MatchString(whole) || noCounter.MatchString(selector) {
		return ""
	}
	return selector
}

// pruned returns a sheet with what is kept of each selector, and without rules that
// have none.
func pruned(css string, keep func(selector string) string) string {
	var b strings.Builder
	for css != "" {
		begin := cut(css, "{;")
		if begin == len(css) || css[begin] == ';' {
			b.WriteString(css[:min(begin+1, len(css))])
			css = css[min(begin+1, len(css)):]
			continue
		}
		prelude, body := css[:begin], css[begin+1:]
		end := cut(body, "}")
		css, body = body[min(end+1, len(body)):], body[:end]
		switch name, _, _ := strings.Cut(prelude, " "); {
		case grouping.MatchString(name):
			body = pruned(body, keep)
		case strings.HasPrefix(name, "@"):
		default:
			var kept []string
			for prelude != "" {
				comma := cut(prelude, ",")
				if selector := keep(prelude[:comma]); selector != "" {
					kept = append(kept, selector)
				}
				prelude = prelude[min(comma+1, len(prelude)):]
			}
			if prelude = strings.Join(kept, ","); prelude == "" {
				continue
			}
		}
		if body != "" {
			b.WriteString(prelude + "{" + body + "}")
		}
	}
	return b.String()
}

// cut returns where the first of some characters stands that is in no string and
// no brackets; len(s) if none does.
func cut(s, chars string) int {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case depth == 0 && strings.IndexByte(chars, c) >= 0:
			return i
		case c == '"' || c == '\'':
			quote = c
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		}
	}
	return len(s)
}

// withoutParentheses leaves out what stands in them.
func withoutParentheses(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		default:
			if depth == 0 {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}
