package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

// Requests is how fast one kind of request is answered.
type Requests struct {
	Name      string  `json:"name"`
	PerSecond float64 `json:"per_second"`
	P99       float64 `json:"p99_ms"`
	CPU       float64 `json:"cpu_us"` // of the server for one of them
	Bytes     int     `json:"bytes"`  // of the content of one answer
}

// kind is a kind of request.
type kind struct {
	name, path string
	coding     string
	status     int
	known      bool // with the tag of what there is
	distinct   bool // each with a filter of its own, so that nobody has asked before
}

// The kinds that the arithmetic of scale needs.
const (
	feedWhole     = "countable feed, br"
	feedUnchanged = "countable feed, not modified"
)

var kinds = []kind{
	{"snapshot of a new filter", "snapshot.json", "", 200, false, true},
	{"snapshot", "snapshot.json", "", 200, false, false},
	{"snapshot, br", "snapshot.json", "br", 200, false, false},
	{"snapshot, not modified", "snapshot.json", "br", 304, true, false},
	{feedWhole, "countable.json", "br", 200, false, false},
	{feedUnchanged, "countable.json", "br", 304, true, false},
}

// ask sends requests of a kind from so many clients, one after the other each,
// for some time.
func (m *measurement) ask(ctx context.Context, k kind, clients int, lasting time.Duration) (Requests, error) {
	m.say("asking for %s", k.name)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	first, size, err := k.get(ctx, client, m.server.address, "", 0)
	if err != nil {
		return Requests{}, err
	}
	tag := ""
	if k.known {
		tag, size = first, 0
	}
	before, err := m.server.do(order{})
	if err != nil {
		return Requests{}, err
	}
	var (
		number atomic.Int64
		all    sync.WaitGroup
		took   = make([][]time.Duration, clients)
		errs   = make([]error, clients)
		start  = time.Now()
	)
	for c := range clients {
		all.Go(func() {
			for time.Since(start) < lasting && errs[c] == nil {
				at := time.Now()
				_, _, errs[c] = k.get(ctx, client, m.server.address, tag, number.Add(1))
				took[c] = append(took[c], time.Since(at))
			}
		})
	}
	all.Wait()
	seconds := time.Since(start).Seconds()
	after, err := m.server.do(order{})
	if err := errors.Join(append(errs, err)...); err != nil {
		return Requests{}, err
	}
	sorted := slices.Concat(took...)
	slices.Sort(sorted)
	n := float64(len(sorted))
	return Requests{
		Name: k.name, PerSecond: n / seconds, Bytes: size,
		P99: sorted[len(sorted)*99/100].Seconds() * 1e3,
		CPU: (after.CPU - before.CPU) * 1e6 / n,
	}, nil
}

// filter returns one of many filters, each of which selects something else.
func filter(n int) string {
	pick := func(below int) int { defer func() { n /= below }(); return 1 + n%below }
	return fmt.Sprintf("objective=%d&principle=%v&type=%v&nature=%v&status=%v&region=%v", pick(23), gcm.Principle(pick(10)),
		gcm.Type(pick(4)), gcm.Nature(pick(4)), gcm.Status(pick(4)), gcm.Region(pick(5)))
}

// get sends one request, and returns the tag and the size of the answer.
func (k kind) get(ctx context.Context, client *http.Client, address, tag string, n int64) (string, int, error) {
	path := k.path
	if k.distinct {
		path += "?" + filter(int(n))
	}
	r, err := http.NewRequestWithContext(ctx, "GET", address+path, nil)
	if err != nil {
		return "", 0, err
	}
	want := http.StatusOK
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
		want = k.status
	}
	if k.coding != "" {
		r.Header.Set("Accept-Encoding", k.coding)
	}
	answer, err := client.Do(r)
	if err != nil {
		return "", 0, err
	}
	defer answer.Body.Close()
	size, err := io.Copy(io.Discard, answer.Body)
	if err == nil && (answer.StatusCode != want || answer.Header.Get("Content-Encoding") != k.coding && want == 200) {
		err = fmt.Errorf("%s: the server says %s, %q", path, answer.Status, answer.Header.Get("Content-Encoding"))
	}
	return answer.Header.Get("ETag"), int(size), err
}
