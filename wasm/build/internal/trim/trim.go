// Package trim makes a WebAssembly file of the Go toolchain smaller without
// touching its code. Half of such a file is data, and much of that is never
// read in a page:
//
//   - The linker cuts the data at every 8 zero bytes. Each of the thousands of
//     segments has an offset, and offsets don't compress; segments with a gap
//     of at least 64 zeros between them take less.
//   - findfunctab finds the function of a program counter in steps of 256
//     bytes of machine code. On WebAssembly a program counter is the number of
//     a function shifted by 16, so of 16 buckets one is read, and of that one
//     only its first part. The rest becomes zero.
//   - Names of functions, files, line numbers, inlining and printed arguments
//     serve tracebacks only. They become zero, unless [Options.KeepNames] is
//     set: a panic still says what it is, but not where, and runtime.Callers
//     finds no lines. Wrappers of methods share one name, as their panics need
//     one. What is left of the tables moves together.
//   - Names of types, and names and most types of fields, serve package reflect and
//     messages. They become zero as well, unless the program may look at its types,
//     as one with fmt does. A panic doesn't say any more of which type a value is.
//
// What the garbage collector and the unwinder need stays: stack sizes, maps of
// pointers, deferred calls, bounds.
//
// The layout of these tables belongs to the toolchain and may change with it. So
// it is taken from the sources of the toolchain ([ReadLayout]), and the functions
// that write and read the tables must be those that are known. Then everything in
// the file is checked before anything is changed. What isn't as expected is a
// [*LayoutError], and nothing is guessed.
package trim

import "strconv"

// Options say what to leave out. The zero value leaves out all that can be.
type Options struct {
	// KeepNames keeps what tracebacks need.
	KeepNames bool
	// Numbered says that the program finds its functions by number, as those do
	// that package overlay has edited: no other program would run. findfunctab
	// and the entries of the functions in ftab go then, too.
	Numbered bool
}

// LayoutError says that a toolchain, or a file, isn't as this package knows it.
// The file isn't harmed, only not trimmed.
type LayoutError struct {
	Part string // of the file or of the toolchain: "data section", "moduledata"
	What string // what was found there
}

func (e *LayoutError) Error() string { return "trim: " + e.Part + ": " + e.What }

// Trim returns a smaller file that computes the same. It leaves wasm alone, which
// must be of the toolchain that the layout is of.
func (l *Layout) Trim(wasm []byte, o Options) ([]byte, error) {
	if l.Module.Size == 0 {
		return nil, &LayoutError{"layout", "not read"}
	}
	sections, err := parse(wasm)
	if err != nil {
		return nil, err
	}
	out := append([]byte(nil), wasm[:8]...)
	found := false
	for _, s := range sections {
		if s.id != sectionData {
			out = s.append(out)
			continue
		}
		if found {
			return nil, &LayoutError{"data section", "a second one"}
		}
		found = true
		m, err := readImage(s.body)
		if err != nil {
			return nil, err
		}
		if err := m.trim(l, o); err != nil {
			return nil, err
		}
		out = section{sectionData, m.segments()}.append(out)
	}
	if !found {
		return nil, &LayoutError{"data section", "none"}
	}
	return out, nil
}

// trim makes zero what isn't read.
func (m *image) trim(l *Layout, o Options) error {
	t, err := m.findTables(l)
	if err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	if !o.KeepNames && !t.reflects() {
		if err := t.trimTypes(); err != nil {
			return err
		}
	}
	if o.Numbered {
		if err := t.trimEntries(); err != nil {
			return err
		}
	} else {
		t.trimFindFunc()
	}
	if !o.KeepNames {
		t.trimTracebacks()
	}
	return nil
}

func at(address uint64) string { return "0x" + strconv.FormatUint(address, 16) }
