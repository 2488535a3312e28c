package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

const formHeader = "Submission Number,Completed,Changed,Name of entity submitting the pledge,Pledging entity,Name of the pledge,Description of the pledge\n"

// formRow is a row of an export.
func formRow(n int, changed, description string) string {
	return fmt.Sprintf("%d,2022-05-01 10:00,%s,Network %d,Civil society,Pledge %d,%s\n", n, changed, n, n, description)
}

// importAnswer is what tests look at of the answer to an import.
type importAnswer struct {
	Added, Revised, Unchanged, Refused int
	Stopped                            string
	Problems                           []struct {
		Row, Line int
		Problems  []struct{ Path, Rule, Message string }
	}
	File struct{ Rows, Pledges, Lost int }
}

func (n *testNode) imports(t testing.TB, want int, query, file string) (a importAnswer) {
	t.Helper()
	_, text := n.must(t, want, "POST", "/api/import"+query, []byte(file), "Content-Type", "text/csv")
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return a
}

func TestParameterThatAWriteDoesNotHaveIsAnError(t *testing.T) {
	n := here(t, t.TempDir())
	header, _ := n.must(t, 201, "POST", "/api/pledges", body(1))
	address := header.Get("Location")
	csv := formHeader + formRow(1, "2022-05-02 10:00", "x")
	for _, query := range []string{
		"dry_run=true", "dryrun=true", "dry-run", "dry-run=", "dry-run=1", "Dry-Run=true", "dry-run=true&dry-run=false", "dry-run=false&x=1", "dry-run=true;x", "%zz", "dry%5Frun=true", "=", "utm_source=x",
	} {
		n.must(t, 400, "POST", "/api/pledges?"+query, body(2))
		n.must(t, 400, "POST", "/api/import?"+query, []byte(csv), "Content-Type", "text/csv")
		n.must(t, 400, "PUT", address+"?"+query, body(2), "If-Match", "*")
		n.must(t, 400, "POST", address+"/withdraw?"+query, nil, "If-Match", "*")
	}
	for _, query := range []string{"source=", "source=%ff", "sources=https://example.org/", "source=a&source=b"} {
		n.must(t, 400, "POST", "/api/import?"+query, []byte(csv), "Content-Type", "text/csv")
	}
	for _, query := range []string{"dry-run=true", "source=x"} { // which these don't have
		n.must(t, 400, "PUT", address+"?"+query, body(2), "If-Match", "*")
		n.must(t, 400, "POST", address+"/withdraw?"+query, nil, "If-Match", "*")
	}
	n.must(t, 400, "POST", "/api/pledges?source=x", body(2))
	n.must(t, 200, "GET", address+"?utm_source=x", nil) // a read
	n.waitFor(1)
}

// What a dry run says is what the import does, also of rows that the record
// can't take: these are refused alone.
func TestDryRunSaysWhatTheImportDoes(t *testing.T) {
	n := here(t, t.TempDir())
	var file strings.Builder
	file.WriteString(formHeader)
	line := 2
	lines := map[int]string{} // on which a row is refused, and its rule
	add := func(row, rule string) {
		if rule != "" {
			lines[line] = rule
		}
		file.WriteString(row)
		line += strings.Count(row, "\n")
	}
	in := func(d time.Duration) string {
		return time.Now().In(webform.DefaultZone()).Add(d).Format("2006-01-02 15:04")
	}
	for i := range 120 {
		switch i {
		case 30:
			add(formRow(1000, "2022-05-02 10:00", strings.Repeat("word ", 60_000)), "too-large")
		case 40:
			add(formRow(1001, "9999-05-02 10:00", "x"), "future")
		case 41:
			add(formRow(1002, in(25*time.Hour), "x"), "future")
		case 42:
			add(formRow(1003, in(23*time.Hour), "x"), "")
		case 50: // a revision, an older one, and the same again
			add(formRow(7, "2022-05-03 10:00", "later"), "")
			add(formRow(7, "2022-05-01 10:00", "earlier"), "")
			add(formRow(7, "2022-05-03 10:00", "later"), "")
		}
		add(formRow(i, "2022-05-02 10:00", "\"two\nlines\""), "")
	}
	for range 2 { // of an empty record, and of one that has all
		dry := n.imports(t, 200, "?dry-run=true", file.String())
		real := n.imports(t, 200, "", file.String())
		if fmt.Sprint(dry) != fmt.Sprint(real) {
			t.Errorf("the dry run says %.500v\nand the import %.500v", dry, real)
		}
		if real.Refused != len(lines) || real.Stopped != "" || real.Added+real.Revised+real.Unchanged != real.File.Pledges-len(lines) || len(real.Problems) != len(lines) {
			t.Errorf("%+v", real)
		}
		for _, p := range real.Problems {
			if last := p.Problems[len(p.Problems)-1]; lines[p.Line] != last.Rule || last.Message == "" || p.Row < 1 {
				t.Errorf("%+v, and %v are to be refused", p, lines)
			}
		}
	}
	if n.replica.Book().Len() != 121 {
		t.Errorf("%d pledges", n.replica.Book().Len())
	}
}

