package webform

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/google/uuid"
)

// exported are the columns that Export writes. Those of the form are in its
// order; personal ones aren't among them, as no pledge holds such data.
var exported = [...]field{
	pledgeID, number, changed, language,
	entity, via, category, homeState, champion,
	countries, otherCountries,
	title, kind, mirror, actors, matchTitle, matchRef, natures, objectivesField, principles, description,
	level, themes, announced, deadline, status, contributions, links, source, other,
}

// Export writes pledges as a CSV file: UTF-8 with a byte order mark, commas,
// lines that end with CR LF. Its columns are those of the form, in English and
// without the personal ones, and those that the form doesn't have. A
// spreadsheet opens it without taking any text for a formula, whichever character
// divides its cells: an apostrophe stands in front of what it would, also within
// a text, and Import takes it off again.
//
// Importing the file gives the same pledges, in the same order: what cells
// can't say exactly is in the last column, as JSON, and only what the JSON of
// a pledge can't say either is lost. The error is that of w, or
// [pledge.ErrNoID] for a pledge that has no ID.
func Export(w io.Writer, pledges iter.Seq[pledge.Pledge]) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	var header []string
	for _, f := range exported {
		header = append(header, labels().first[f])
	}
	if err := out.Write(header); err != nil {
		return err
	}
	var back reader
	back.set(nil)
	if err := back.setHeader(header); err != nil {
		return err
	}
	for p := range pledges {
		if p.ID == uuid.Nil {
			out.Flush()
			return pledge.ErrNoID
		}
		if err := out.Write(back.row(&p)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// row returns the cells of a pledge.
func (r *reader) row(p *pledge.Pledge) []string {
	cells := make([]string, len(exported))
	for i, f := range exported {
		cells[i] = spreadsheet.Protect(written(strings.ToValidUTF8(cell(f, p), "\uFFFD")))
	}
	var again pledge.Pledge
	r.read(cells, &again)
	cells[len(cells)-1] = spreadsheet.Protect(others(p, &again))
	return cells
}

// written returns what is read of a cell that has been written: encoding/csv
// leaves carriage returns out where it ends lines with CR LF.
func written(s string) string { return strings.ReplaceAll(s, "\r", "") }

// cell returns what stands in the column of a field.
func cell(f field, p *pledge.Pledge) string {
	var first pledge.Pledger
	if len(p.Pledgers) > 0 {
		first = p.Pledgers[0]
	}
	switch f {
	case pledgeID:
		return p.ID.String()
	case number:
		return p.Ref
	case changed:
		return p.Updated.String()
	case language:
		return p.Language
	case entity:
		return first.Name
	case via:
		return first.Via
	case category:
		return first.Category.Label(gcm.English)
	case homeState:
		return first.State.Name(gcm.English)
	case champion:
		return p.Champion.Label(gcm.English)
	case countries:
		return join(values(p.Implementation.States), stateName)
	case otherCountries:
		if p.Implementation.Global {
			return "Global"
		}
	case title:
		return p.Title
	case kind:
		return p.Type.Label(gcm.English)
	case mirror:
		return p.Mirror.Label(gcm.English)
	case actors:
		return actorsText(p.Pledgers)
	case matchTitle:
		return p.Matches.Title
	case matchRef:
		if p.Matches.ID != uuid.Nil {
			return p.Matches.ID.String()
		}
		return p.Matches.Ref
	case description:
		return p.Description
	}
	return listCell(f, p)
}

// listCell is cell for the fields that hold several values, and those that the
// form doesn't have.
func listCell(f field, p *pledge.Pledge) string {
	switch f {
	case natures:
		return join(p.Natures.All(), func(n gcm.Nature) string { return n.Label(gcm.English) })
	case objectivesField:
		return join(p.Objectives.All(), objectiveText)
	case principles:
		return join(p.Principles.All(), principleText)
	case level:
		return p.Implementation.Level.Label(gcm.English)
	case themes:
		return strings.Join(p.Themes, "; ")
	case announced:
		return p.Announced.String()
	case deadline:
		return p.Deadline.String()
	case status:
		return p.Status.Label(gcm.English)
	case contributions:
		return join(values(p.Contributions), contributionText)
	case links:
		return strings.Join(p.Links, "; ")
	case source:
		return p.Source
	}
	return ""
}

// actorsText returns the pledgers behind the first, in labelled blocks.
func actorsText(all []pledge.Pledger) string {
	var b strings.Builder
	for i, p := range all {
		if i == 0 {
			continue
		}
		if i > 1 {
			b.WriteByte('\n')
		}
		b.WriteString("Name of state/actor: " + p.Name)
		for _, part := range [...]struct{ label, value string }{
			{"Country", stateName(p.State)}, {"Category", p.Category.Label(gcm.English)}, {"Through", p.Via},
		} {
			if part.value != "" {
				b.WriteString("; " + part.label + ": " + part.value)
			}
		}
	}
	return b.String()
}
