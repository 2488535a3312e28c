//go:build sqlite

package main

import (
	"database/sql"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

const schema = `
	pragma journal_mode = off;
	pragma synchronous = off;
	pragma temp_store = memory;
	create table pledge(id integer primary key, month text not null);
	create table item(id integer primary key, uuid text not null, updated text not null, announced text not null, title text not null, pledger integer not null, link text not null);
	create table pledge_objective(pledge integer not null, objective integer not null);
	create table pledge_region(pledge integer not null, region integer not null);
	create table pledger(id integer primary key, name text not null);
	create table pledge_pledger(pledge integer not null, pledger integer not null);`

// indexes are what a click needs: the pledges of a value, and the values of a
// pledge.
const indexes = `
	create index objective_pledge on pledge_objective(objective, pledge);
	create index region_pledge on pledge_region(region, pledge);
	create index pledge_objective_ on pledge_objective(pledge, objective);
	create index pledge_region_ on pledge_region(pledge, region);
	create index pledge_pledger_ on pledge_pledger(pledge, pledger);
	create temp table selection(id integer primary key);
	analyze;`

// newest returns a query that gives rows of the newest pledges of some.
func newest(of string) string {
	const order = ` order by announced desc, updated desc, uuid`
	return `select 'item', uuid, 0, title, name, announced, link from (select i.* from ` + of + order + ` limit 10) i join pledger p on p.id = i.pledger` + order
}

// A query gives rows of what is counted, its value and its number.
var everything = []string{
	`select 'total', null, count(*) from pledge`,
	`select 'objective', objective, count(*) from pledge_objective group by objective`,
	`select 'objective', 0, (select count(*) from pledge) - (select count(distinct pledge) from pledge_objective)`,
	`select 'region', region, count(*) from pledge_region group by region`,
	`select 'region', 0, (select count(*) from pledge) - (select count(distinct pledge) from pledge_region)`,
	`select 'pledgers', null, count(*) from pledger`,
	`select 'month', month, count(*) from pledge group by month`,
}

// cross join keeps SQLite from going through a whole index rather than through
// the selection: ten times as fast.
var selected = []string{
	`delete from selection`,
	`insert into selection select o.pledge from pledge_objective o join pledge_region r using (pledge) where o.objective = ?1 and r.region = ?2`,
	`select 'total', null, count(*) from selection`,
	`select 'objective', objective, count(*) from selection s cross join pledge_objective o on o.pledge = s.id group by objective`,
	`select 'region', region, count(*) from selection s cross join pledge_region r on r.pledge = s.id group by region`,
	`select 'pledgers', null, count(distinct pledger) from selection s cross join pledge_pledger p on p.pledge = s.id`,
	`select 'month', month, count(*) from selection s cross join pledge p on p.id = s.id group by month`,
}

// prepare returns what runs the queries one after the other. Those that give
// no rows come first.
func prepare(db *sql.DB, queries []string) (task.CountFunc, error) {
	var all []*sql.Stmt
	for _, q := range queries {
		s, err := db.Prepare(q)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return func(f task.Filter) (func() task.Result, error) {
		result := task.Result{Months: map[string]int{}}
		for i, s := range all {
			var args []any
			if i == 1 && f != (task.Filter{}) {
				args = []any{f.Objective, f.Region}
			}
			if err := collect(&result, s, args); err != nil {
				return nil, err
			}
		}
		return func() task.Result { return result }, nil
	}, nil
}

func collect(r *task.Result, s *sql.Stmt, args []any) error {
	rows, err := s.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		var what string
		var value any
		var n int
		var item task.Item
		if err := rows.Scan([]any{&what, &value, &n, &item.Title, &item.Pledger, &item.Announced, &item.Link}[:len(columns)]...); err != nil {
			return err
		}
		switch what {
		case "item":
			item.ID = value.(string)
			r.Newest = append(r.Newest, item)
		case "total":
			r.Total = n
		case "pledgers":
			r.Pledgers = n
		case "objective":
			r.Objectives[value.(int64)] = n
		case "region":
			r.Regions[value.(int64)] = n
		case "month":
			r.Months[value.(string)] = n
		}
	}
	return rows.Err()
}