// Records that an earlier version took in from the end of time can't be revised,
// and nobody is told that they were.
func TestRevisionIsShownOrRefused(t *testing.T) {
	n := here(t, t.TempDir())
	header, _ := n.must(t, 201, "POST", "/api/pledges", body(1))
	address := header.Get("Location")
	_, text := n.must(t, 200, "GET", address, nil)
	end, err := gcm.ParseInstant("9999-12-31T23:59:59.999Z")
	if err != nil {
		t.Fatal(err)
	}
	e := record.Revision{Previous: 1, Action: record.Import, Writer: "first"}
	if err := e.Pledge.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	e.Pledge.Updated = end
	if _, err := n.node.Record.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	// Of two with the same instant the content decides, so some of these are the
	// latest.
	n.waitFor(2)
	shown, statuses := "Pledge number 1", map[int]int{}
	for _, i := range []int{5, 2, 8, 3, 9, 4} {
		status, _, text, err := n.send("PUT", address, body(i), "If-Match", "*")
		if err != nil {
			t.Fatal(err)
		}
		statuses[status]++
		if status == 200 {
			shown = fmt.Sprintf("Pledge number %d", i)
		} else if status != 409 || !bytes.Contains(text, []byte("9999")) {
			t.Errorf("%d: %s", status, text)
		}
		if _, text := n.must(t, 200, "GET", address, nil); !bytes.Contains(text, []byte(shown+`"`)) {
			t.Errorf("after %d it isn't %q: %s", status, shown, text)
		}
	}
	if statuses[200] == 0 || statuses[409] == 0 {
		t.Error(statuses)
	}
}

func TestConditionsOfWritesAreThoseOfRFC9110(t *testing.T) {
	n := here(t, t.TempDir())
	header, _ := n.must(t, 201, "POST", "/api/pledges", body(1))
	address, tag := header.Get("Location"), header.Get("ETag")

	n.must(t, 412, "POST", "/api/pledges", body(9), "If-Match", "*")
	n.must(t, 412, "POST", "/api/import", []byte(formHeader), "If-Match", tag, "Content-Type", "text/csv")
	for value, status := range map[string]int{
		"": 400, "x": 400, tag + ", *": 400, `"x`: 400, `"x" ` + tag: 400, tag + "x": 400,
		`"x"`: 412, "W/" + tag: 412, `"0"`: 412, `"-1"`: 412, `"18446744073709551616"`: 412, `"18446744073709551615"`: 412, `"999"`: 412, `"999-00c0ffee00c0ffee"`: 412, `"998-00c0ffee00c0ffee", "999-00c0ffee00c0ffee"`: 412,
	} {
		n.must(t, status, "PUT", address, body(2), "If-Match", value)
		n.must(t, status, "POST", address+"/withdraw", nil, "If-Match", value)
	}
	for _, value := range []string{"*", tag, "W/" + tag, `"x", ` + tag} {
		n.must(t, 412, "PUT", address, body(2), "If-Match", "*", "If-None-Match", value)
	}
	header, _ = n.must(t, 200, "PUT", address, body(2), "If-Match", `"x", "999-00c0ffee00c0ffee" ,`+tag, "If-None-Match", `"x"`)
	if header.Get("ETag") == tag {
		t.Error("no other tag")
	}
	// Whoever got no answer and sends it again finds it.
	n.must(t, 200, "PUT", address, body(2), "If-Match", `"x", "999-00c0ffee00c0ffee" ,`+tag)
	n.must(t, 412, "PUT", address, body(3), "If-Match", `"x", "999-00c0ffee00c0ffee" ,`+tag)
	n.must(t, 200, "POST", address+"/withdraw", nil, "If-Match", tag+", "+header.Get("ETag"))

	header, whole := n.must(t, 200, "GET", address, nil)
	tag = header.Get("ETag")
	for _, value := range []string{"*", tag, "W/" + tag, `"x",` + tag} {
		n.must(t, 304, "GET", address, nil, "If-None-Match", value)
	}
	n.must(t, 412, "GET", address, nil, "If-Match", `"x"`)
	if header, text := n.must(t, 206, "GET", address, nil, "Range", "bytes=-5", "If-Range", tag); !bytes.HasSuffix(whole, text) || len(text) != 5 {
		t.Errorf("%q %v", text, header)
	}
	n.must(t, 416, "GET", address, nil, "Range", "bytes=-0")
	n.must(t, 400, "POST", "/api/pledges", body(9), "Idempotency-Key", "")
}

