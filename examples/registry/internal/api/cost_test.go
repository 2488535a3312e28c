package api

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
)

// repeat returns n bytes of a text again and again, with its number in place of #.
func repeat(text string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.ReplaceAll(text, "#", fmt.Sprintf("%05x", i)))
	}
	return b.String()
}

// Bodies of pledges that could cost more than their size.
var pledgeShapes = map[string]func(n int) string{
	"brackets":         func(n int) string { return strings.Repeat("[", n) },
	"spaces":           func(n int) string { return "{" + strings.Repeat(" ", n) + "}" },
	"a long title":     func(n int) string { return `{"title":"` + repeat("word ", n) + `"}` },
	"escapes":          func(n int) string { return `{"title":"` + repeat(`\u0041\n`, n) + `"}` },
	"unknown members":  func(n int) string { return `{` + repeat(`"m#":1,`, n) + `"title":"t"}` },
	"a member again":   func(n int) string { return `{` + repeat(`"title":"t",`, n) + `"title":"t"}` },
	"themes":           func(n int) string { return `{"themes":[` + repeat(`"t#",`, n) + `"t"]}` },
	"themes alike":     func(n int) string { return `{"themes":[` + repeat(`"t",`, n) + `"t"]}` },
	"pledgers":         func(n int) string { return `{"pledgers":[` + repeat(`{"name":"n#"},`, n) + `{}]}` },
	"wrong pledgers":   func(n int) string { return `{"pledgers":[` + repeat(`1,`, n) + `1]}` },
	"objectives":       func(n int) string { return `{"objectives":[` + repeat(`99,`, n) + `1]}` },
	"links":            func(n int) string { return `{"links":[` + repeat(`"x:#",`, n) + `"x"]}` },
	"a long number":    func(n int) string { return `{"objectives":[` + strings.Repeat("1", n) + `]}` },
	"scripts":          func(n int) string { return `{"description":"` + repeat("aбב中", n) + `"}` },
	"what isn't UTF-8": func(n int) string { return `{"title":"` + strings.Repeat("\xff", n) + `"}` },
}

// Files to import that could.
var fileShapes = map[string]func(n int) string{
	"rows":              func(n int) string { return repeat("#,2022-05-01,N #,P #,d\n", n) },
	"rows that fail":    func(n int) string { return repeat("#,9999-05-01,N #,P #,d\n", n) },
	"revisions":         func(n int) string { return repeat("1,2022-05-01,N #,P #,d\n", n) },
	"rows of few cells": func(n int) string { return repeat("#\n", n) },
	"blank rows":        func(n int) string { return repeat(",,,,\n", n) },
	"a long cell":       func(n int) string { return "1,2022-05-01,N,P," + repeat("word ", n) + "\n" },
	"quotation marks":   func(n int) string { return `1,2022-05-01,N,P,"` + strings.Repeat(`""`, n/2) + "\"\n" },
	"an open quote":     func(n int) string { return `1,2022-05-01,N,P,"` + repeat("a\n", n) },
	"names":             func(n int) string { return `1,2022-05-01,"` + repeat("N #; ", n) + "\",P,d\n" },
	"apostrophes":       func(n int) string { return "1,2022-05-01,N,P," + strings.Repeat("'", n) + "=\n" },
	"formulas":          func(n int) string { return `1,2022-05-01,N,P,"` + repeat(";=A", n) + "\"\n" },
}

// Work is counted as what is allocated: statements are counted where the module's
// own packages are tested.
func TestRequestsCostWhatTheyAreLarge(t *testing.T) {
	token, writer, err := tokens.New("w")
	if err != nil {
		t.Fatal(err)
	}
	a := &API{
		Node: &node.Node{Replica: new(replica.Replica)}, Gate: tokens.NewGate([]tokens.Writer{writer}, 1e9, 1e9),
		Log: slog.New(slog.DiscardHandler), Timeout: time.Minute, MaxImport: 64 << 20, Ready: func() bool { return true },
	}
	mux := http.NewServeMux()
	a.Register(mux)
	cost := func(path, kind, body string) (objects, bytes uint64) {
		r := httptest.NewRequest("POST", path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", kind)
		w := &discarded{header: http.Header{}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		mux.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		if w.status == 401 || w.status == 413 || w.status == 415 {
			t.Fatalf("%s: %d", path, w.status)
		}
		return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
	}
	check := func(name string, n int, cost func(n int) (objects, bytes uint64)) {
		cost(n) // what is made once
		var last [2]uint64
		for i, size := range []int{n, 2 * n, 4 * n} {
			objects, bytes := cost(size)
			for k, now := range [2]uint64{objects, bytes} {
				// Less than that is what else is going on.
				if least := [2]uint64{500, 256 << 10}[k]; i > 0 && now > least && float64(now) > 2.5*float64(last[k]) {
					t.Errorf("%s: %d %s for %d bytes, but %d for %d", name, last[k], [2]string{"objects", "bytes"}[k], size/2, now, size)
				}
			}
			last = [2]uint64{objects, bytes}
		}
	}
	for name, shape := range pledgeShapes {
		check(name, 15_000, func(n int) (uint64, uint64) {
			return cost("/api/pledges?dry-run=true", "application/json", shape(n))
		})
	}
	for name, shape := range fileShapes {
		check(name, 60_000, func(n int) (uint64, uint64) {
			return cost("/api/import?dry-run=true", "text/csv", "Submission Number,Changed,Name of entity submitting the pledge,Name of the pledge,Description of the pledge\n"+shape(n))
		})
	}
}

// discarded is an answer that nobody reads.
type discarded struct {
	header http.Header
	status int
}

func (d *discarded) Header() http.Header         { return d.header }
func (d *discarded) WriteHeader(status int)      { d.status = status }
func (d *discarded) Write(b []byte) (int, error) { return io.Discard.Write(b) }
