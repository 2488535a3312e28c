package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// Measured is what one run has measured.
type Measured struct {
	CPU      string     `json:"cpu"`
	Cores    int        `json:"cores"`
	Go       string     `json:"go"`
	Pledges  int        `json:"pledges"`
	Delivery Delivery   `json:"delivery"`
	Silent   Silent     `json:"silent"`
	Requests []Requests `json:"requests"`
}

// options are what is measured.
type options struct {
	pledges, readers, writes, silent, beside, clients int
	interval, lasting                                 time.Duration
}

// measurement is a run.
type measurement struct {
	server *child
	log    io.Writer
}

func (m *measurement) say(format string, args ...any) { fmt.Fprintf(m.log, format+"\n", args...) }

// measure starts a server and measures it.
func measure(ctx context.Context, o options, log io.Writer) (Measured, error) {
	all := Measured{CPU: processor(), Cores: runtime.NumCPU(), Go: runtime.Version(), Pledges: o.pledges}
	server, err := startChild(ctx, o.pledges)
	if err != nil {
		return all, err
	}
	m := &measurement{server: server, log: log}
	err = m.run(ctx, o, &all)
	if stopped := server.stop(); err == nil {
		err = stopped
	}
	return all, err
}

func (m *measurement) run(ctx context.Context, o options, all *Measured) (err error) {
	if all.Delivery, err = m.deliver(ctx, o.readers, o.writes, o.interval); err != nil {
		return err
	}
	if all.Silent, err = m.silence(ctx, o.silent, o.beside); err != nil {
		return err
	}
	for _, k := range kinds {
		r, err := m.ask(ctx, k, o.clients, o.lasting)
		if err != nil {
			return err
		}
		all.Requests = append(all.Requests, r)
	}
	return nil
}

// write writes what was measured as text.
func (all Measured) write(w io.Writer) {
	d, s := all.Delivery, all.Silent
	fmt.Fprintf(w, "%s, %d cores, %s; server and readers on the same machine, %d pledges\n\n", all.CPU, all.Cores, all.Go, all.Pledges)
	system := ""
	if d.KernelBytes > 0 {
		system = fmt.Sprintf("; %.1f KB of the system for both ends", kb(d.KernelBytes))
	}
	fmt.Fprintf(w, "stream, %d readers, %d writes\n", d.Readers, d.Writes)
	fmt.Fprintf(w, "  from the write to the reader   %.1f ms in the middle, %.1f ms for 99 of 100, %.1f ms at most\n", d.P50, d.P99, d.Max)
	fmt.Fprintf(w, "  memory for each reader         %.1f KB of the server, %.1f KB of it heap and stacks%s\n", kb(d.ReaderBytes), kb(d.InUseBytes), system)
	fmt.Fprintf(w, "  processor of the server        %.1f µs for an event of %d bytes to one reader, %.0f µs to let one in\n", d.EventCPU, d.EventBytes, d.ReaderCPU)
	fmt.Fprintf(w, "  %d readers that never read     %d dropped, while %d others got all of %d writes, %.0f MB in %.1f s\n", s.Readers, s.Dropped, s.Beside, s.Writes, float64(s.Bytes)/1e6, s.Seconds)
	fmt.Fprintf(w, "\n%-30s %10s %10s %12s %10s\n", "requests", "a second", "p99 ms", "server µs", "bytes")
	for _, r := range all.Requests {
		fmt.Fprintf(w, "%-30s %10.0f %10.1f %12.0f %10d\n", r.Name, r.PerSecond, r.P99, r.CPU, r.Bytes)
	}
}

func kb(n int) float64 { return float64(n) / 1024 }

// processor returns the name of the processor, as far as Linux tells.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// tcpMemory returns how much memory the system uses for connections; 0 where it
// doesn't say.
func tcpMemory() int64 {
	text, _ := os.ReadFile("/proc/net/sockstat")
	for line := range strings.Lines(string(text)) {
		if _, pages, ok := strings.Cut(line, " mem "); ok && strings.HasPrefix(line, "TCP:") {
			var n int64
			fmt.Sscan(pages, &n)
			return n * int64(os.Getpagesize())
		}
	}
	return 0
}
