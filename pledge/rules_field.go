package pledge

import (
	"iter"

	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"
)

// fieldRules yields the rules of single fields, by the tag that the fields of
// the model carry. What is empty breaks none of them.
func fieldRules() iter.Seq2[string, validator.Func] {
	return func(yield func(string, validator.Func) bool) {
		_ = yield("uuid", isUUID) &&
			yield("unknown", isKnown) &&
			yield("text-control", func(f validator.FieldLevel) bool {
				_, found := invisible(f.Field().String(), f.Param() == "lines")
				return !found
			}) &&
			yield("text-blank", textRule(func(s string) bool { return !isBlank(s) })) &&
			yield("text-capitals", textRule(func(s string) bool { return !isShouted(s) })) &&
			yield("language", textRule(isLanguage)) &&
			yield("theme-slug", textRule(isSlug)) &&
			yield("link-https", textRule(isHTTPS))
	}
}

// textRule makes a rule of what a text must be, if there is one.
func textRule(ok func(string) bool) validator.Func {
	return func(f validator.FieldLevel) bool {
		s := f.Field().String()
		return s == "" || ok(s)
	}
}

// isKnown reports whether an enumeration is one of its constants, or not
// stated.
func isKnown(f validator.FieldLevel) bool {
	v := f.Field()
	if v.IsZero() {
		return true
	}
	e, ok := v.Interface().(interface{ IsValid() bool })
	return ok && e.IsValid()
}

// isUUID reports whether an ID is of RFC 9562 and of a version that there is,
// or not stated.
func isUUID(f validator.FieldLevel) bool {
	id, ok := f.Field().Interface().(uuid.UUID)
	return ok && (id == uuid.Nil || id.Variant() == uuid.RFC4122 && 1 <= id.Version() && id.Version() <= 8)
}
