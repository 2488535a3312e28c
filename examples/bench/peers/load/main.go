// Command load loads a file of pledges, one a line, into what holds the latest
// revision of each: a [pledge.Book], or a map of what another decoder makes. It is
// given the name of a tool and a file, and prints a [task.Loaded].
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"time"

	"github.com/bytedance/sonic"
	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/pledge"
	jsonv2 "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
)

// pledges is what was loaded.
type pledges interface {
	pledges() iter.Seq2[pledge.Pledge, error]
}

// loaders load what they are given.
var loaders = map[string]func(io.Reader) (pledges, error){
	"ours":         loadBook,
	"sonic":        loadWith(sonic.Unmarshal),
	"goccy":        loadWith(goccy.Unmarshal),
	"jsonv2":       loadWith(func(b []byte, v any) error { return jsonv2.Unmarshal(b, v) }),
	"encodingjson": loadWith(json.Unmarshal),
}

type book struct{ *pledge.Book }

func (b book) pledges() iter.Seq2[pledge.Pledge, error] {
	return func(yield func(pledge.Pledge, error) bool) {
		for p := range b.All() {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func loadBook(src io.Reader) (pledges, error) {
	b := book{new(pledge.Book)}
	l, err := b.Load(src)
	if err == nil && len(l.Problems) > 0 {
		err = errors.New(l.Problems[0].String())
	}
	return b, err
}

func loadWith(unmarshal func([]byte, any) error) func(io.Reader) (pledges, error) {
	return func(src io.Reader) (pledges, error) { return load(src, unmarshal) }
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) != 2 || loaders[args[0]] == nil {
		return errors.New("usage: load TOOL FILE")
	}
	if args[0] == "sonic" && sonic.APIKind != sonic.UseSonicJSON {
		return errors.New("sonic has nothing for this toolchain and processor but encoding/json")
	}
	file, err := os.Open(args[1])
	if err != nil {
		return err
	}
	defer file.Close()
	l, err := measure(loaders[args[0]], file)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(l)
}

// measure loads a file, after its first line, with which tools make what they make
// once in a process.
func measure(load func(io.Reader) (pledges, error), file io.ReadSeeker) (l task.Loaded, err error) {
	first, err := bufio.NewReader(file).ReadBytes('\n')
	if err != nil {
		return l, err
	}
	if _, err := load(bytes.NewReader(first)); err != nil {
		return l, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return l, err
	}
	var before, after, kept runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	all, err := load(file)
	if err != nil {
		return l, err
	}
	l.Seconds = time.Since(start).Seconds()
	runtime.ReadMemStats(&after)
	runtime.GC()
	runtime.ReadMemStats(&kept)
	l.Allocated, l.Objects = int64(after.TotalAlloc-before.TotalAlloc), int64(after.Mallocs-before.Mallocs)
	l.Kept = int64(kept.HeapAlloc) - int64(before.HeapAlloc)
	return l, sum(all, &l)
}

// sum counts the pledges and adds up hashes of what each is as JSON, so that the order
// doesn't matter.
func sum(all pledges, l *task.Loaded) error {
	for p, err := range all.pledges() {
		if err != nil {
			return err
		}
		l.Pledges++
		for i, b := range sha256.Sum256(p.AppendJSON(nil)) {
			l.Sum[i] += b
		}
	}
	return nil
}