// A file that comes slowly keeps nobody waiting but its own writer.
func TestSlowFileKeepsOnlyItsOwnWriterWaiting(t *testing.T) {
	dir := t.TempDir()
	var lines []string
	var writers []string
	for _, name := range []string{"slow", "other"} {
		token, w, err := tokens.New(name)
		if err != nil {
			t.Fatal(err)
		}
		writers, lines = append(writers, token), append(lines, w.String())
	}
	file := filepath.Join(dir, "writers")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	n := here(t, dir, "-tokens", file)
	n.token = writers[0]
	in, out := io.Pipe()
	req, err := http.NewRequest("POST", n.url+"/api/import", in)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/csv")
	req.Header.Set("Authorization", "Bearer "+writers[0])
	answered := make(chan error, 1)
	go func() {
		status, _, text, err := do(req)
		if err == nil && (status != 200 || !strings.Contains(string(text), `"added": 2`)) {
			err = fmt.Errorf("%d: %s", status, text)
		}
		answered <- err
	}()
	io.WriteString(out, formHeader+formRow(1, "2022-05-02 10:00", "x"))
	eventually(t, "refused another file", func() error {
		status, _, text, err := n.send("POST", "/api/import?dry-run=true", []byte(formHeader), "Content-Type", "text/csv")
		if err == nil && status != 429 {
			err = fmt.Errorf("%d: %s", status, text)
		}
		return err
	})
	n.token = writers[1]
	if a := n.imports(t, 200, "", formHeader+formRow(3, "2022-05-02 10:00", "x")); a.Added != 1 {
		t.Errorf("%+v", a)
	}
	io.WriteString(out, formRow(2, "2022-05-02 10:00", "x"))
	out.Close()
	if err := <-answered; err != nil {
		t.Error(err)
	}
	n.token = writers[0]
	n.imports(t, 200, "", formHeader)
}

// leaving is a body whose sender goes when some of it has been read.
type leaving struct {
	io.Reader
	left int
	gone context.CancelCauseFunc
}

func (l *leaving) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b[:min(len(b), 4096)])
	if l.left -= n; l.left < 0 {
		l.gone(errors.New("the client has gone"))
	}
	return n, err
}

func TestImportEndsWhenItsClientHasGone(t *testing.T) {
	n := here(t, t.TempDir())
	h := n.handler()
	var file strings.Builder
	file.WriteString(formHeader)
	const rows = 2000
	for i := range rows {
		file.WriteString(formRow(i, "2022-05-02 10:00", "x"))
	}
	for _, query := range []string{"?dry-run=true", ""} {
		ctx, gone := context.WithCancelCause(t.Context())
		r := httptest.NewRequestWithContext(ctx, "POST", "/api/import"+query, &leaving{strings.NewReader(file.String()), file.Len() / 10, gone})
		r.Header.Set("Content-Type", "text/csv")
		r.Header.Set("Authorization", "Bearer "+n.token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var a importAnswer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code < 400 || a.Stopped == "" || a.File.Rows > rows/2 {
			t.Errorf("%q: %d, %d of %d rows, %q, %v", query, w.Code, a.File.Rows, rows, a.Stopped, err)
		}
	}
}

// A request that breaks off isn't carried out, though what is missing wouldn't
// have mattered.
func TestARequestThatBreaksOffWithdrawsNothing(t *testing.T) {
	n := here(t, t.TempDir())
	header, _ := n.must(t, 201, "POST", "/api/pledges", body(1))
	address := header.Get("Location")
	for err, want := range map[error]int{io.ErrUnexpectedEOF: 400, os.ErrDeadlineExceeded: 408, errors.New("reset"): 400} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", address+"/withdraw", iotest.ErrReader(err))
		r.Header.Set("If-Match", "*")
		r.Header.Set("Authorization", "Bearer "+n.token)
		w := httptest.NewRecorder()
		n.handler().ServeHTTP(w, r)
		if _, text := n.must(t, 200, "GET", address, nil); w.Code != want || bytes.Contains(text, []byte("withdrawn")) {
			t.Errorf("%v: %d %s\n%s", err, w.Code, w.Body, text)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", address+"/withdraw", strings.NewReader(""))
	r.ContentLength = -1 // and then there is none
	r.Header.Set("If-Match", "*")
	r.Header.Set("Authorization", "Bearer "+n.token)
	w := httptest.NewRecorder()
	if n.handler().ServeHTTP(w, r); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
