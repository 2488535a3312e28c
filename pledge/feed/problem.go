package feed

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// problem is an answer that something went wrong: problem details of RFC 9457.
// It is an error, so that what makes answers can return it.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`

	// Name is the parameter that is wrong, if it is one.
	Name string `json:"name,omitempty"`

	// Values are what it can be, if that can be listed.
	Values []string `json:"values,omitempty"`

	// retry is after how long it may go better; 0 if it won't.
	retry time.Duration
}

func problemOf(status int, detail string) *problem {
	return &problem{Title: http.StatusText(status), Status: status, Detail: detail}
}

func (p *problem) Error() string { return p.Detail }

// write answers with the problem. Nobody may keep it.
func (p *problem) write(w http.ResponseWriter, r *http.Request) {
	body, _ := json.Marshal(p) // strings and numbers only
	h := w.Header()
	for _, name := range []string{"Content-Encoding", "Etag", "Accept-Ranges", "Link", "Content-Security-Policy"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retry+time.Second-1)/time.Second)))
	}
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// conditionProblem says why a condition or a range of a request can't be met.
func conditionProblem(status int) *problem {
	if status == http.StatusRequestedRangeNotSatisfiable {
		return problemOf(status, "there are no bytes in the range")
	}
	return problemOf(status, "what there is isn't what If-Match asks for")
}
