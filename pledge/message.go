package pledge

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/go-playground/validator/v10"
)

// FieldLabel returns the name of a field to show to people, in English if lang
// is not stated. The field is a JSON pointer, as in [Problem] or in [RuleInfo]
// ("/pledgers/0/state", "/pledgers/*/state"); the first slash may be missing.
// The result is "" if there is no such field.
func FieldLabel(field string, lang gcm.Language) string {
	return textOf(lang, "field "+genericPath(field))
}

// genericPath makes "/pledgers/*/state" of "/pledgers/0/state".
func genericPath(path string) string {
	path = strings.TrimPrefix(path, "/")
	generic := ""
	for part := range strings.SplitSeq(path, "/") {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			part = "*"
		}
		generic += "/" + part
	}
	return generic
}

// textOf returns a text of messages_*.tsv, or "" if there is none.
func textOf(lang gcm.Language, key string) string {
	if !lang.IsValid() {
		lang = gcm.English
	}
	if i, ok := slices.BinarySearch(messageKeys[:], key); ok {
		return messages[lang-1][i]
	}
	return ""
}

// message says in our words what is wrong.
func message(lang gcm.Language, path, code, param string) string {
	return fill(textOf(lang, "rule "+code), FieldLabel(path, lang), param)
}

// messageOf says what is wrong: in validator's words where it is validator
// that brings the rule.
func (c *ruleChecker) messageOf(lang gcm.Language, path, code, param string, e validator.FieldError) string {
	switch code {
	case "required", "length-min", "length-max", "uuid":
		return fill(e.Translate(c.say[lang]), FieldLabel(path, lang), param)
	}
	return message(lang, path, code, param)
}

// fill puts the label and the parameter in their places. What they hold stays
// as it is, also if it looks like a place.
func fill(text, label, param string) string {
	return strings.NewReplacer("{0}", label, "{1}", param).Replace(text)
}
