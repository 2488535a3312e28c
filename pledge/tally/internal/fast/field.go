package fast

import (
	"slices"
	"strings"
)

// Field is a member of a record that is counted or listed; 0 is any other.
type Field uint8

// The fields that are counted, and those that lists show.
const (
	FieldID Field = iota + 1
	FieldUpdated
	FieldType
	FieldStatus
	FieldMirror
	FieldNatures
	FieldObjectives
	FieldPrinciples
	FieldThemes
	FieldPledgers
	FieldImplementation
	FieldAnnounced
	FieldContributions
	FieldTitle
	FieldLanguage
	FieldLinks
	FieldDeadline
	FieldReports

	otherField Field = 0xff // isn't looked at
)

var fieldNames = [...]string{
	FieldID - 1:             "id",
	FieldUpdated - 1:        "updated",
	FieldType - 1:           "type",
	FieldStatus - 1:         "status",
	FieldMirror - 1:         "mirror",
	FieldNatures - 1:        "natures",
	FieldObjectives - 1:     "objectives",
	FieldPrinciples - 1:     "principles",
	FieldThemes - 1:         "themes",
	FieldPledgers - 1:       "pledgers",
	FieldImplementation - 1: "implementation",
	FieldAnnounced - 1:      "announced",
	FieldContributions - 1:  "contributions",
	FieldTitle - 1:          "title",
	FieldLanguage - 1:       "language",
	FieldLinks - 1:          "links",
	FieldDeadline - 1:       "deadline",
	FieldReports - 1:        "reports",
}

// FieldOf returns the field of a name.
func FieldOf(name string) Field { return Field(slices.Index(fieldNames[:], name) + 1) }

// IsLink reports whether a link is one that lists show: it leads to https and isn't
// too long, as a part of it would lead elsewhere.
func IsLink(s string) bool {
	const scheme, most = "https://", 500
	return len(s) > len(scheme) && len(s) <= most && strings.EqualFold(s[:len(scheme)], scheme)
}
