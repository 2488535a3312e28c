package trim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// What the runtime does with types it does without their names and fields.
func TestProgramWithoutNamesOfTypesDoesTheSame(t *testing.T) {
	whole := programOf(t, plain)
	want, code := run(t, whole)
	if code != 0 || strings.Count(want, "\n") != 23 || !strings.Contains(want, "\nhashed 17 17 17\n") || !strings.Contains(want, "\nlarge 399980001 2\n") {
		t.Fatalf("exit code %d\n%s", code, want)
	}
	for name, o := range map[string]Options{"all": {}, "keep names": {KeepNames: true}} {
		trimmed, err := known(t).Trim(whole, o)
		if err != nil {
			t.Fatal(err)
		}
		if got, code := run(t, trimmed); got != want || code != 0 {
			t.Errorf("%s: exit code %d, got\n%s\nwant\n%s", name, code, got, want)
		}
		again, err := known(t).Trim(trimmed, o)
		if err != nil || !bytes.Equal(again, trimmed) {
			t.Errorf("%s: trimming twice isn't trimming once: %v", name, err)
		}
		for _, text := range []string{"*main.point", "*main.huge", "numbers"} {
			if kept := bytes.Contains(trimmed, []byte(text)); kept != o.KeepNames {
				t.Errorf("%s: %q is there: %v", name, text, kept)
			}
		}
	}
}

func TestProgramThatLooksAtItsTypesKeepsThem(t *testing.T) {
	trimmed, err := known(t).Trim(program(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(trimmed, []byte("*main.node")) {
		t.Error("the names of types are gone")
	}
}

// Fields stay where the runtime goes through them: to hash, and to make a map of pointers.
func TestFieldsThatAreReadStay(t *testing.T) {
	m := dataOf(t, programOf(t, plain))
	all := found(t, m)
	l := known(t)
	types, err := all.types()
	if err != nil {
		t.Fatal(err)
	}
	name := func(address uint64) string {
		n, ok := all.name(all.typed.start + uint64(m.half(address+l.Type.Str)))
		if !ok {
			t.Fatalf("no name at %x", address)
		}
		return string(n.text)
	}
	stay := map[string]int{"*main.mixed": 6, "*main.huge": 3, "*main.named": 2, "*main.point": 0, "*main.book": 2, "*main.list": 0}
	structs := make(map[string]uint64)
	for _, address := range types {
		if _, ok := stay[name(address)]; ok && all.kind(address) == l.Type.Struct {
			structs[name(address)] = address
		}
	}
	if len(structs) != len(stay) {
		t.Fatalf("found %v", structs)
	}
	if err := m.trim(l, Options{}); err != nil {
		t.Fatal(err)
	}
	for name, address := range structs {
		if n := m.word(address + l.Type.Fields + pointer); n != uint64(stay[name]) {
			t.Errorf("%s has %d fields, not %d", name, n, stay[name])
		}
	}
	blank, ok := all.name(m.word(m.word(structs["*main.mixed"]+l.Type.Fields) + l.Field.Name))
	if !ok || string(blank.text) != "_" {
		t.Errorf("the blank field is called %q", blank.text)
	}
}

func TestTypesThatAreNoneAreRefused(t *testing.T) {
	whole := programOf(t, plain)
	sections, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	l := known(t)
	// a struct is the first that has fields.
	structOf := func(all *tables) uint64 {
		types, err := all.types()
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range types {
			if s, _ := all.fields(address); s.size > 0 {
				return address
			}
		}
		t.Fatal("no struct")
		return 0
	}
	put := func(m *image, address uint64, v uint32) { binary.LittleEndian.PutUint32(m.at(address, 4), v) }
	for name, c := range map[string]struct {
		want   string
		change func(m *image, all *tables)
	}{
		"a list beyond the end": {"typelinks out of bounds", func(m *image, all *tables) { put(m, moduleOf(t, m, l)+l.Module.TypeLinks, 16) }},
		"a type beyond the end": {"type 3 out of bounds", func(m *image, all *tables) { put(m, all.links.start+12, uint32(all.typed.size)) }},
		"a pointer to nowhere":  {"points to is out of bounds", func(m *image, all *tables) { put(m, firstPointer(all)+l.Type.Elem, 16) }},
		"no name":               {"the name of the type", func(m *image, all *tables) { put(m, structOf(all)+l.Type.Str, 0) }},
		"a name beyond the end": {"the name of the type", func(m *image, all *tables) { put(m, structOf(all)+l.Type.Str, uint32(all.typed.size)) }},
		"a name of a method":    {"the name of the type", func(m *image, all *tables) { nameOf(all, structOf(all)).text[0] = 'x' }},
		"too many fields":       {"the fields of the type", func(m *image, all *tables) { put(m, structOf(all)+l.Type.Fields+pointer, 1<<30) }},
		"fields elsewhere":      {"the fields of the type", func(m *image, all *tables) { put(m, structOf(all)+l.Type.Fields, 16) }},
	} {
		file := changed(t, whole, sections, func(m *image) { c.change(m, found(t, m)) })
		var e *LayoutError
		if out, err := l.Trim(file, Options{}); !errors.As(err, &e) || out != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
}

// firstPointer returns the first listed type that is a pointer.
func firstPointer(all *tables) uint64 {
	for i := uint64(0); ; i++ {
		if address := all.typed.start + uint64(all.m.half(all.links.start+4*i)); all.kind(address) == all.l.Type.Pointer {
			return address
		}
	}
}

func nameOf(all *tables, address uint64) name {
	n, _ := all.name(all.typed.start + uint64(all.m.half(address+all.l.Type.Str)))
	return n
}
