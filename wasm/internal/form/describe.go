package form

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// Description says what the form consists of, in one language.
type Description struct {
	Lang   string            `json:"lang"`
	Dir    string            `json:"dir"` // "ltr" or "rtl"
	Fields []Field           `json:"fields"`
	Words  map[string]string `json:"words"` // of the form itself: buttons, marks, notices
}

// Kind says how a field is entered.
type Kind string

// The kinds. A value is the JSON string that was entered where nothing else is
// said; a field in which nothing was entered is left out.
const (
	Text     Kind = "text"
	TextArea Kind = "textarea"
	Date     Kind = "date"   // a year, a month or a day; not the browser's own picker, which knows days only
	Amount   Kind = "amount" // exact decimals
	URL      Kind = "url"
	Select   Kind = "select" // the value of an option
	Boxes    Kind = "boxes"  // an array of the values of options
	Box      Kind = "box"    // true
	Group    Kind = "group"  // an object with Fields as its members
	List     Kind = "list"   // an array of Item
)

// Field is one field, by the name that it has in the JSON of a pledge.
type Field struct {
	Name     string `json:"name,omitempty"`
	Kind     Kind   `json:"kind"`
	Label    string `json:"label"`
	Hint     string `json:"hint,omitempty"`
	Required bool   `json:"required,omitempty"`
	// Value is entered in the empty form.
	Value string `json:"value,omitempty"`
	// Counted says that [Check] answers with the number of characters.
	Counted bool     `json:"counted,omitempty"`
	Options []Option `json:"options,omitempty"`
	// Sorted says that the options are to be shown by label, Currencies that
	// they are the codes of currencies.
	Sorted     bool    `json:"sorted,omitempty"`
	Currencies bool    `json:"currencies,omitempty"`
	Fields     []Field `json:"fields,omitempty"` // of a Group
	Item       *Field  `json:"item,omitempty"`   // of a List; its label numbers it: "Pledger {n}"
	Add        string  `json:"add,omitempty"`    // of a List: the button that adds an item
	Most       int     `json:"most,omitempty"`   // of a List: how many items it may have
	// When says on what the field depends. Until then it is not shown.
	When *When `json:"when,omitempty"`
}

// When is a field, and the value that it must have.
type When struct {
	Field string `json:"field"`
	Is    string `json:"is"`
}

// Option is a value to choose, with the label that is shown.
type Option struct {
	Value any    `json:"value"`
	Label string `json:"label"`
	Lang  string `json:"lang,omitempty"` // of the label, if not the form's own
}

// Describe returns the form in a language.
func Describe(lang gcm.Language) Description {
	if !lang.IsValid() {
		lang = gcm.English
	}
	d := describer{lang}
	dir := "ltr"
	if lang.RightToLeft() {
		dir = "rtl"
	}
	return Description{lang.String(), dir, d.fields(), words(lang)}
}

// describer makes fields. A path is a JSON pointer from the pledge, with an
// asterisk for any place in an array, as the rules have it.
type describer struct{ lang gcm.Language }

func (d describer) fields() []Field {
	description := d.field("/description", TextArea)
	description.Counted = true
	language := d.choice("/language", d.languages())
	language.Value = d.lang.String()
	matches := d.group("/matches", d.field("/matches/id", Text), d.field("/matches/ref", Text), d.field("/matches/title", Text))
	matches.When = &When{"type", gcm.Matching.String()}
	return []Field{
		d.field("/title", Text),
		description,
		language,
		d.choice("/type", labelled(d.lang, gcm.Types())),
		matches,
		d.choice("/mirror", []Option{{true, gcm.Yes.Label(d.lang), ""}, {false, gcm.No.Label(d.lang), ""}}),
		d.list("/pledgers", d.group("/pledgers/*",
			d.field("/pledgers/*/name", Text),
			d.choice("/pledgers/*/category", labelled(d.lang, gcm.Categories())),
			d.states("/pledgers/*/state"),
			d.field("/pledgers/*/via", Text))),
		d.boxes("/objectives", d.objectives()),
		d.boxes("/principles", d.principles()),
		d.boxes("/natures", labelled(d.lang, gcm.Natures())),
		d.group("/implementation",
			d.list("/implementation/states", d.states("/implementation/states/*")),
			d.field("/implementation/global", Box),
			d.choice("/implementation/level", labelled(d.lang, gcm.Levels()))),
		d.field("/announced", Date),
		d.field("/deadline", Date),
		d.choice("/status", d.statuses()),
		d.list("/contributions", d.group("/contributions/*",
			d.field("/contributions/*/amount", Amount),
			d.currencies("/contributions/*/currency"),
			d.choice("/contributions/*/stage", labelled(d.lang, gcm.Stages())),
			d.field("/contributions/*/to", Text))),
		d.list("/links", d.field("/links/*", URL)),
	}
}

