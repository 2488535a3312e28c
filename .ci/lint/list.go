package main

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strings"
)

// An entry passes over what a tool finds: a check, or each for "*", at a place.
// The place is a directory with all below it ("examples/", or "/" for the
// repository), or a declaration of a package ("gcm:Date.MarshalText").
type entry struct {
	tool, check, place, reason string
	line                       int
	used                       bool
}

// parse reads the list: four columns, separated by tabs, the first line names them.
func parse(r io.Reader) ([]*entry, error) {
	var entries []*entry
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if n == 1 {
			continue
		}
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 4 {
			return nil, fmt.Errorf("line %d: %d columns, not 4", n, len(c))
		}
		for _, text := range c {
			if strings.TrimSpace(text) == "" {
				return nil, fmt.Errorf("line %d: a column is empty", n)
			}
		}
		if !strings.HasSuffix(c[2], "/") && !strings.Contains(c[2], ":") {
			return nil, fmt.Errorf("line %d: %q is neither a directory with a slash at its end nor PACKAGE:DECLARATION", n, c[2])
		}
		entries = append(entries, &entry{tool: c[0], check: c[1], place: c[2], reason: c[3], line: n})
	}
	return entries, lines.Err()
}

func (e *entry) matches(f finding) bool {
	if e.tool != f.tool || e.check != "*" && e.check != f.check {
		return false
	}
	if strings.HasSuffix(e.place, "/") {
		return e.place == "/" || strings.HasPrefix(f.file, e.place)
	}
	return e.place == path.Dir(f.file)+":"+f.function
}

// sift returns what no entry passes over, and the entries that match nothing.
func sift(found []finding, entries []*entry) (left []finding, unused []*entry) {
	for _, f := range found {
		passed := false
		for _, e := range entries {
			if e.matches(f) {
				e.used, passed = true, true
			}
		}
		if !passed {
			left = append(left, f)
		}
	}
	for _, e := range entries {
		if !e.used {
			unused = append(unused, e)
		}
	}
	return left, unused
}
