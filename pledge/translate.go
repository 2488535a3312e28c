package pledge

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/zh"
	ut "github.com/go-playground/universal-translator"
	"github.com/go-playground/validator/v10"
	arabic "github.com/go-playground/validator/v10/translations/ar"
	english "github.com/go-playground/validator/v10/translations/en"
	spanish "github.com/go-playground/validator/v10/translations/es"
	french "github.com/go-playground/validator/v10/translations/fr"
	russian "github.com/go-playground/validator/v10/translations/ru"
	chinese "github.com/go-playground/validator/v10/translations/zh"
)

// validatorTexts says where the texts for validator's own rules come from: the
// numbers of a language, and its texts.
var validatorTexts = [...]struct {
	numbers  func() locales.Translator
	register func(*validator.Validate, ut.Translator) error
}{
	gcm.English: {en.New, english.RegisterDefaultTranslations},
	gcm.French:  {fr.New, french.RegisterDefaultTranslations},
	gcm.Spanish: {es.New, spanish.RegisterDefaultTranslations},
	gcm.Arabic:  {ar.New, arabic.RegisterDefaultTranslations},
	gcm.Russian: {ru.New, russian.RegisterDefaultTranslations},
	gcm.Chinese: {zh.New, chinese.RegisterDefaultTranslations},
}

// translator leaves the place of the field open in validator's texts, so that
// a label that depends on where the field is can take it.
type translator struct {
	ut.Translator
}

// newTranslator registers validator's texts in a language, with ours in the
// place of those that read wrongly.
func newTranslator(v *validator.Validate, lang gcm.Language) *translator {
	texts := validatorTexts[lang]
	numbers := texts.numbers()
	found, _ := ut.New(numbers, numbers).GetTranslator(numbers.Locale())
	t := &translator{found}
	must(texts.register(v, t))
	for i, key := range messageKeys {
		if key, ours := strings.CutPrefix(key, "validator "); ours && messages[lang-1][i] != "" {
			must(t.Add(key, messages[lang-1][i], true))
		}
	}
	return t
}

// T fills in all but the name of a field, the first parameter. A number, which
// Arabic has in its place in a text of its own, begins with a digit.
func (t *translator) T(key any, params ...string) (string, error) {
	if len(params) > 0 && params[0] != "" && 'a' <= params[0][0] && params[0][0] <= 'z' {
		params = append([]string{"{0}"}, params[1:]...)
	}
	return t.Translator.T(key, params...)
}

// FmtNumber puts a comma between thousands in Arabic, as CLDR does where the
// digits are Latin; the module has the mark of Arabic-Indic ones.
func (t *translator) FmtNumber(n float64, decimals uint64) string {
	return strings.ReplaceAll(t.Translator.FmtNumber(n, decimals), "٬", ",")
}
