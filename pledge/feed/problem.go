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

// problemWriter turns the errors of [http.ServeContent] into problems.
type problemWriter struct {
	http.ResponseWriter
	request *http.Request
	failed  bool
}

func (w *problemWriter) WriteHeader(status int) {
	if status < 400 {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.failed = true
	detail := "what there is isn't what If-Match asks for"
	if status == http.StatusRequestedRangeNotSatisfiable {
		detail = "the range begins behind the end"
	}
	problemOf(status, detail).write(w.ResponseWriter, w.request)
}

func (w *problemWriter) Write(b []byte) (int, error) {
	if w.failed { // the text of the error, of which the problem has said all
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}
