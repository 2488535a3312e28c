// Quickstart reads a feed of pledges, counts them and prints what it counted:
//
//	go run ./examples/quickstart [FILE]
//
// Without a file it reads the illustrative feed of the examples.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

func main() {
	log.SetFlags(0)
	var in io.Reader = bytes.NewReader(data.Reference())
	if len(os.Args) > 1 {
		file, err := os.Open(os.Args[1])
		if err != nil {
			log.Fatal(err)
		}
		defer file.Close()
		in = file
	}

	var book pledge.Book
	loaded, err := book.Load(in)
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range loaded.Problems {
		log.Print(p)
	}

	all := book.Count(tally.Query{})
	fmt.Printf("%s, as of %s\n", loaded.Header.Title, loaded.Header.AsOf)
	fmt.Printf("%d pledges, %d of them by %d Member States\n", all.Total, all.ByMemberStates, all.MemberStates)
	for o := range objectives.All() {
		short, _ := o.Short(gcm.English)
		fmt.Printf("%4d  %2d. %s\n", all.Objectives[o], o, short)
	}
	africa := book.Count(tally.Query{Region: tally.AnyOf(gcm.Africa), Objective: tally.AnyOf(objectives.Objective(7))})
	fmt.Printf("%d pledges on objective 7 from Africa\n", africa.Total)
	for _, s := range all.Sums {
		stage := "at no stated stage"
		if s.Stage.IsValid() {
			stage = s.Stage.String()
		}
		fmt.Printf("%s %s %s, by %d pledges\n", s.Currency, s.Sum.Amount(s.Currency), stage, s.Number)
	}
}
