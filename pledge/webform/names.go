package webform

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

var addressForm = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+`)

// cutAddresses returns a name without the web addresses in it, those of them
// that a pledge may link to, and how many others there were.
func cutAddresses(name string) (rest string, https []string, others int) {
	var found []string
	if strings.Contains(name, "://") || containsFold(name, "www.") {
		found = addressForm.FindAllString(name, -1)
	}
	if found == nil {
		return name, nil, 0
	}
	for _, address := range found {
		address = strings.TrimRight(address, ".,;:)]}'")
		if isHTTPS(address) && !isPersonal(address) {
			https = append(https, address)
		} else {
			others++
		}
	}
	rest = addressForm.ReplaceAllString(name, " ")
	rest = emptyForm.ReplaceAllString(strings.Join(strings.Fields(rest), " "), " ")
	return strings.TrimRight(trimName(strings.Join(strings.Fields(rest), " ")), "( "), https, others
}

// isHTTPS reports whether s is the address of a page on the web, without a
// user's name in it.
func isHTTPS(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil
}

var behalves = phrasesOf("entity", "behalf")

// cutBehalf splits "X submitting in the name of the City of Y".
func cutBehalf(name string) (pledger, via string, ok bool) {
	const before = blanks + ",("
	behind := func(end int) bool {
		rest := strings.TrimLeft(name[end:], blanks)
		return rest != "" && len(rest) < len(name)-end && rest[0] != ')'
	}
	for i := 2; i < len(name); i++ {
		if strings.IndexByte(before, name[i-1]) < 0 {
			continue
		}
		if n := behalves().at(name, i, behind); n > 0 {
			pledger = strings.TrimSuffix(strings.TrimLeft(name[i+n:], blanks), ")")
			return trimName(pledger), trimName(strings.TrimRight(name[:i], before)), true
		}
	}
	return name, "", false
}

var governments = phrasesOf("entity", "government")

// stateNamed returns the State that a Member State's name is that of.
func stateNamed(name string) gcm.State {
	if s, ok := state(name); ok {
		return s
	}
	behind := func(end int) bool { return strings.TrimLeft(name[end:], blanks) != name[end:] }
	if n := governments().at(name, 0, behind); n > 0 {
		if s, err := gcm.ParseState(strings.TrimLeft(name[n:], blanks)); err == nil {
			return s
		}
	}
	return 0
}

// stateSpelled is stateNamed for a name that needn't be a State's: three
// letters are rather an acronym than a code.
func stateSpelled(name string) gcm.State {
	if len(cutTermID(name)) <= 3 {
		return 0
	}
	return stateNamed(name)
}

// oneLine returns a text without line breaks and without blanks around it.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\r") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}
