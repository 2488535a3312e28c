package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
	"golang.org/x/text/language"
)

// MaxPledge is how many bytes a pledge may have.
const MaxPledge = 64 << 10

// contentType checks the type of a body, which must be in UTF-8.
func contentType(r *http.Request, want string) error {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != want {
		return problem(http.StatusUnsupportedMediaType, "the Content-Type must be "+want)
	}
	if r.Header.Get("Content-Encoding") != "" {
		return problem(http.StatusUnsupportedMediaType, "the body must not be compressed")
	}
	if c := parameters["charset"]; c != "" && c != "utf-8" && c != "UTF-8" && want == "application/json" {
		return problem(http.StatusUnsupportedMediaType, "JSON is UTF-8")
	}
	return nil
}

// limit bounds a body, and ends the connection of who sends more.
func limit(w http.ResponseWriter, r *http.Request, most int64) error {
	if r.ContentLength > most {
		return tooLarge(most)
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	return nil
}

func tooLarge(most int64) *Problem {
	return problem(http.StatusRequestEntityTooLarge, fmt.Sprintf("a body has %d bytes at most", most))
}

// bodyProblem says what was wrong with reading a body; nil if it wasn't the body.
func bodyProblem(err error) *Problem {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge(large.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problem(http.StatusRequestTimeout, "the body came too slowly")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return problem(http.StatusBadRequest, "the body ended too early")
	}
	return nil
}

// readPledge reads the pledge of a request and checks it. The pledge gets the id
// given, if any: then the body may leave it out, but not have another.
func readPledge(w http.ResponseWriter, r *http.Request, id uuid.UUID) (p pledge.Pledge, report pledge.Report, err error) {
	if err := contentType(r, "application/json"); err != nil {
		return p, report, err
	}
	if err := limit(w, r, MaxPledge); err != nil {
		return p, report, err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		if bad := bodyProblem(err); bad != nil {
			return p, report, bad
		}
		return p, report, problem(http.StatusBadRequest, "the body can't be read")
	}
	var found []any
	lang := languageOf(r)
	status := http.StatusUnprocessableEntity
	var problems *pledge.ProblemsError
	if err := p.UnmarshalJSON(body); errors.As(err, &problems) {
		for _, q := range problems.Problems {
			if q.Path == "/id" && q.Rule == tally.RuleRequired {
				continue // it gets one
			}
			found = append(found, unreadOf(q, lang))
			if isSyntax(q.Rule) {
				status = http.StatusBadRequest
			}
		}
	} else if err != nil {
		return p, report, problem(http.StatusBadRequest, err.Error())
	}
	if status == http.StatusBadRequest {
		bad := problem(status, "the body isn't a JSON object in UTF-8")
		bad.Problems = found
		return p, report, bad
	}
	switch {
	case p.ID == uuid.Nil:
		p.ID = id
	case id != uuid.Nil && p.ID != id:
		return p, report, problem(http.StatusUnprocessableEntity, "the body has another id than the address")
	}
	report = validate(&p, pledge.SubmissionProfile, lang)
	for _, q := range report.Problems {
		found = append(found, q)
	}
	if len(found) > 0 {
		w.Header().Set("Content-Language", lang.String())
	}
	if report.Errors() > 0 || len(problemsOf(problems)) > 0 {
		bad := problem(status, wordsIn[lang].refused)
		bad.Problems = found
		return p, report, bad
	}
	return p, report, nil
}

// problemsOf returns what couldn't be read, but for an id that isn't there.
func problemsOf(e *pledge.ProblemsError) (rest []tally.Problem) {
	if e == nil {
		return nil
	}
	for _, q := range e.Problems {
		if q.Path != "/id" || q.Rule != tally.RuleRequired {
			rest = append(rest, q)
		}
	}
	return rest
}

// validate checks a pledge that may not have its id yet.
func validate(p *pledge.Pledge, profile pledge.Profile, lang gcm.Language) pledge.Report {
	checked := *p
	if checked.ID == uuid.Nil {
		checked.ID = pledge.IDFromRef("", "") // any: the id is ours to make
	}
	return checked.Validate(&pledge.ValidateOptions{Profile: profile, Language: lang})
}

var languages = [...]gcm.Language{gcm.English, gcm.French, gcm.Spanish, gcm.Arabic, gcm.Russian, gcm.Chinese}

// matcher knows the languages that messages are in, the default first.
var matcher = language.NewMatcher([]language.Tag{
	language.English, language.French, language.Spanish, language.Arabic, language.Russian, language.Chinese,
})

// languageOf returns the language of messages for who has sent a request.
func languageOf(r *http.Request) gcm.Language {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return gcm.English
	}
	_, at, _ := matcher.Match(tags...)
	return languages[at]
}
