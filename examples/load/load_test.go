package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == serveFlag { // what a measurement starts is this program
		main()
		return
	}
	os.Exit(m.Run())
}

// A small run goes through everything that the large one does.
func TestMeasurementOfAFewReaders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "measured.json")
	var out, progress bytes.Buffer
	err := run(t.Context(), []string{"-readers", "50", "-writes", "3", "-interval", "10ms", "-silent", "3", "-beside", "3", "-clients", "4",
		"-lasting", "50ms", "-pledges", "200", "-o", file}, nil, &out, &progress)
	if err != nil {
		t.Fatal(err, progress.String())
	}
	m, err := readMeasured(file)
	if err != nil {
		t.Fatal(err)
	}
	d := m.Delivery
	if d.Readers != 50 || d.P50 <= 0 || d.P50 > d.P99 || d.P99 > d.Max || d.EventBytes < 300 || d.EventBytes > 2000 {
		t.Errorf("%+v", d)
	}
	if m.Silent.Dropped != 3 || m.Silent.Bytes == 0 {
		t.Errorf("%+v", m.Silent)
	}
	if len(m.Requests) != len(kinds) {
		t.Errorf("%+v", m.Requests)
	}
	for _, r := range m.Requests {
		if r.PerSecond <= 0 || (r.Bytes == 0) != strings.Contains(r.Name, "not modified") {
			t.Errorf("%+v", r)
		}
	}
	if !strings.Contains(out.String(), "3 dropped") {
		t.Error(out.String())
	}
}

func TestSimulationAgreesWithTheArithmetic(t *testing.T) {
	for _, a := range []Assumptions{assumed, {Stays: 60, Known: 0.9, Refresh: 60, Jitter: 0.2, Peak: 3, Writes: 1.0 / 100, Locations: 10, TTL: 60}} {
		const views = 300_000
		for _, c := range a.checks(views, a.simulate(views)) {
			near := 0.03
			if strings.Contains(c.name, "busiest") { // the most of many minutes is more than their mean
				near = 0.1
			}
			if off := math.Abs(c.simulated/c.workedOut - 1); off > near {
				t.Errorf("%s: worked out %.0f, simulated %.0f", c.name, c.workedOut, c.simulated)
			}
		}
	}
}

func TestTextIsWhatTheNumbersGive(t *testing.T) {
	want, err := os.ReadFile("SCALE.md")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-scale"}, nil, &out, &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Error("SCALE.md is of other numbers: go run ./examples/load -scale -o examples/load/SCALE.md")
	}
}

// More of what a view takes is fewer views, and what ends it is named.
func TestNodeIsAsStrongAsItsWeakestPart(t *testing.T) {
	c := Costs{Cores: 2, Whole: 1e-4, Unchanged: 1e-5, Enter: 1e-4, Event: 1e-5, FeedBytes: 1e4, EventBytes: 500, Reader: 1e4}
	a := assumed
	for _, test := range []struct {
		change func()
		limit  string
	}{
		{func() { c.Event = 1e-2 }, "processor"},
		{func() { c.Event, c.Reader = 1e-7, 1e7 }, "memory"},
		{func() { c.Reader, c.FeedBytes = 1, 1e9 }, "link"},
	} {
		test.change()
		if n := a.streaming(c); n.Limit != test.limit || n.Views <= 0 || math.IsInf(n.Views, 0) {
			t.Errorf("%+v, want %s", n, test.limit)
		}
	}
}

func TestWrongArgumentsAreErrors(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "wrong.json")
	if err := os.WriteFile(wrong, []byte(`{"readers": 1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"x"}, {"-readers", "0"}, {"-readers", "2000000000"}, {"-interval", "0s"}, {"-scale", "-from", wrong}, {"-scale", "-from", wrong + "x"}} {
		var out bytes.Buffer
		if err := run(t.Context(), args, nil, &out, &out); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestMadePledgesAreLikeRealOnes(t *testing.T) {
	for n := range 100 {
		p := made(n, 1)
		if r := p.Validate(nil); len(r.Problems) > 0 {
			t.Errorf("%d: %+v", n, r.Problems)
		}
		text, _ := json.Marshal(p)
		if len(text) < 700 || len(text) > 5000 {
			t.Errorf("%d: %d bytes", n, len(text))
		}
	}
}
