package tally

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Facets is the countable part of one revision of a pledge. The zero value is a pledge
// that states nothing and has no ID. Each theme, pledger and State is listed once; an
// [Index] drops what is repeated.
type Facets struct {
	ID      ID
	Updated gcm.Instant // of this revision; the latest one counts

	Type       gcm.Type
	Status     gcm.Status
	Mirror     gcm.Answer
	Natures    gcm.NatureSet
	Objectives objectives.Set
	Principles gcm.PrincipleSet
	Themes     []string
	Pledgers   []Pledger

	Implementing  []gcm.State
	Global        bool
	Announced     gcm.Date
	Deadline      gcm.Date // its month, or its year where it has no month, is counted
	Progress      Progress // what [ProgressOf] returns
	Contributions []Contribution
}

// Pledger is one who pledges, as far as it is counted.
type Pledger struct {
	// Key tells pledgers apart: what [PledgerKey] returns.
	Key      string
	Category gcm.Category
	State    gcm.State
}

// Contribution is an amount of money that a pledge names.
type Contribution struct {
	Money gcm.Money
	Stage gcm.Stage
}

// PledgerKey returns what tells one pledger from another: the State for a
// Member State, otherwise the name without regard to case and blanks, with the
// State in which it is based. Names are compared as they are spelled: "IOM" and
// "International Organization for Migration" are two.
func PledgerKey(name string, category gcm.Category, state gcm.State) string {
	return string(appendPledgerKey(make([]byte, 0, len(name)+len("\nXXX")), name, category, state))
}

// appendPledgerKey appends what [PledgerKey] returns to nothing.
func appendPledgerKey(key []byte, name string, category gcm.Category, state gcm.State) []byte {
	if !pledgesAsState(category, state) {
		for _, r := range name {
			switch n := len(key); {
			case 'a' <= r && r <= 'z': // as most are
				key = append(key, byte(r))
			case !unicode.IsSpace(r):
				key = utf8.AppendRune(key, unicode.ToLower(r))
			case n > 0 && key[n-1] != ' ':
				key = append(key, ' ')
			}
		}
		key = append(bytes.TrimSuffix(key, []byte{' '}), '\n')
	}
	return append(key, state.Alpha3()...)
}

// Supersedes reports whether f is the revision that counts, of two of the same
// pledge: the later one, and of two of the same instant the one whose content
// comes later in an arbitrary but fixed order. So merging is commutative,
// associative and idempotent.
func (f *Facets) Supersedes(other *Facets) bool { return f.Compare(other) > 0 }

// Compare orders revisions by instant, then by content. It is 0 only for
// revisions that count alike.
func (f *Facets) Compare(other *Facets) int {
	if c := f.Updated.Compare(other.Updated); c != 0 {
		return c
	}
	var a, b facts
	f.facts(&a)
	other.facts(&b)
	if c := a.compare(&b); c != 0 {
		return c
	}
	if c := slices.Compare(f.Implementing, other.Implementing); c != 0 {
		return c
	}
	if c := slices.Compare(f.Themes, other.Themes); c != 0 {
		return c
	}
	if c := slices.CompareFunc(f.Pledgers, other.Pledgers, Pledger.compare); c != 0 {
		return c
	}
	if c := slices.CompareFunc(f.Contributions, other.Contributions, Contribution.compare); c != 0 {
		return c
	}
	return f.ID.Compare(other.ID)
}

// facts writes down what is neither a list nor has a number in an index. Values that
// don't exist are not stated.
func (f *Facets) facts(to *facts) {
	to.ID, to.Updated, to.Announced = f.ID, f.Updated, f.Announced
	to.Objectives, to.Principles, to.Natures, to.Global = f.Objectives, f.Principles, f.Natures, f.Global
	to.Type, to.Status, to.Mirror = stated(f.Type), stated(f.Status), stated(f.Mirror)
	to.Deadline, to.progress = monthOf(f.Deadline), f.Progress.counted(f.Deadline)
}

func (p Pledger) compare(q Pledger) int {
	return cmp.Or(strings.Compare(p.Key, q.Key), cmp.Compare(p.Category, q.Category), cmp.Compare(p.State, q.State))
}

func (c Contribution) compare(d Contribution) int {
	return cmp.Or(
		strings.Compare(c.Money.Currency().String(), d.Money.Currency().String()),
		cmp.Compare(c.Money.Minor(), d.Money.Minor()),
		cmp.Compare(stated(c.Stage), stated(d.Stage)),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
