package trim

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
)

// unreflecting are those functions of the packages that look at types which a program has
// that uses none of them: that errors is initialized with them links them in.
var unreflecting = []string{
	"reflect.init", "internal/reflectlite.toType", "internal/reflectlite.elem", "internal/reflectlite.resolveNameOff",
	"internal/reflectlite.rtype.nameOff", "internal/reflectlite.rtype.String", "internal/reflectlite.(*rtype).String",
	"internal/reflectlite.rtype.Len", "internal/reflectlite.(*rtype).Len", "internal/reflectlite.rtype.Elem",
}

// reflects reports whether a program may look at its types, as it does with fmt; and
// whether that isn't known, because the functions have no names.
func (t *tables) reflects() bool {
	named := false
	for name := range bytes.SplitSeq(t.m.at(t.names.start, t.names.size), []byte{0}) {
		if at := bytes.HasPrefix(name, []byte("reflect.")) || bytes.HasPrefix(name, []byte("internal/reflectlite.")); at && !slices.Contains(unreflecting, string(name)) {
			return true
		}
		named = named || bytes.HasPrefix(name, []byte("runtime."))
	}
	return !named
}

// typeName is what all types are called once names are gone. A type may have the name
// of the pointer to it, without the star, so that there must be one.
const typeName = "*"

// trimTypes takes out what is there for package reflect: the names of types, which
// otherwise only messages of panics read, the fields of structs, and the list of types.
// That has pointers to types, and types without a name of their own. What is looked at
// are these and what they point to.
func (t *tables) trimTypes() error {
	types, err := t.types()
	if err != nil || len(types) == 0 {
		return err
	}
	names := make([]name, len(types))
	fields := make([]span, len(types))
	for i, address := range types {
		var ok bool
		if names[i], ok = t.name(t.typed.start + uint64(t.m.half(address+t.l.Type.Str))); !ok || names[i].text[0] != typeName[0] {
			return &LayoutError{"types", "the name of the type at " + at(address) + " isn't one"}
		}
		if fields[i], ok = t.fields(address); !ok {
			return &LayoutError{"types", "the fields of the type at " + at(address) + " aren't some"}
		}
	}
	t.trimFields(types, fields)
	first := t.m.half(types[0] + t.l.Type.Str)
	for i, address := range types {
		clear(names[i].b)
		copy(names[i].b[1:], "\x01"+typeName)
		binary.LittleEndian.PutUint32(t.m.at(address+t.l.Type.Str, 4), first)
		clear(t.m.at(address+t.l.Type.PtrToThis, 4))
	}
	clear(t.m.at(t.links.start, t.links.size))
	return nil
}

// trimFields takes out the names of fields, and the fields that are never read: those of
// structs that aren't hashed field by field, and of which the collector has a map. A name may be that of a method as
// well, which the runtime looks for: then there is its offset among the types.
func (t *tables) trimFields(types []uint64, fields []span) {
	used := make(map[uint32]bool)
	start := max(t.typed.start, (t.m.base+3)&^3)
	for b := t.m.at(start, t.typed.start+t.typed.size-start); len(b) >= 4; b = b[4:] {
		used[binary.LittleEndian.Uint32(b)] = true
	}
	for i, all := range fields {
		if all.size == 0 {
			continue
		}
		address, b := types[i], t.m.at(all.start, all.size)
		for f := b; len(f) > 0; f = f[t.l.Field.Size:] {
			to := f[t.l.Field.Name:][:pointer]
			start := binary.LittleEndian.Uint64(to)
			n, ok := t.name(start)
			if !ok || string(n.text) == "_" { // which isn't hashed
				continue
			}
			clear(to)
			if n.flags&^(exported|embedded) == 0 && !used[uint32(start-t.typed.start)] {
				clear(n.b)
			}
		}
		flags := uint64(t.m.at(address+t.l.Type.TFlag, 1)[0])
		hashed := flags&t.l.Type.Regular == 0 && t.m.word(address+t.l.Type.Equal) != 0
		if !hashed && flags&t.l.Type.OnDemand == 0 {
			clear(b)
			clear(t.m.at(address+t.l.Type.Fields, 3*pointer))
		}
	}
}

// types returns the addresses of types.
func (t *tables) types() (all []uint64, err error) {
	seen := make(map[uint64]bool)
	add := func(address uint64) bool {
		if !t.isTyped(address, t.l.Type.Size+pointer) {
			return false
		}
		if !seen[address] {
			seen[address] = true
			all = append(all, address)
		}
		return true
	}
	for i := range t.links.size / 4 {
		address := t.typed.start + uint64(t.m.half(t.links.start+4*i))
		if !add(address) {
			return nil, &LayoutError{"typelinks", "type " + strconv.FormatUint(i, 10) + " out of bounds"}
		}
		if t.kind(address) == t.l.Type.Pointer && !add(t.m.word(address+t.l.Type.Elem)) {
			return nil, &LayoutError{"typelinks", "what type " + strconv.FormatUint(i, 10) + " points to is out of bounds"}
		}
	}
	return all, nil
}

// isTyped reports whether n bytes at an address are among the types.
func (t *tables) isTyped(address, n uint64) bool {
	end := t.typed.start + t.typed.size
	return address > t.typed.start && address <= end && n <= end-address && t.m.has(address, end-address)
}

func (t *tables) kind(address uint64) uint64 { return uint64(t.m.at(address+t.l.Type.Kind, 1)[0]) }

// fields returns where the fields of a type are; nothing if it has none.
func (t *tables) fields(address uint64) (s span, ok bool) {
	if t.kind(address) != t.l.Type.Struct {
		return s, true
	}
	if !t.isTyped(address, t.l.Type.Fields+3*pointer) {
		return s, false
	}
	start, n := t.m.word(address+t.l.Type.Fields), t.m.word(address+t.l.Type.Fields+pointer)
	if n == 0 {
		return s, true
	}
	s = span{start, n * t.l.Field.Size}
	return s, n <= t.typed.size/t.l.Field.Size && t.isTyped(s.start, s.size)
}

// The flags of names.
const (
	exported = 1 << 0
	embedded = 1 << 3
)

// A name is one of a type or of a field: flags, the length of the text, the text. A tag
// and a package, as the flags say, may follow.
type name struct {
	flags   byte
	b, text []byte
}

// name returns the name at an address.
func (t *tables) name(address uint64) (n name, ok bool) {
	if !t.isTyped(address, 2) {
		return n, false
	}
	b := t.m.at(address, t.typed.start+t.typed.size-address)
	size, width := binary.Uvarint(b[1:])
	text := 1 + uint64(max(width, 0))
	if width <= 0 || size == 0 || size > uint64(len(b))-text {
		return n, false
	}
	return name{b[0], b[:text+size], b[text : text+size]}, true
}
