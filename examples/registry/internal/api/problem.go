package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Problem is an answer that something is wrong: problem details of RFC 9457.
type Problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`

	// Problems are those of the pledge, place by place.
	Problems []any `json:"problems,omitempty"`
	// Sequence is that of the revision that stands in the way.
	Sequence uint64 `json:"sequence,omitempty"`

	// retry is after how many seconds it may go better; 0 if it won't.
	retry int
}

func problem(status int, detail string) *Problem {
	return &Problem{Title: http.StatusText(status), Status: status, Detail: detail}
}

// in adds after how many seconds it may go better.
func (p *Problem) in(seconds int) *Problem {
	p.retry = seconds
	return p
}

func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

func (p *Problem) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	leave(w, r, p.Status)
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	w.WriteHeader(p.Status)
	encode(w, p)
}

// leave says that the connection is closed where the rest of a body isn't waited
// for. From version 2 on each request has a stream of its own to be closed.
func leave(w http.ResponseWriter, r *http.Request, status int) {
	if r.ProtoMajor == 1 && (status == http.StatusRequestEntityTooLarge || status == http.StatusRequestTimeout) {
		w.Header().Set("Connection", "close")
	}
}

// encode writes an answer; an error is that of a reader who has gone.
func encode(w http.ResponseWriter, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	_ = e.Encode(v)
}

// isSyntax tells text that isn't JSON from JSON that isn't a pledge.
func isSyntax(rule string) bool {
	switch rule {
	case tally.RuleSyntax, tally.RuleDuplicate, tally.RuleEncoding, tally.RuleTooLarge, tally.RuleTooDeep, tally.RuleBroken:
		return true
	}
	return false
}
