// Command pagecost prints what a page with the widget costs in Chromium and Firefox:
// bytes, time from the navigation to a live number, processor time of the page's own
// thread and of the worker, memory of the engine, and time from a click, or from a
// revision, to the painted result. Server and browser are on the same machine, so no
// time is the network's; see slowphone for that. It needs the browsers on Linux, and a
// machine that does nothing else.
//
//	go run ./wasm/internal/pagecost
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

func main() {
	log.SetFlags(0)
	if err := run(context.Background(), os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("pagecost: ", err)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("pagecost", flag.ContinueOnError)
	names := flags.String("browsers", "chromium,firefox", "the `browsers`")
	sizes := flags.String("pledges", "158,1000,10000,50000", "`numbers` of pledges to measure memory, clicks and revisions with")
	dist := flags.String("dist", "", "`directory` that wasm/build has made; if empty it is made anew")
	runs := flags.Int("runs", 3, "how many `times` each page is opened; what is printed is the least")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir := *dist
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "gcmkit-pagecost-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if _, err := bundle.Build(ctx, bundle.Options{Dir: dir}); err != nil {
			return err
		}
	}
	if err := printBytes(dir); err != nil {
		return err
	}
	t := table{head: []string{""}}
	for _, name := range strings.Split(*names, ",") {
		t.head = append(t.head, name)
		if err := t.measure(ctx, name, dir, *sizes, *runs); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t.print()
	return nil
}

// printBytes prints how large the files of a page are.
func printBytes(dir string) error {
	fmt.Print("| file | brotli | gzip |\n| --- | ---: | ---: |\n")
	for _, pattern := range []string{"gcm-pledges.js", "gcm-pledges*.wasm"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		if len(files) == 0 {
			return fmt.Errorf("no %s was built", pattern)
		}
		for _, file := range files {
			fmt.Printf("| %s ", pattern)
			for _, coding := range []string{".br", ".gz"} {
				info, err := os.Stat(file + coding)
				if err != nil {
					return err
				}
				fmt.Printf("| %d ", info.Size())
			}
			fmt.Println("|")
		}
	}
	fmt.Println()
	return nil
}

// table has a column for each browser.
type table struct {
	head []string
	rows [][]string
	next int
}

// add adds a cell to the next row.
func (t *table) add(what, cell string) {
	if t.next == len(t.rows) {
		t.rows = append(t.rows, []string{what})
	}
	t.rows[t.next] = append(t.rows[t.next], cell)
	t.next++
}

func (t *table) print() {
	line := func(cells []string) { fmt.Println("| " + strings.Join(cells, " | ") + " |") }
	line(t.head)
	line(append([]string{"---"}, strings.Split(strings.Repeat("---: ", len(t.head)-1), " ")[:len(t.head)-1]...))
	for _, row := range t.rows {
		line(row)
	}
}

// measure adds the column of a browser.
func (t *table) measure(ctx context.Context, name, dir, sizes string, runs int) error {
	t.next = 0
	few, err := newSite(dir, 158)
	if err != nil {
		return err
	}
	defer few.Close()
	for _, n := range []int{1, 10} {
		var first, again opened
		for i := range max(1, runs) {
			a, b, err := cold(ctx, name, few, n)
			if err != nil {
				return err
			}
			if i == 0 || a.last < first.last {
				first = a
			}
			if i == 0 || b.last < again.last {
				again = b
			}
		}
		what := "a live number"
		if n > 1 {
			what = "the tenth of ten widgets"
		}
		t.add("from navigation to "+what+", first visit", milliseconds(first.last))
		t.add("the same, files in the cache", milliseconds(again.last))
		t.add("processor: page’s own thread, first visit", milliseconds(first.page.Seconds()*1000))
		t.add("processor: worker’s thread", milliseconds(first.worker.Seconds()*1000))
		t.add("processor: compiling and others, beside them", milliseconds(first.others.Seconds()*1000))
	}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		if err := t.measureUse(ctx, name, dir, n); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) measureUse(ctx context.Context, name, dir string, n int) error {
	s, err := newSite(dir, n)
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := browser.Launch(ctx, name, browser.Options{})
	if err != nil {
		return err
	}
	defer b.Close()
	u, err := use(b, s)
	if err != nil {
		return err
	}
	with := fmt.Sprintf(", %d pledges", n)
	t.add("memory of the engine"+with, fmt.Sprintf("%.1f MB", u.memory/1e6))
	t.add("from a click to the painted result"+with, milliseconds(u.click))
	t.add("from a key in the search box to the painted result"+with, milliseconds(u.key))
	t.add("the same, the slowest of 17 keys"+with, milliseconds(u.slowest))
	t.add("memory of the engine after searches"+with, fmt.Sprintf("%.1f MB", u.searched/1e6))
	t.add("from a revision to the painted number"+with, milliseconds(u.revision))
	return nil
}

func milliseconds(ms float64) string {
	return (time.Duration(ms*10) * (time.Millisecond / 10)).String()
}
