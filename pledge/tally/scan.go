package tally

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// margin is how many bytes behind a record may be looked at.
const margin = 48

// plainDepth is how deep values nest that are plain.
const plainDepth = 3

// scan reads a record that b begins with, and of which the structure is as plain
// as that of nearly all records: names that are known and not escaped, each once.
// A value that isn't plain is read like everywhere else. It returns the size of
// the record; 0 where anything else is in it, or it isn't whole in the first n
// bytes. Such a record is to be read by [decoder.read], which says the same of any
// other.
//
// It is one function with as few calls as can be: they are what reading in a
// page would take most of its time for.
//
// Pledgers and places are only told where they stand: before [decoder.lookUp] has
// found them, nobody knows whether the record is what it is taken for.
func (d *decoder) scan(b []byte, n int, w *waiting) (size int) {
	if d.ask(w); n <= 0 || b[0] != '{' {
		return 0
	}
	e := &w.entry
	d.begin(e)
	met, last := uint64(0), &d.first
	for i := 1; i < n; i++ {
		if b[i] <= ' ' {
			i = d.blanks(b, i)
		}
		p := (*[17]byte)(b[i:])
		head, tail := word((*[8]byte)(p[1:])), word((*[8]byte)(p[9:]))
		name := last.next
		if name == nil || !name.is(head, tail) {
			if name = d.words.at(head, tail, 1); name == nil {
				return 0
			}
			last.next = name
		}
		if p[0] != '"' || met&name.bit != 0 {
			return 0
		}
		met |= name.bit
		last = name
		if i += name.size; b[i] <= ' ' {
			i = d.blanks(b, i)
		}
		if i >= n {
			return 0
		}

		end := 0 // of the value; 0 if it isn't plain
		switch name.meaning {
		case fieldID:
			if b[i] == '"' && b[i+37] == '"' {
				if id, err := wire.ParseID(view(b[i+1 : i+37])); err == nil {
					e.id, end = id, i+38
				}
			}
		case fieldUpdated:
			if b[i] == '"' && b[i+21] == '"' {
				if t, err := gcm.ParseInstant(view(b[i+1 : i+21])); err == nil {
					e.updated, end = t, i+22
				}
			}
		case fieldType:
			if v, size := d.code(b[i:], name, typeCode); size > 0 {
				e.kind, end = gcm.Type(v), i+size
			}
		case fieldStatus:
			if v, size := d.code(b[i:], name, statusCode); size > 0 {
				e.status, end = gcm.Status(v), i+size
			}
		case fieldMirror:
			if string(b[i:i+4]) == "true" {
				e.mirror, end = gcm.Yes, i+4
			}
		case fieldNatures:
			end = d.natures(b, i, name, e)
		case fieldObjectives:
			e.objectives, end = plainObjectives(b, i)
		case fieldPledgers:
			if !d.items {
				end = d.pledgers(b, i, n, w)
			}
		case fieldImplementation:
			end = d.implementation(b, i, n, w)
		case fieldAnnounced:
			end = d.announced(b, i, e)
		case fieldTitle, fieldLanguage, otherField:
			if !d.items {
				end = text(b, i, n)
			}
		}
		if end == 0 {
			if end = d.value(b[:n], i, name.meaning, e); end == 0 {
				return 0
			}
		}

		if i = end; b[i] <= ' ' {
			i = d.blanks(b, i)
		}
		if b[i] != ',' {
			if b[i] == '}' && i < n {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

// code reads a code of a kind, and returns its size with the quotes; 0 if there is
// none.
func (d *decoder) code(b []byte, name *knownWord, kind uint8) (value uint8, size int) {
	p := (*[17]byte)(b)
	head, tail := word((*[8]byte)(p[1:])), word((*[8]byte)(p[9:]))
	known := name.code
	if known == nil || !known.is(head, tail) {
		if known = d.codes.at(head, tail, 0); known == nil {
			return 0, 0
		}
		name.code = known
	}
	if known.meaning&kindMask != kind || p[0] != '"' {
		return 0, 0
	}
	return known.meaning &^ kindMask, known.size
}

// value reads a value that isn't plain, and returns where it ends; 0 if there is
// anything to say about it.
func (d *decoder) value(record []byte, i int, field uint8, e *entry) int {
	d.wire.Member(record, i)
	d.member(int(field), e)
	end, ok := d.wire.Offset()
	if !ok || d.wire.Deepest() > d.depth || d.lines && bytes.IndexByte(record[i:end], '\n') >= 0 {
		return 0
	}
	return end
}

// blanks returns the index of the first byte from b[i] on that isn't a blank, or
// is the end of a record as it ends its line.
func (d *decoder) blanks(b []byte, i int) int {
	for i < len(b)-margin && (b[i] == ' ' || b[i] == '\n' && !d.lines || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// plainText returns the end of a string of ASCII without escapes.
func plainText(b []byte, i, n int) int {
	if b[i] != '"' {
		return 0
	}
	if i = special(b, i+1, n); i < n && b[i] == '"' {
		return i + 1
	}
	return 0
}

// text returns the end of a string of which nothing can be said, as of one with
// half a character.
func text(b []byte, i, n int) int {
	if b[i] != '"' {
		return 0
	}
	for i++; ; {
		if i = special(b, i, n); i >= n {
			return 0
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c == '\\' && b[i+1] != 'u':
			if strings.IndexByte(`"\/bfnrt`, b[i+1]) < 0 {
				return 0
			}
			i += 2
		case c == '\\':
			code := hex(b[i+2])<<12 | hex(b[i+3])<<8 | hex(b[i+4])<<4 | hex(b[i+5])
			if code > 0xffff || code>>11 == 0xd800>>11 { // the latter come in pairs
				return 0
			}
			i += 6
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:n])
			if r == utf8.RuneError && size == 1 {
				return 0
			}
			i += size
		default:
			return 0
		}
	}
}

// hex returns the value of a digit, and a number of more than four digits for
// anything else.
func hex(c byte) uint32 {
	switch {
	case c-'0' <= 9:
		return uint32(c - '0')
	case c|0x20-'a' <= 5:
		return uint32(c|0x20-'a') + 10
	}
	return 1 << 16
}

// special returns the index of the first byte from b[i] on that doesn't stand for
// itself, and alone, in a string; at least n if there is none before that.
func special(b []byte, i, n int) int {
	for ; i < n; i += 16 {
		p := (*[16]byte)(b[i:])
		if m := specialByte(word((*[8]byte)(p[:]))); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		if m := specialByte(word((*[8]byte)(p[8:]))); m != 0 {
			return i + 8 + bits.TrailingZeros64(m)>>3
		}
	}
	return i
}

// specialByte returns a number with the high bit of the first byte in x that
// doesn't stand for itself, and alone, in a string. Bits behind it mean nothing.
func specialByte(x uint64) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	quote, backslash := x^low*'"', x^low*'\\'
	return (x | (x - low*' ') | (quote - low) | (backslash - low)) & high
}

// plainObjectives reads an array of objectives without blanks.
func plainObjectives(b []byte, i int) (set objectives.Set, end int) {
	if b[i] != '[' {
		return set, 0
	}
	for {
		first, second := b[i+1]-'0', b[i+2]-'0'
		if i += 2; first < 1 || first > 9 {
			return objectives.Set{}, 0
		}
		if second <= 9 {
			first = first*10 + second
			i++
		}
		if first > objectives.Count || b[i] != ',' && b[i] != ']' {
			return objectives.Set{}, 0
		}
		if set = set.With(objectives.Objective(first)); b[i] == ']' {
			return set, i + 1
		}
		if i >= len(b)-margin {
			return objectives.Set{}, 0
		}
	}
}

// natures reads an array of natures without blanks.
func (d *decoder) natures(b []byte, i int, name *knownWord, e *entry) int {
	if b[i] != '[' {
		return 0
	}
	set := e.natures
	for {
		v, size := d.code(b[i+1:], name, natureCode)
		if size == 0 {
			return 0
		}
		set = set.With(gcm.Nature(v))
		if i += 1 + size; b[i] == ']' {
			e.natures = set
			return i + 1
		}
		if b[i] != ',' || i >= len(b)-margin {
			return 0
		}
	}
}

// pledgers notes where pledgers stand in an array of them. It looks for nothing
// but braces: what is between them has to be looked up.
func (d *decoder) pledgers(b []byte, i, n int, w *waiting) int {
	w.at = i
	asked := &d.asked.pledgers
	if b[i] != '[' {
		return 0
	}
	for {
		hash, end := d.names.pledgers.object(b, i+1, n)
		if end == 0 || b[end] != ',' && b[end] != ']' {
			return 0
		}
		if len(*asked)-w.asked.pledgers.first == MaxPledgers {
			return 0
		}
		*asked = append(*asked, spelled{start: i + 1, end: end, hash: hash})
		if i = end; b[i] == ']' {
			w.end, w.asked.pledgers.end = i+1, len(*asked)
			return w.end
		}
	}
}

// implementation notes where a place stands.
func (d *decoder) implementation(b []byte, i, n int, w *waiting) int {
	hash, end := d.names.places.object(b, i, n)
	if end > 0 {
		d.asked.places = append(d.asked.places, spelled{start: i, end: end, hash: hash})
		w.asked.places.end = len(d.asked.places)
	}
	return end
}

// announced reads a day or a month.
func (d *decoder) announced(b []byte, i int, e *entry) int {
	size := 10
	if b[i+8] == '"' {
		size = 7
	}
	if b[i] != '"' || b[i+size+1] != '"' {
		return 0
	}
	date, err := gcm.ParseDate(view(b[i+1 : i+1+size]))
	if err != nil {
		return 0
	}
	e.announced = date
	return i + size + 2
}

// view returns bytes as a text that holds as long as they do.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