// field makes a field of its texts. The last part of the path is its name.
func (d describer) field(path string, k Kind) Field {
	return Field{
		Name:     path[strings.LastIndexByte(path, '/')+1:],
		Kind:     k,
		Label:    pledge.FieldLabel(path, d.lang),
		Hint:     fill(say(d.lang, keyOf(path)+".hint"), limits(d.lang)...),
		Required: param("required", path) != nil,
	}
}

// keyOf returns the key of the texts about a field: "pledgers.name".
func keyOf(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path[1:], "/*", ""), "/", ".")
}

// param returns what a rule is given in a field; nil if the rule isn't for it.
func param(rule, path string) *string {
	for r := range pledge.Rules() {
		if r.Rule == rule && r.Field == path && r.Submission == pledge.Error {
			return &r.Param
		}
	}
	return nil
}

// limits are how many characters the rules ask of a description.
func limits(lang gcm.Language) (values []locale.Value) {
	for place, rule := range map[string]string{"min": "length-min", "max": "length-max"} {
		if p := param(rule, "/description"); p != nil {
			n, _ := strconv.Atoi(*p)
			values = append(values, number(lang, place, n))
		}
	}
	return values
}

func (d describer) choice(path string, options []Option) Field {
	f := d.field(path, Select)
	f.Options = options
	return f
}

func (d describer) boxes(path string, options []Option) Field {
	f := d.field(path, Boxes)
	f.Options = options
	return f
}

func (d describer) group(path string, fields ...Field) Field {
	f := d.field(path, Group)
	f.Fields = fields
	return f
}

func (d describer) list(path string, item Field) Field {
	f := d.field(path, List)
	f.Add = say(d.lang, keyOf(path)+".add")
	f.Most = most[path]
	item.Name, item.Hint = "", "" // the list has the hint
	item.Label += " {n}"
	f.Item = &item
	return f
}

// enum is an enumeration of package gcm.
type enum interface {
	String() string
	Label(gcm.Language) string
}

func labelled[E enum](lang gcm.Language, all func(func(E) bool)) (options []Option) {
	for v := range all {
		options = append(options, Option{v.String(), v.Label(lang), ""})
	}
	return options
}

// statuses are those that a new pledge can have: it isn't withdrawn already.
func (d describer) statuses() (options []Option) {
	for s := range gcm.Statuses() {
		if s != gcm.Withdrawn {
			options = append(options, Option{s.String(), s.Label(d.lang), ""})
		}
	}
	return options
}

// other is the language of a text, if it is not that of the form.
func (d describer) other(given gcm.Language) string {
	if given == d.lang {
		return ""
	}
	return given.String()
}

func (d describer) objectives() (options []Option) {
	for o := range objectives.All() {
		title, given := o.Short(d.lang)
		options = append(options, Option{o.Number(), o.String() + ". " + title, d.other(given)})
	}
	return options
}

func (d describer) principles() (options []Option) {
	for p := range gcm.Principles() {
		title, given := p.Title(d.lang)
		options = append(options, Option{p.String(), title, d.other(given)})
	}
	return options
}

// states is a field for a State. The browser knows how each language sorts, so
// it sorts the names.
func (d describer) states(path string) Field {
	f := d.field(path, Select)
	f.Sorted = true
	for s := range gcm.States() {
		f.Options = append(f.Options, Option{s.Alpha3(), s.Name(d.lang), ""})
	}
	return f
}

// currencies is a field for a currency. The browser knows what currencies are
// called.
func (d describer) currencies(path string) Field {
	f := d.field(path, Select)
	f.Currencies = true
	for c := range gcm.Currencies() {
		f.Options = append(f.Options, Option{c.String(), c.String(), ""})
	}
	return f
}

// languages are named in themselves.
func (d describer) languages() (options []Option) {
	names := [...]string{
		gcm.English: "English", gcm.French: "Français", gcm.Spanish: "Español",
		gcm.Arabic: "العربية", gcm.Russian: "Русский", gcm.Chinese: "中文",
	}
	for l := range gcm.Languages() {
		options = append(options, Option{l.String(), names[l], d.other(l)})
	}
	return options
}

// characters says how many characters a description has, of how many.
func characters(lang gcm.Language, n int) string {
	return fill(say(lang, "count"), append(limits(lang), number(lang, "n", n))...)
}
