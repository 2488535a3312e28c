package pledge

import (
	"reflect"
	"strings"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/go-playground/validator/v10"
)

// Validate checks the pledge against the rules (see [Rules]) under a profile. Of
// the rules that look at one value alone it reports the first that the value
// breaks; those that compare values are reported all. The same pledge gives the
// same report everywhere. Nil options are the default: a submission, in English.
// It doesn't change the pledge, and is safe for concurrent use.
func (p *Pledge) Validate(o *ValidateOptions) Report {
	r := Report{Criteria: p.Criteria()}
	options := o.orDefault()
	c := checker()
	broken, _ := c.Struct(p).(validator.ValidationErrors) // a struct has no other errors
	for _, e := range broken {
		path, code := pathOf(e.Namespace()), codeOf(e.ActualTag())
		if s := severityOf(code, path, options.Profile); s != Off {
			param := paramOf(code, e)
			r.Problems = append(r.Problems, Problem{path, code, param, s, c.messageOf(options.Language, path, code, param, e)})
		}
	}
	r.sort()
	return r
}

// A ruleChecker is a validator that knows our rules and says in six languages
// what is broken. It is built once, and is safe for concurrent use.
type ruleChecker struct {
	*validator.Validate
	say [gcm.Chinese + 1]*translator
}

var checker = sync.OnceValue(newChecker)

func newChecker() *ruleChecker {
	c := &ruleChecker{Validate: validator.New()}
	c.RegisterTagNameFunc(memberName)
	for tag, ok := range fieldRules() {
		must(c.RegisterValidation(tag, ok))
	}
	c.RegisterAlias("line", "text-control,text-blank")
	c.RegisterAlias("lines", "text-control=lines,text-blank")
	c.RegisterStructValidation(checkPledge, Pledge{})
	c.RegisterStructValidation(checkPledger, Pledger{})
	c.RegisterStructValidation(checkContribution, Contribution{})
	c.RegisterStructValidation(checkReport, ProgressReport{})
	for lang := range gcm.Languages() {
		c.say[lang] = newTranslator(c.Validate, lang)
	}
	return c
}

// must reports a mistake in this package, which its tests would have met.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// memberName returns the name that a field of the model has in JSON.
func memberName(f reflect.StructField) string {
	switch f.Name {
	case "ID":
		return "id"
	case "Money":
		return "amount"
	}
	return strings.ToLower(f.Name)
}

// pathOf makes "/pledgers/0/state" of "Pledge.pledgers[0].state".
func pathOf(namespace string) string {
	_, members, _ := strings.Cut(namespace, ".")
	path := make([]byte, 1, len(members)+1)
	path[0] = '/'
	for i := range len(members) {
		switch c := members[i]; c {
		case '.', '[':
			path = append(path, '/')
		case ']':
		default:
			path = append(path, c)
		}
	}
	return string(path)
}

// codeOf returns the code of the rule that a tag stands for. Those that
// validator brings have their own names there.
func codeOf(tag string) string {
	switch tag {
	case "min":
		return "length-min"
	case "max":
		return "length-max"
	}
	return tag
}

// paramOf returns the parameter of the problem: what was found in a text, and
// otherwise what the rule was given.
func paramOf(code string, e validator.FieldError) string {
	if code == "text-control" {
		character, _ := invisible(reflect.ValueOf(e.Value()).String(), e.Param() == "lines")
		return character
	}
	return e.Param()
}
