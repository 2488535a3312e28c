package page

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A report is a progress report, as the page has it: when it says what, and how that is
// known.
type report struct {
	Date, Said string
	Paragraphs []string // of the summary
	Lang       string   // of these
	Facts      []fact
}

// reports returns the progress reports of a pledge, the latest first.
func reports(p *pledge.Pledge, l gcm.Language) (all []report) {
	for _, r := range slices.Backward(ordered(p.Reports)) {
		evidence := tally.EvidenceOf(r.By, r.Links)
		said := report{Date: locale.Date(l, r.Date), Said: r.Status.Label(l), Paragraphs: paragraphs(r.Summary), Lang: attribute(r.Language)}
		add := func(field string, values []link) {
			if len(values) > 0 {
				said.Facts = append(said.Facts, fact{pledge.FieldLabel(field, l), values})
			}
		}
		add("/reports/*/links", append([]link{{Text: evidence.Label(l)}}, collect(slices.Values(r.Links), func(v string) link { return link{Text: plain(v), Href: https(v)} })...))
		if by := plain(r.By); by != "" {
			add("/reports/*/by", []link{{Text: by}})
		}
		if r.Share.IsValid() {
			add("/reports/*/share", []link{{Text: r.Share.String()}})
		}
		add("/reports/*/indicators", collect(slices.Values(r.Indicators), func(i pledge.Indicator) link {
			return link{Text: indicator(&i, l), Lang: said.Lang}
		}))
		add("/reports/*/states", collect(slices.Values(r.States), func(s gcm.State) link { return link{Text: s.Name(l)} }))
		all = append(all, said)
	}
	return all
}

// ordered returns reports in the order in which they are counted.
func ordered(all []pledge.ProgressReport) []pledge.ProgressReport {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b pledge.ProgressReport) int { return a.Date.Compare(b.Date) })
	return all
}

// indicator returns what an indicator says: "people trained (people): 1200. Target of the
// indicator: 5000".
func indicator(i *pledge.Indicator, l gcm.Language) string {
	text := plain(i.Name)
	if unit := plain(i.Unit); unit != "" {
		text += " (" + unit + ")"
	}
	if i.Actual.IsValid() {
		text += ": " + i.Actual.String()
	}
	for _, v := range [...]struct {
		field string
		n     gcm.Number
	}{{"baseline", i.Baseline}, {"target", i.Target}} {
		if v.n.IsValid() {
			text += ". " + pledge.FieldLabel("/reports/*/indicators/*/"+v.field, l) + ": " + v.n.String()
		}
	}
	return text
}
