// Command entrances gives everything that takes foreign input the shapes of package
// cost, and writes what that cost: a line of JSON for each of them. It is built
// with -cover -covermode=atomic, or no statements are counted.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/gcmkit/gcmkit/pledge/internal/cost"
)

// entrance is something that takes foreign input.
type entrance struct {
	name   string
	bytes  int // of the smallest input; 0 for the usual size
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
	out := json.NewEncoder(os.Stdout)
	for _, e := range entrances() {
		if e.bytes == 0 {
			e.bytes = 128 << 10
		}
		for _, shape := range e.shapes {
			line := Line{Entrance: e.name, Shape: shape.Name, Bytes: e.bytes}
			e.take(shape.Make(e.bytes / 4)) // what is made only once
			for i := range line.Work {
				input := shape.Make(e.bytes << i)
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
