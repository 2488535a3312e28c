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
	found := addressForm.FindAllString(name, -1)
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

var behalfForm = pattern(func() string {
	return `(?i)^(.*?\S)[\s,(]+` + phrases("entity", "behalf") + `\s+([^\s)].*?)\)?$`
})

// cutBehalf splits "X submitting in the name of the City of Y".
func cutBehalf(name string) (pledger, via string, ok bool) {
	m := behalfForm().FindStringSubmatch(name)
	if m == nil {
		return name, "", false
	}
	return trimName(m[2]), trimName(m[1]), true
}

var governmentForm = pattern(func() string { return `(?i)^` + phrases("entity", "government") + `\s+(.+)$` })

// stateNamed returns the State that a Member State's name is that of.
func stateNamed(name string) gcm.State {
	if s, ok := state(name); ok {
		return s
	}
	if m := governmentForm().FindStringSubmatch(name); m != nil {
		if s, err := gcm.ParseState(m[1]); err == nil {
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
