package feed

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// The pledgers: the Member States first.
const (
	members = 193
	number  = 20_000
)

// pledger is one who pledges: its place among the others is its number.
type pledger struct {
	name    string
	state   string // alpha-3, "" for none
	region  int
	json    []byte
	escaped []byte // the same with escapes for what isn't ASCII
}

// syllables are all of two letters, so that three of them in a row are read in
// one way only.
var syllables = strings.Fields("ba bé da do er fu gi há iv ja ka ko la lu ma mo ní no ol pa po ra ré si só ta tú va")

var kinds = []struct{ category, name, state string }{
	{"local-authority", "Municipality of ", "yes"},
	{"local-authority", "Ville de ", "yes"},
	{"civil-society", "Migrants’ Rights Forum ", "yes"},
	{"civil-society", "Asociación ", "yes"},
	{"migrant-diaspora", "Diaspora Network ", ""},
	{"academia", "University of ", "yes"},
	{"private-sector", "Employers of ", "yes"},
	{"faith-based", "Sanctuary \"House\" ", "yes"},
	{"un-system", "Country Team ", ""},
	{"youth", "Youth Council of ", "yes"},
}

// pledgers returns all pledgers. No two have the same name.
func pledgers() []pledger {
	all := make([]pledger, 0, number)
	var states []gcm.State
	for s := range gcm.States() {
		if s.IsMember() {
			states = append(states, s)
			all = append(all, newPledger(s.Name(gcm.English), "member-state", s))
		}
	}
	for i := members; i < number; i++ {
		kind := kinds[i%len(kinds)]
		var based gcm.State
		if kind.state != "" {
			based = states[i*31%members]
		}
		all = append(all, newPledger(kind.name+place(i), kind.category, based))
	}
	return all
}

func newPledger(name, category string, s gcm.State) pledger {
	p := pledger{name: name, state: s.Alpha3(), region: int(s.Region())}
	p.json = p.appendJSON(nil, name, category, false)
	p.escaped = p.appendJSON(nil, name, category, true)
	return p
}

func (p *pledger) appendJSON(b []byte, name, category string, ascii bool) []byte {
	b = quote(append(b, `{"name":`...), name, ascii)
	b = append(b, `,"category":"`+category+`"`...)
	if p.state != "" {
		b = append(b, `,"state":"`+p.state+`"`...)
	}
	return append(b, '}')
}

// place returns a name that no place has.
func place(i int) string {
	k := len(syllables)
	s := syllables[i/k/k%k] + syllables[i/k%k] + syllables[i%k]
	return strings.ToUpper(s[:1]) + s[1:]
}

// pledger draws one: a Member State two times in five, and of the others some
// more often than others.
func (g *Generator) pledger() int {
	if g.percent(40) {
		return g.n(members)
	}
	return members + g.n(g.n(number-members)+1)
}

var (
	verbs  = []string{"Strengthen", "Extend", "Fund", "Review", "Publish", "Set up", "Double", "Open"}
	things = []string{
		"consular services", "labour inspections", "data on mobility", "a one-stop shop", "language courses",
		"alternatives to detention", "pathways for skilled work", "legal aid", "fair recruitment", "health care",
		"remittance services", "search and rescue", "the recognition of diplomas", "birth registration",
	}
	people = []string{"for migrant workers", "for children on the move", "for women", "for those who return", "in border regions", "with diaspora groups"}
	// others are titles as they come in other languages.
	others = []string{
		"Régularisation des travailleurs étrangers à ", "Protección de la niñez migrante en ", "Доступ мигрантов к здравоохранению: ",
		"移民数据的收集与共享：", "حماية المهاجرين في ", "Größere Städte nehmen auf: ", "Ferry & shelter 🚢 ",
	}
)

// title draws a title: some quote a programme, some aren't in English.
func (g *Generator) title() string {
	where := place(g.n(number))
	switch n := g.n(100); {
	case n < 12:
		return pick(g, others...) + where
	case n < 24:
		return pick(g, verbs...) + " the programme \"" + pick(g, things...) + "\", " + where
	case n < 40:
		return pick(g, verbs...) + " " + pick(g, things...) + " " + pick(g, people...) + ", " + where
	default:
		return pick(g, verbs...) + " " + pick(g, things...) + ", " + where
	}
}
