//go:build sqlite

// Command sqlite reads into normalised tables of an SQLite in memory and
// counts with SQL. The lines are parsed in Go and inserted many rows at a
// time: json_each in SQLite, line by line, in batches or over a table of
// documents, takes longer.
//
// The tag sqlite keeps go vet ./... and go test -race ./... from compiling
// SQLite, which takes longer than all the rest together.
package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/examples/bench/task"
	_ "modernc.org/sqlite"
)

func main() { task.Main(load) }

func load(job task.Job) (task.CountFunc, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	if _, err := db.Exec(schema); err != nil {
		return nil, err
	}
	if err := fill(db, job); err != nil {
		return nil, err
	}
	if job.Task == task.Read {
		queries := everything
		if job.Items {
			queries = append(queries[:len(queries):len(queries)], newest(`item i`))
		}
		return prepare(db, queries)
	}
	if _, err := db.Exec(indexes); err != nil {
		return nil, err
	}
	queries := selected
	if job.Items {
		queries = append(queries[:len(queries):len(queries)], newest(`selection s cross join item i on i.id = s.id`))
	}
	return prepare(db, queries)
}

// pledge is what is wanted of a line.
type pledge struct {
	ID         string
	Updated    string
	Title      string
	Links      []string
	Status     string
	Announced  string
	Objectives []int
	Pledgers   []struct{ Name, State string }
}

func fill(db *sql.DB, job task.Job) error {
	file, err := os.Open(job.File)
	if err != nil {
		return err
	}
	defer file.Close()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // in vain if all went well
	pledges := inserter{tx: tx, into: "pledge(id, month)", columns: 2}
	items := inserter{tx: tx, into: "item(id, uuid, updated, announced, title, pledger, link)", columns: 7}
	objectives := inserter{tx: tx, into: "pledge_objective(pledge, objective)", columns: 2}
	regions := inserter{tx: tx, into: "pledge_region(pledge, region)", columns: 2}
	pledgers := inserter{tx: tx, into: "pledger(id, name)", columns: 2}
	by := inserter{tx: tx, into: "pledge_pledger(pledge, pledger)", columns: 2}
	numbers := map[string]int{}
	in := bufio.NewReaderSize(file, 1<<20)
	for id := 0; ; id++ {
		line, err := in.ReadSlice('\n')
		if err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		var p pledge
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		if p.Status == "withdrawn" {
			continue
		}
		pledges.add(id, p.Announced[:len("2022-05")])
		for _, o := range p.Objectives {
			objectives.add(id, o)
		}
		var seen [6]bool
		first := -1
		for _, one := range p.Pledgers {
			number, known := numbers[one.Name]
			if !known {
				number = len(numbers)
				numbers[one.Name] = number
				pledgers.add(number, one.Name)
			}
			by.add(id, number)
			if first < 0 {
				first = number
			}
			if r := job.Regions[one.State]; r != 0 && !seen[r] {
				seen[r] = true
				regions.add(id, r)
			}
		}
		if job.Items {
			link := ""
			if len(p.Links) > 0 {
				link = p.Links[0]
			}
			items.add(id, p.ID, p.Updated, p.Announced, p.Title, first, link)
		}
	}
	for _, i := range []*inserter{&pledges, &items, &objectives, &regions, &pledgers, &by} {
		if err := i.end(); err != nil {
			return err
		}
	}
	return tx.Commit()
}
