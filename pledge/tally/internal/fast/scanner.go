package fast

import (
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/internal/swar"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Margin is how many bytes behind a record may be looked at.
const Margin = 48

// Depth is how deep values nest that are plain.
const Depth = 3

// Scanner reads records that are as plain as nearly all are: names that are known
// and not escaped, each once. It has any value that isn't plain read by its [Slow]
// reader, and leaves any record to it in which anything else comes up.
//
// Pledgers and places are only noted: finding one of many is mostly waiting for
// memory, so records wait in a batch ([Scanner.Wait]) until what all of them ask for
// is brought at once ([Scanner.Prefetch]) and found ([Scanner.Resolve]).
type Scanner struct {
	Pledgers *intern.Texts // their numbers, by how they are written in JSON
	Places   *intern.Texts // what [Place] returns, by how places are written in JSON
	Lines    bool          // a line break ends a record

	names keywords // of fields, with their numbers
	first keyword  // in front of the first name
	codes keywords
	other wire.Span // of a field that nobody looks at

	// What the records of the batch have noted, and how much of that is of records
	// that wait.
	pledgers, places []intern.Lookup
	waiting          struct{ pledgers, places int }
}

// Slow is the reader of what isn't plain.
type Slow interface {
	// Value reads the value of a field that begins at record[i], and returns where it
	// ends; 0 if there is anything to say about it.
	Value(record []byte, i int, field Field) int
}

// Fields are what a scanner reads of a record by itself.
type Fields struct {
	_          [0]func() // without a function that compares two, which would be in the page
	ID         [16]byte
	Updated    gcm.Instant
	Announced  gcm.Date
	Deadline   gcm.Date
	Place      uint32 // number of the place in which it is implemented; 0 if it names no State
	Objectives objectives.Set
	Principles gcm.PrincipleSet
	Natures    gcm.NatureSet
	Type       gcm.Type
	Status     gcm.Status
	Mirror     gcm.Answer
	Global     bool
}

// Listed is where in a record stands what only lists show. A language or a link that
// isn't stated is empty.
type Listed struct {
	_                     [0]func() // without a function that compares two, which would be in the page
	Title, Language, Link wire.Span
}

// Pending is a record that has been scanned but for its pledgers and its place.
type Pending struct {
	Text []byte // of the record
	Listed
	pledgers, places span // of those that its scanner has noted
	at, end          int  // where the array of pledgers begins, and seems to end
}

// span is a part of a list.
type span struct{ first, end int }

// Place returns the number of a place, and whether a pledge is implemented globally,
// as one number.
func Place(number uint32, global bool) uint32 {
	number <<= 1
	if global {
		number++
	}
	return number
}

// PlaceNumber returns the number of a place that [Place] has been given.
func PlaceNumber(written uint32) uint32 { return written >> 1 }

// Init readies a scanner, which has to be done once.
func (s *Scanner) Init() {
	for i, name := range fieldNames {
		s.names.add(name, `":`, uint8(i+1))
	}
	for _, name := range [...]string{"ref", "description", "matches", "champion", "source"} {
		s.Ignore(name)
	}
	for v := gcm.Type(1); v.IsValid(); v++ {
		s.codes.add(v.String(), `"`, typeCode|uint8(v))
	}
	for v := gcm.Status(1); v.IsValid(); v++ {
		s.codes.add(v.String(), `"`, statusCode|uint8(v))
	}
	for v := gcm.Nature(1); v.IsValid(); v++ {
		s.codes.add(v.String(), `"`, natureCode|uint8(v))
	}
}

// Ignore says that records may have a field of this name, which isn't looked at.
func (s *Scanner) Ignore(name string) { s.names.add(name, `":`, uint8(otherField)) }

// The kinds of codes, beside a value.
const (
	typeCode = iota << 5
	statusCode
	natureCode
	kindMask = 7 << 5
)

// Scan reads a record that b begins with into f, which is empty. It returns the size
// of the record; 0 where it isn't plain, or isn't whole in the first n bytes. Such a
// record is to be read by a slow reader, which says the same of any other.
//
// It is one function with as few calls as can be: they are what reading in a
// page would take most of its time for.
//
// Of pledgers and places it only notes where they stand: before [Scanner.Resolve]
// has found them, it isn't certain that the record is plain.
func (s *Scanner) Scan(b []byte, n int, f *Fields, p *Pending, slow Slow) (size int) {
	s.pledgers, s.places = s.pledgers[:s.waiting.pledgers], s.places[:s.waiting.places]
	p.pledgers, p.places = span{s.waiting.pledgers, s.waiting.pledgers}, span{s.waiting.places, s.waiting.places}
	p.Listed = Listed{}
	if n <= 0 || b[0] != '{' {
		return 0
	}
	met, last := uint64(0), &s.first
	for i := 1; i < n; i++ {
		if b[i] <= ' ' {
			i = s.blanks(b, i)
		}
		w := (*[17]byte)(b[i:])
		head, tail := swar.Word((*[8]byte)(w[1:])), swar.Word((*[8]byte)(w[9:]))
		name := last.next
		if name == nil || !name.is(head, tail) {
			if name = s.names.at(head, tail, 1); name == nil {
				return 0
			}
			last.next = name
		}
		if w[0] != '"' || met&name.bit != 0 {
			return 0
		}
		met |= name.bit
		last = name
		if i += name.size; b[i] <= ' ' {
			i = s.blanks(b, i)
		}
		if i >= n {
			return 0
		}

		end := 0 // of the value; 0 if it isn't plain
		switch Field(name.meaning) {
		case FieldID:
			if b[i] == '"' && b[i+37] == '"' {
				if id, err := wire.ParseID(view(b[i+1 : i+37])); err == nil {
					f.ID, end = id, i+38
				}
			}
		case FieldUpdated:
			if b[i] == '"' && b[i+21] == '"' {
				if t, err := gcm.ParseInstant(view(b[i+1 : i+21])); err == nil {
					f.Updated, end = t, i+22
				}
			}
		case FieldType:
			if v, size := s.code(b[i:], name, typeCode); size > 0 {
				f.Type, end = gcm.Type(v), i+size
			}
		case FieldStatus:
			if v, size := s.code(b[i:], name, statusCode); size > 0 {
				f.Status, end = gcm.Status(v), i+size
			}
		case FieldMirror:
			if string(b[i:i+4]) == "true" {
				f.Mirror, end = gcm.Yes, i+4
			}
		case FieldNatures:
			end = s.natures(b, i, name, f)
		case FieldObjectives:
			f.Objectives, end = plainObjectives(b, i)
		case FieldPledgers:
			end = s.notePledgers(b, i, n, p)
		case FieldImplementation:
			end = s.notePlace(b, i, n, p)
		case FieldAnnounced:
			end = date(b, i, &f.Announced)
		case FieldDeadline:
			end = date(b, i, &f.Deadline)
		case FieldTitle:
			end = noteText(b, i, n, &p.Title)
		case FieldLanguage:
			end = noteText(b, i, n, &p.Language)
		case FieldLinks:
			end = noteLink(b, i, n, &p.Link)
		case otherField:
			end = noteText(b, i, n, &s.other)
		}
		if end == 0 {
			if end = slow.Value(b[:n], i, Field(name.meaning)); end == 0 {
				return 0
			}
		}

		if i = end; b[i] <= ' ' {
			i = s.blanks(b, i)
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
func (s *Scanner) code(b []byte, name *keyword, kind uint8) (value uint8, size int) {
	w := (*[17]byte)(b)
	head, tail := swar.Word((*[8]byte)(w[1:])), swar.Word((*[8]byte)(w[9:]))
	known := name.code
	if known == nil || !known.is(head, tail) {
		if known = s.codes.at(head, tail, 0); known == nil {
			return 0, 0
		}
		name.code = known
	}
	if known.meaning&kindMask != kind || w[0] != '"' {
		return 0, 0
	}
	return known.meaning &^ kindMask, known.size
}

// blanks returns the index of the first byte from b[i] on that isn't a blank, or
// is the end of a record as it ends its line.
func (s *Scanner) blanks(b []byte, i int) int {
	for i < len(b)-Margin && (b[i] == ' ' || b[i] == '\n' && !s.Lines || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
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
		if i >= len(b)-Margin {
			return objectives.Set{}, 0
		}
	}
}

// natures reads an array of natures without blanks.
func (s *Scanner) natures(b []byte, i int, name *keyword, f *Fields) int {
	if b[i] != '[' {
		return 0
	}
	set := f.Natures
	for {
		v, size := s.code(b[i+1:], name, natureCode)
		if size == 0 {
			return 0
		}
		set = set.With(gcm.Nature(v))
		if i += 1 + size; b[i] == ']' {
			f.Natures = set
			return i + 1
		}
		if b[i] != ',' || i >= len(b)-Margin {
			return 0
		}
	}
}

// noteText notes where a string stands.
func noteText(b []byte, i, n int, t *wire.Span) (end int) {
	if *t = text(b, i, n); t.End > 0 {
		end = t.End + 1
	}
	return end
}

// noteLink notes the first link of an array of strings without blanks.
func noteLink(b []byte, i, n int, link *wire.Span) int {
	if b[i] != '[' {
		return 0
	}
	for range wire.MaxLinks {
		t := text(b, i+1, n)
		if t.End == 0 || t.Escaped {
			return 0
		}
		if link.End == 0 && IsLink(view(b[t.Start:t.End])) {
			*link = t
		}
		if i = t.End + 1; b[i] == ']' {
			return i + 1
		}
		if b[i] != ',' {
			return 0
		}
	}
	return 0
}

// date reads a day or a month.
func date(b []byte, i int, d *gcm.Date) int {
	size := 10
	if b[i+8] == '"' {
		size = 7
	}
	if b[i] != '"' || b[i+size+1] != '"' {
		return 0
	}
	read, err := gcm.ParseDate(view(b[i+1 : i+1+size]))
	if err != nil {
		return 0
	}
	*d = read
	return i + size + 2
}

// view returns bytes as a text that holds as long as they do.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
