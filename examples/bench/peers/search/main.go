// Command search looks for texts in pledges with package tally. Its argument is a file:
// the name of a file of pledges, how often to search, and then a text a line. With the
// build tag nosearch it only reads: what is missing then is what searching takes on a page.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// answer is what each tool answers.
type answer struct {
	Load  float64    `json:"load"`  // seconds before anything can be looked for
	Times []float64  `json:"times"` // of each text, the best
	Found [][]string `json:"found"` // the first digits of the IDs, in order
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	job, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(string(job), "\n"), "\n")
	rounds, err := strconv.Atoi(lines[1])
	if err != nil {
		return err
	}
	text, err := os.ReadFile(lines[0])
	if err != nil {
		return err
	}
	r := tally.Reader{Items: true}
	if _, err := r.Write(text); err != nil {
		return err
	}
	feed, err := r.Close()
	if err != nil {
		return err
	}
	a := answer{}
	start := time.Now()
	prepare(feed.Index)
	a.Load = time.Since(start).Seconds()
	for _, text := range lines[2:] {
		best := math.Inf(1)
		for range rounds {
			start := time.Now()
			search(feed.Index, text, 20)
			best = min(best, time.Since(start).Seconds())
		}
		a.Times = append(a.Times, best)
		a.Found = append(a.Found, search(feed.Index, text, 1000))
	}
	return json.NewEncoder(os.Stdout).Encode(a)
}
