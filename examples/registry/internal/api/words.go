package api

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// words are what the registry itself says about a pledge, where the rules of package
// pledge have no message: {field} is the name of a field.
type words struct {
	refused   string // the pledge as a whole
	malformed string // a value that can't be read
	unknown   string // a value that there isn't
	tooLong   string // a list over its limit
	tooMany   string // more problems than are listed
}

var wordsIn = [...]words{
	gcm.English: {"The pledge can’t be taken as it stands.", "{field}: can’t be read", "{field}: there is no such value", "{field}: the list is too long", "There are more problems than are listed"},
	gcm.French:  {"L’engagement ne peut pas être accepté en l’état.", "{field} : illisible", "{field} : cette valeur n’existe pas", "{field} : la liste est trop longue", "Il y a plus de problèmes qu’il n’en est indiqué"},
	gcm.Spanish: {"El compromiso no se puede aceptar tal como está.", "{field}: no se puede leer", "{field}: no existe ese valor", "{field}: la lista es demasiado larga", "Hay más problemas de los que se indican"},
	gcm.Arabic:  {"لا يمكن قبول التعهّد بصيغته الحالية.", "{field}: تتعذّر القراءة", "{field}: لا توجد قيمة كهذه", "{field}: القائمة أطول مما ينبغي", "توجد مشاكل أكثر مما هو مذكور"},
	gcm.Russian: {"Обязательство не может быть принято в таком виде.", "{field}: не удается прочесть", "{field}: такого значения нет", "{field}: список слишком длинный", "Проблем больше, чем указано"},
	gcm.Chinese: {"该承诺无法按现状接受。", "{field}：无法读取", "{field}：没有这个值", "{field}：列表过长", "问题多于所列"},
}

// unread is what of a pledge couldn't be read, in the form of the other problems.
type unread struct {
	Path     string          `json:"path"`
	Rule     string          `json:"rule"`
	Severity pledge.Severity `json:"severity"`
	Message  string          `json:"message"`
}

func unreadOf(p tally.Problem, lang gcm.Language) unread {
	w := &wordsIn[lang]
	message := w.malformed
	switch p.Rule {
	case tally.RuleUnknown:
		message = w.unknown
	case tally.RuleTooLong:
		message = w.tooLong
	case tally.RuleTooMany:
		message = w.tooMany
	}
	field := pledge.FieldLabel(p.Path, lang)
	if field == "" {
		field = p.Path
	}
	message = strings.ReplaceAll(message, "{field}", field)
	if p.Value != "" {
		message += " (" + strconv.Quote(p.Value) + ")"
	}
	return unread{Path: p.Path, Rule: p.Rule, Message: message}
}
