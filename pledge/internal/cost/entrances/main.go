// Command entrances gives everything that takes foreign input the shapes of package
// cost, and writes what that cost: a line of JSON for each of them. It is built
// with -cover -covermode=atomic, or no statements are counted.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/gcmkit/gcmkit/pledge/internal/cost"
)

// entrance is something that takes foreign input.
type entrance struct {
	name   string
	shapes []cost.Shape
	take   func(input []byte)
}

// Line is what is written for an entrance and a shape.
type Line struct {
	Entrance, Shape string
	Bytes           int
	Work            [3]cost.Work // for so many bytes, twice and four times as many
}

func main() {
	large := flag.Bool("large", false, "take inputs that are eight times as large")
	flag.Parse()
	bytes := 32 << 10 // of the smallest input
	if *large {
		bytes *= 8
	}
	out := json.NewEncoder(os.Stdout)
	for _, e := range entrances() {
		for _, shape := range e.shapes {
			line := Line{Entrance: e.name, Shape: shape.Name, Bytes: bytes}
			e.take(shape.Make(bytes / 4)) // what is made only once
			for i := range line.Work {
				input := shape.Make(bytes << i)
				clear()
				line.Work[i] = cost.Allocated(func() { e.take(input) })
				line.Work[i].Statements = statements()
			}
			if err := out.Encode(line); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}
