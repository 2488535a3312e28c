package main

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// columns are by their names.
type columns map[string][]byte

// columnsOf returns what is counted and listed of pledges, which are in the order of
// their ids.
func columnsOf(b *pledge.Book) columns {
	c := columns{}
	number := func(name string, n uint64) { c[name] = binary.AppendUvarint(c[name], n) }
	signed := func(name string, n int64) { c[name] = binary.AppendVarint(c[name], n) }
	text := func(name, s string) { c[name] = append(append(c[name], s...), '\n') }
	known := map[string]map[string]uint64{}
	word := func(name, value string) {
		if known[name] == nil {
			known[name] = map[string]uint64{}
		}
		n, ok := known[name][value]
		if !ok {
			n = uint64(len(known[name]))
			known[name][value] = n
			text("words of "+name, value)
		}
		number(name, n)
	}
	day := int64(0)
	for p := range b.All() {
		c["ids"] = append(c["ids"], p.ID[:]...)
		announced := daysOf(p.Announced)
		signed("announced", announced-day)
		seconds, nanos := p.Updated.Unix()
		signed("updated", seconds/86400-announced)
		c["seconds"] = append(c["seconds"], byte(seconds%86400>>16), byte(seconds>>8), byte(seconds))
		if day = announced; nanos != 0 {
			number("nanos", uint64(nanos))
		}
		word("kinds", fmt.Sprint(p.Type, p.Status, p.Mirror, p.Language, p.Implementation.Global, p.Announced.Month(), p.Announced.Day() == 0))
		word("natures", fmt.Sprint(p.Natures.Bits()))
		word("principles", fmt.Sprint(p.Principles.Bits()))
		word("places", written(p.Implementation.States))
		word("themes", strings.Join(p.Themes, " "))
		number("objectives", uint64(p.Objectives.Len()))
		for o := range p.Objectives.All() {
			number("objectives", uint64(o))
		}
		number("joint", uint64(len(p.Pledgers)))
		for _, by := range p.Pledgers {
			word("pledgers", fmt.Sprintln(by.Name, by.Category, by.State))
		}
		number("sums", uint64(len(p.Contributions)))
		for _, give := range p.Contributions {
			text("money", fmt.Sprint(give.Money, give.Stage))
		}
		text("titles", p.Title)
		text("links", strings.Join(p.Links, " "))
	}
	return c
}

// all returns the columns one after the other, texts at the end.
func (c columns) all() (all []byte) {
	var names []string
	for name := range c {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, c[name]...)
	}
	return all
}

// daysOf returns the days from 1970 to a date, or to the first of its month or year.
func daysOf(d gcm.Date) int64 {
	return time.Date(d.Year(), time.Month(max(d.Month(), 1)), max(d.Day(), 1), 0, 0, 0, 0, time.UTC).Unix() / 86400
}
