//go:build sqlite

package main

import (
	"database/sql"
	"strings"
)

// batch is how many rows are inserted at once.
const batch = 50

// inserter inserts rows into a table, a batch at a time. Its error stays until
// the end.
type inserter struct {
	tx      *sql.Tx
	into    string // the table with its columns
	columns int

	many *sql.Stmt
	args []any
	err  error
}

func (i *inserter) add(row ...any) {
	i.args = append(i.args, row...)
	if len(i.args) < batch*i.columns || i.err != nil {
		return
	}
	if i.many == nil {
		if i.many, i.err = i.tx.Prepare(i.statement(batch)); i.err != nil {
			return
		}
	}
	_, i.err = i.many.Exec(i.args...)
	i.args = i.args[:0]
}

// end inserts the rows that are left.
func (i *inserter) end() error {
	if i.err == nil && len(i.args) > 0 {
		_, i.err = i.tx.Exec(i.statement(len(i.args)/i.columns), i.args...)
	}
	return i.err
}

func (i *inserter) statement(rows int) string {
	row := "(" + strings.Repeat("?,", i.columns-1) + "?)"
	return "insert into " + i.into + " values " + strings.Repeat(row+",", rows-1) + row
}
