package form

import (
	"encoding/json"

	"github.com/gcmkit/gcmkit/gcm"
)

// The operations of the shell. Each takes and answers with a JSON object; the
// answer has the member "error" where it failed.
const (
	// DescribeOp takes {"lang": "fr"} and answers with a [Description].
	DescribeOp = "form"
	// CheckOp takes {"lang": "fr", "pledge": {...}} and answers with the
	// members problems, criteria, ok, summary and count: see [Checked].
	CheckOp = "check"
	// SubmitOp is CheckOp with one more member if all is well: json, the text
	// of the pledge as [pledge.Pledge.MarshalJSON] writes it. A pledge that
	// has no ID gets one, a version 7 UUID.
	SubmitOp = "submit"
)

// Codes of errors. They are part of the element's API.
const (
	CodePanic  = "engine-panic"
	CodeOption = "option"
)

// Call answers one operation.
func Call(op, arg string) []byte {
	var in struct {
		Lang   string          `json:"lang"`
		Pledge json.RawMessage `json:"pledge"`
	}
	if err := json.Unmarshal([]byte(arg), &in); err != nil {
		return failure(CodeOption, err.Error())
	}
	// A page in a seventh language has its form in English.
	lang, _ := gcm.ParseLanguage(in.Lang)
	switch op {
	case DescribeOp:
		return marshal(Describe(lang))
	case CheckOp:
		return marshal(newAnswer(Check(in.Pledge, lang), false))
	case SubmitOp:
		return marshal(newAnswer(Check(in.Pledge, lang), true))
	}
	return failure(CodeOption, "no operation "+op)
}

// answer is the answer to CheckOp and SubmitOp.
type answer struct {
	Problems json.RawMessage `json:"problems"`
	Criteria json.RawMessage `json:"criteria"`
	OK       bool            `json:"ok"`
	Summary  string          `json:"summary,omitempty"`
	Count    string          `json:"count"`
	JSON     string          `json:"json,omitempty"`
}

func newAnswer(c Checked, submit bool) answer {
	var a answer
	if err := json.Unmarshal(c.Report.AppendJSON(nil), &a); err != nil {
		panic(err)
	}
	a.OK, a.Summary, a.Count = c.Report.OK(), c.Summary, c.Count
	if submit && a.OK {
		a.JSON = string(c.Pledge.AppendJSON(nil))
	}
	return a
}

// Panicked is the answer to a call that panicked.
func Panicked(broken any) []byte {
	message := "panic"
	switch v := broken.(type) {
	case error:
		message = v.Error()
	case string:
		message = v
	}
	return failure(CodePanic, message)
}

func failure(code, message string) []byte {
	var f struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	f.Error.Code, f.Error.Message = code, message
	return marshal(f)
}

// marshal can't fail for the types of this package.
func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
