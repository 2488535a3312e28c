package table

import (
	"iter"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A Column describes a column of the table. It is a value.
type Column struct {
	Name string // such as "pledger_states"
	Kind string // a datatype of CSV on the Web: string, boolean, dateTime, anyURI
	List bool   // whether there may be several values, see [Divider]
	Text string // what it holds, in English
}

// Divider stands between the values of a list.
const Divider = "; "

// A column also knows what it has of a pledge: one value, or those of a list.
type column struct {
	Column
	values func(r *row) []string
}

// row is what columns are asked about.
type row struct {
	*pledge.Pledge
	lang gcm.Language
	page func(p *pledge.Pledge) string
}

// Columns yields the columns of the table in their order.
func Columns() iter.Seq[Column] {
	return func(yield func(Column) bool) {
		for i := range columns {
			if !yield(columns[i].Column) {
				return
			}
		}
	}
}

// columns is the table's head. It never changes.
var columns = [...]column{
	one("id", "string", "Identifier of the pledge, a UUID; the same in all revisions.", func(r *row) string { return r.ID.String() }),
	one("page", "anyURI", "Address of the pledge's page, if it has one.", func(r *row) string { return r.page(r.Pledge) }),
	one("ref", "string", "Number that the source gave the pledge.", func(r *row) string { return r.Ref }),
	one("updated", "dateTime", "Instant of this revision.", func(r *row) string { return r.Updated.String() }),
	one("title", "string", "Title, in the language of the pledge.", func(r *row) string { return r.Title }),
	one("language", "string", "Language of title and description, a tag of BCP 47.", func(r *row) string { return r.Language }),
	one("description", "string", "Description, in the language of the pledge.", func(r *row) string { return r.Description }),
	one("type", "string", "Who stands behind the pledge: individual, common, partnership or matching.", func(r *row) string { return r.Type.String() }),
	one("type_label", "string", "The type in words.", func(r *row) string { return r.Type.Label(r.lang) }),
	one("status", "string", "How far the pledge is: planned, in-progress, fulfilled or withdrawn; empty if that isn't stated.", func(r *row) string { return r.Status.String() }),
	one("status_label", "string", "The status in words.", func(r *row) string { return r.Status.Label(r.lang) }),
	one("announced", "string", "Date of announcement: a day, a month or a year.", func(r *row) string { return r.Announced.String() }),
	one("deadline", "string", "Deadline: a day, a month or a year.", func(r *row) string { return r.Deadline.String() }),

	pledgers("pledgers", "Names of all who pledge.", func(r *row, i int) string { return r.Pledgers[i].Name }),
	pledgers("pledger_roles", "submitting for who submitted the pledge, participating for all others.", func(_ *row, i int) string { return roles[min(i, 1)] }),
	pledgers("pledger_categories", "Categories of who pledges.", func(r *row, i int) string { return r.Pledgers[i].Category.String() }),
	pledgers("pledger_category_labels", "The categories in words.", func(r *row, i int) string { return r.Pledgers[i].Category.Label(r.lang) }),
	pledgers("pledger_states", "States that pledge, or in which the pledgers are based, by ISO 3166-1 alpha-3.", func(r *row, i int) string { return r.Pledgers[i].State.Alpha3() }),
	pledgers("pledger_state_names", "The names of these States.", func(r *row, i int) string { return r.Pledgers[i].State.Name(r.lang) }),
	pledgers("pledger_regions", "The regions of these States, by UN M49.", func(r *row, i int) string { return r.Pledgers[i].State.Region().String() }),
	pledgers("pledger_via", "Through whom they pledge.", func(r *row, i int) string { return r.Pledgers[i].Via }),

	list("objectives", "Numbers of the objectives of the Compact.", func(r *row) []string { return collect(r.Objectives.All(), objectives.Objective.String) }),
	list("objective_titles", "Their titles; in English where there is no official one in the language.", func(r *row) []string {
		return collect(r.Objectives.All(), func(o objectives.Objective) string { title, _ := o.Title(r.lang); return title })
	}),
	list("principles", "Guiding principles of the Compact.", func(r *row) []string { return collect(r.Principles.All(), gcm.Principle.String) }),
	list("principle_titles", "Their titles; in English where there is no official one in the language.", func(r *row) []string {
		return collect(r.Principles.All(), func(p gcm.Principle) string { title, _ := p.Title(r.lang); return title })
	}),
	list("themes", "Themes, as the source has them.", func(r *row) []string { return r.Themes }),
	list("natures", "Nature of the pledge: financial, human-resources, process, policy.", func(r *row) []string { return collect(r.Natures.All(), gcm.Nature.String) }),
	list("nature_labels", "The natures in words.", func(r *row) []string {
		return collect(r.Natures.All(), func(n gcm.Nature) string { return n.Label(r.lang) })
	}),
	list("implementation_states", "States in which the pledge is implemented, by ISO 3166-1 alpha-3.", func(r *row) []string {
		return collect(slices.Values(r.Implementation.States), gcm.State.Alpha3)
	}),
	list("implementation_state_names", "The names of these States.", func(r *row) []string {
		return collect(slices.Values(r.Implementation.States), func(s gcm.State) string { return s.Name(r.lang) })
	}),
	one("implementation_global", "boolean", "Whether the pledge is implemented globally.", func(r *row) string {
		if r.Implementation.Global {
			return "true"
		}
		return "false"
	}),
	one("implementation_level", "string", "Level of implementation: local, national, regional or international.", func(r *row) string { return r.Implementation.Level.String() }),
	one("implementation_level_label", "string", "The level in words.", func(r *row) string { return r.Implementation.Level.Label(r.lang) }),
	one("mirror", "boolean", "Whether the pledge is also relevant to the Global Compact on Refugees; empty if that isn't stated.", func(r *row) string { return answer(r.Mirror) }),
	one("champion", "boolean", "Whether the pledging entity is of a champion country, as submitted; empty if that isn't stated.", func(r *row) string { return answer(r.Champion) }),

	one("matches_id", "string", "Identifier of the pledge that a matching pledge matches.", func(r *row) string { return idOf(r.Matches) }),
	one("matches_ref", "string", "Its number in the source.", func(r *row) string { return r.Matches.Ref }),
	one("matches_title", "string", "Its title.", func(r *row) string { return r.Matches.Title }),

	contributions("contribution_amounts", "Exact amounts of money, never converted.", func(r *row, i int) string { return r.Contributions[i].Money.Amount() }),
	contributions("contribution_currencies", "Their currencies, by ISO 4217.", func(r *row, i int) string { return r.Contributions[i].Money.Currency().String() }),
	contributions("contribution_stages", "announced, pledged or deposited; empty if that isn't stated.", func(r *row, i int) string { return r.Contributions[i].Stage.String() }),
	contributions("contribution_stage_labels", "The stages in words.", func(r *row, i int) string { return r.Contributions[i].Stage.Label(r.lang) }),
	contributions("contribution_to", "Who receives the amounts.", func(r *row, i int) string { return r.Contributions[i].To }),

	reports("report_dates", "Dates of the progress reports of the pledge: days, months or years.", func(r *pledge.ProgressReport, _ gcm.Language) string { return r.Date.String() }),
	reports("report_statuses", "What they say: planned, in-progress, fulfilled or withdrawn; empty if that isn't stated.", func(r *pledge.ProgressReport, _ gcm.Language) string { return r.Status.String() }),
	reports("report_status_labels", "The statuses in words.", func(r *pledge.ProgressReport, l gcm.Language) string { return r.Status.Label(l) }),
	reports("report_shares", "How much of what was pledged is done, in percent; empty if that isn't stated.", func(r *pledge.ProgressReport, _ gcm.Language) string { return r.Share.String() }),
	reports("report_evidence", "How it is known: stated by the pledgers, linked if they give a link, confirmed if another body reports.", func(r *pledge.ProgressReport, _ gcm.Language) string {
		return tally.EvidenceOf(r.By, r.Links).String()
	}),
	reports("report_by", "The other body that reports; empty if the pledgers do.", func(r *pledge.ProgressReport, _ gcm.Language) string { return r.By }),

	list("criteria", "Criteria of the pledging initiative that the pledge visibly meets.", func(r *row) []string { return collect(r.Criteria().All(), pledge.Criterion.String) }),
	list("criteria_labels", "The criteria in words.", func(r *row) []string {
		return collect(r.Criteria().All(), func(c pledge.Criterion) string { return c.Label(r.lang) })
	}),
	list("links", "Links of the pledge.", func(r *row) []string { return r.Links }),
	one("source", "string", "Where the record comes from.", func(r *row) string { return r.Source }),
}

// roles are those of the first pledger, and of all others.
var roles = [...]string{"submitting", "participating"}

func one(name, kind, text string, value func(r *row) string) column {
	return column{Column{name, kind, false, text}, func(r *row) []string {
		if v := value(r); v != "" {
			return []string{v}
		}
		return nil
	}}
}

func list(name, text string, values func(r *row) []string) column {
	return column{Column{name, "string", true, text}, values}
}

// pledgers and contributions are columns of lists that belong together: a value that
// isn't stated is empty, and keeps its place.
func pledgers(name, text string, value func(r *row, i int) string) column {
	return list(name, text, func(r *row) []string { return places(len(r.Pledgers), r, value) })
}

func reports(name, text string, value func(r *pledge.ProgressReport, l gcm.Language) string) column {
	return list(name, text, func(r *row) []string {
		return places(len(r.Reports), r, func(r *row, i int) string { return value(&r.Reports[i], r.lang) })
	})
}

func contributions(name, text string, value func(r *row, i int) string) column {
	return list(name, text, func(r *row) []string { return places(len(r.Contributions), r, value) })
}

func places(n int, r *row, value func(r *row, i int) string) (all []string) {
	for i := range n {
		all = append(all, value(r, i))
	}
	return all
}

func collect[T any](values iter.Seq[T], become func(T) string) (all []string) {
	for v := range values {
		all = append(all, become(v))
	}
	return all
}

func answer(a gcm.Answer) string {
	switch a {
	case gcm.Yes:
		return "true"
	case gcm.No:
		return "false"
	}
	return ""
}

func idOf(m pledge.Match) string {
	if m.ID == (pledge.Match{}).ID {
		return ""
	}
	return m.ID.String()
}

// commas takes out of a value of a list what would divide it. lines makes all ends of
// lines alike.
var (
	commas = strings.NewReplacer(";", ",")
	lines  = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

// cell returns what stands in a column of a row.
func (c *column) cell(r *row) string {
	text := c.text(r)
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return lines.Replace(text)
}

func (c *column) text(r *row) string {
	values := c.values(r)
	if !c.List {
		if len(values) == 0 {
			return ""
		}
		return values[0]
	}
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(Divider)
		}
		b.WriteString(commas.Replace(v))
	}
	return b.String()
}
