// Package measure says what a WebAssembly file of the Go toolchain is made of.
package measure

import (
	"encoding/binary"
	"errors"
	"regexp"
	"sort"
	"strings"
)

// ErrNames means that a file has no names of functions, or isn't WebAssembly.
var ErrNames = errors.New("measure: no WebAssembly file with names of functions")

// Code returns how many bytes of code there are of each package. What the
// compiler has made for no package in particular (equality of types, say) is
// counted under "". names lists the packages that there are.
func Code(wasm []byte, names []string) (map[string]int, error) {
	if len(wasm) < 8 || string(wasm[:4]) != "\x00asm" {
		return nil, ErrNames
	}
	var f file
	r := reader{wasm[8:], false}
	for len(r.b) > 0 && !r.bad {
		id := r.byte()
		f.section(id, reader{r.bytes(r.number()), false})
	}
	if r.bad || len(f.names) == 0 || len(f.sizes) == 0 {
		return nil, ErrNames
	}
	find := finder(names)
	code := make(map[string]int)
	for i, size := range f.sizes {
		code[find(f.names[f.imported+i])] += size
	}
	return code, nil
}

// unnamed are characters that the linker writes as _ in names of functions.
var unnamed = regexp.MustCompile(`[^\w.]`)

// finder tells the package of a function from its name, which begins with it.
func finder(names []string) func(function string) string {
	byPrefix := make(map[string]string)
	var prefixes []string
	for _, name := range names {
		p := unnamed.ReplaceAllString(name, "_") + "."
		byPrefix[p] = name
		prefixes = append(prefixes, p)
	}
	// The longest first: a.b is not of a.
	sort.Slice(prefixes, func(i, j int) bool { return len(prefixes[i]) > len(prefixes[j]) })
	return func(function string) string {
		for _, p := range prefixes {
			if strings.HasPrefix(function, p) {
				return byPrefix[p]
			}
		}
		return ""
	}
}

// file is what is read of a file.
type file struct {
	imported int            // functions before the first one of the code section
	sizes    []int          // of the functions in the code section
	names    map[int]string // of functions
}

// Sections of the binary format, and what is in them.
const (
	sectionCustom = 0
	sectionImport = 2
	sectionCode   = 10
	nameFunctions = 1
	importFunc    = 0
)

func (f *file) section(id byte, r reader) {
	switch id {
	case sectionImport:
		for range r.number() {
			r.bytes(r.number()) // module
			r.bytes(r.number()) // name
			if r.byte() != importFunc {
				return // Go's linker imports functions, and then memory
			}
			r.number() // type
			f.imported++
		}
	case sectionCode:
		for range r.number() {
			n := r.number()
			r.bytes(n)
			f.sizes = append(f.sizes, n)
		}
	case sectionCustom:
		if string(r.bytes(r.number())) != "name" {
			return
		}
		for len(r.b) > 0 && !r.bad {
			kind := r.byte()
			sub := reader{r.bytes(r.number()), false}
			if kind != nameFunctions {
				continue
			}
			f.names = make(map[int]string)
			for range sub.number() {
				i := sub.number()
				f.names[i] = string(sub.bytes(sub.number()))
			}
		}
	}
}

// reader reads numbers and bytes. Once something lacks it is bad, and all that
// is read is zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.bad = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) number() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<31 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}
