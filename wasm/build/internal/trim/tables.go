package trim

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
)

// noFuncdata is the offset of a table that isn't there.
const noFuncdata = 0xffffffff

// wrapperName is what all wrappers are called once names are gone. A wrapper
// that gets a nil pointer panics with its name, and a name that isn't of this
// form makes that panic a fatal error (runtime.panicwrap).
const wrapperName = "go.(*T).method"

// tables is where the runtime's tables about functions lie.
type tables struct {
	m *image
	l *Layout

	names, cu, files, pctab, pcln span
	ftab                          uint64 // address of nfunc+1 entries
	nfunc                         uint64
	first                         uint64 // number of the first function
	findfunc                      span
	gofunc                        uint64 // what funcdata is counted from
	typed, links                  span   // types and their names, which may begin with zeros that aren't in the image; a list of types
}

// span is a piece of the image.
type span struct{ start, size uint64 }

// findTables finds pcHeader by its magic, and the moduledata that refers to
// it by the addresses that follow from it.
func (m *image) findTables(l *Layout) (*tables, error) {
	var found *tables
	for i := 0; ; {
		n := bytes.Index(m.bytes[i:], l.Magic[:])
		if n < 0 {
			break
		}
		header := m.base + uint64(i+n)
		i += n + 1
		if header%pointer != 0 || !m.has(header, l.Header.Size) {
			continue
		}
		t, ok := m.findModule(l, header)
		if !ok {
			continue
		}
		if found != nil {
			return nil, &LayoutError{"pclntab", "two of them, " + at(found.pcln.start) + " and " + at(t.pcln.start)}
		}
		found = t
	}
	if found == nil {
		return nil, &LayoutError{"pclntab", "none of the layout that the runtime's sources say"}
	}
	return found, nil
}

// findModule finds runtime.firstmoduledata, which has the addresses of pcHeader
// and of the tables that pcHeader has the offsets of.
func (m *image) findModule(l *Layout, header uint64) (*tables, bool) {
	var key [pointer]byte
	binary.LittleEndian.PutUint64(key[:], header)
	for i := 0; ; {
		n := bytes.Index(m.bytes[i:], key[:])
		if n < 0 {
			return nil, false
		}
		address := m.base + uint64(i+n) - l.Module.PCHeader
		i += n + 1
		if address%pointer != 0 || !m.has(address, l.Module.Size) {
			continue
		}
		field := func(offset uint64) uint64 { return m.word(address + offset) }
		slice := func(offset, width uint64) span { return span{field(offset), field(offset+pointer) * width} }
		perFunc := uint64(1) << l.Shift
		min, max := field(l.Module.MinPC), field(l.Module.MaxPC)
		t := &tables{
			m: m, l: l,
			names: slice(l.Module.FuncNameTab, 1), cu: slice(l.Module.CUTab, 4), files: slice(l.Module.FileTab, 1),
			pctab: slice(l.Module.PCTab, 1), pcln: slice(l.Module.PCLnTable, 1),
			ftab: field(l.Module.FTab), nfunc: field(l.Module.FTab+pointer) - 1,
			findfunc: span{field(l.Module.FindFuncTab), (max - min + l.Bucket.PCs - 1) / l.Bucket.PCs * l.Bucket.Size},
			first:    min / perFunc,
			gofunc:   field(l.Module.GoFunc),
			typed:    span{field(l.Module.Types), field(l.Module.ETypes) - field(l.Module.Types)},
			links:    slice(l.Module.TypeLinks, 4),
		}
		offset := func(of uint64) uint64 { return header + m.word(header+of) }
		if t.names.start == offset(l.Header.FuncName) && t.cu.start == offset(l.Header.CU) && t.files.start == offset(l.Header.FileTab) &&
			t.pctab.start == offset(l.Header.PCTab) && t.pcln.start == offset(l.Header.PCLn) && t.ftab == t.pcln.start &&
			t.nfunc == m.word(header+l.Header.NFunc) && min%perFunc == 0 && min < max {
			return t, true
		}
	}
}

// check makes sure that every entry of the tables lies where it must, so that
// what follows can't write anywhere else.
func (t *tables) check() error {
	for name, s := range map[string]span{"names": t.names, "cutab": t.cu, "filetab": t.files, "pctab": t.pctab, "functions": t.pcln, "findfunctab": t.findfunc, "typelinks": t.links} {
		if !t.m.has(s.start, s.size) {
			return &LayoutError{"pclntab", name + " out of bounds at " + at(s.start)}
		}
	}
	if t.nfunc == 0 || t.nfunc >= t.pcln.size/t.l.FuncTab.Size {
		return &LayoutError{"pclntab", strconv.FormatUint(t.nfunc, 10) + " functions"}
	}
	var before uint32
	for i := range t.nfunc {
		entry, f, ok := t.function(i)
		if !ok {
			return &LayoutError{"pclntab", "function " + strconv.FormatUint(i, 10) + " out of bounds"}
		}
		if i > 0 && entry <= before || i == 0 && uint64(entry) != t.first || f.word(t.l.Func.EntryOff) != entry {
			return &LayoutError{"pclntab", "function " + strconv.FormatUint(i, 10) + " out of order"}
		}
		before = entry
		for j := range f.pcdata() {
			if uint64(f.pcdataAt(j)) >= t.pctab.size {
				return &LayoutError{"pclntab", "pcdata of function " + strconv.FormatUint(i, 10) + " out of bounds"}
			}
		}
		if uint64(f.word(t.l.Func.PCSP)) >= t.pctab.size {
			return &LayoutError{"pclntab", "stack sizes of function " + strconv.FormatUint(i, 10) + " out of bounds"}
		}
	}
	if t.findfunc.size < (uint64(before)-t.first)*t.bucketsPerFunc()*t.l.Bucket.Size {
		return &LayoutError{"findfunctab", strconv.FormatUint(t.findfunc.size, 10) + " bytes"}
	}
	return t.checkFuncdata()
}

// bucketsPerFunc is how many buckets of findfunctab a function has.
func (t *tables) bucketsPerFunc() uint64 { return max(1, 1<<t.l.Shift/t.l.Bucket.PCs) }

// checkFuncdata makes sure that what the runtime will take for a stack map, or
// for the list of objects on a stack, is one, and ends before the next table.
// Where funcdata is counted from something else than is thought here, it isn't.
func (t *tables) checkFuncdata() error {
	starts := t.funcdataStarts()
	ends := make(map[uint32]uint32)
	for i := 1; i < len(starts); i++ {
		ends[starts[i-1]] = starts[i]
	}
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		for j := range f.funcdata() {
			offset := f.funcdataAt(j)
			if offset == noFuncdata || !slices.Contains(t.l.FuncData, j) {
				continue
			}
			address := t.gofunc + uint64(offset)
			size, ok := t.funcdataSize(address, j)
			if end, last := ends[offset]; !ok || last && size > uint64(end-offset) || !t.m.has(address, size) {
				return &LayoutError{"funcdata", "table " + number(j) + " of function " + number(i) + " isn't one"}
			}
		}
	}
	return nil
}

// funcdataSize returns how large a piece of funcdata is at least.
func (t *tables) funcdataSize(address, j uint64) (uint64, bool) {
	switch l := t.l; {
	case slices.Contains(l.Maps, j):
		if !t.m.has(address, l.StackMap.Bytes) {
			return 0, false
		}
		n, bits := t.m.half(address+l.StackMap.N), t.m.half(address+l.StackMap.NBit)
		return l.StackMap.Bytes + uint64(n)*((uint64(bits)+7)/8), n > 0 && int32(n) > 0 && int32(bits) >= 0
	case j == l.StackObjects:
		if !t.m.has(address, l.Objects.First) {
			return 0, false
		}
		n := t.m.word(address)
		return l.Objects.First + n*l.Objects.Size, n > 0 && n <= uint64(len(t.m.bytes))
	}
	return 1, true
}

// funcdataStarts returns the offsets of all pieces of funcdata, in their order.
func (t *tables) funcdataStarts() []uint32 {
	starts := make(map[uint32]bool)
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		for j := range f.funcdata() {
			if offset := f.funcdataAt(j); offset != noFuncdata {
				starts[offset] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(starts))
}

// function is one runtime._func, and what follows it: the offsets of its pcdata
// and of its funcdata.
type function struct {
	b []byte
	l *Layout
}

func (f function) word(offset uint64) uint32   { return binary.LittleEndian.Uint32(f.b[offset:]) }
func (f function) set(offset uint64, v uint32) { binary.LittleEndian.PutUint32(f.b[offset:], v) }
func (f function) pcdata() uint64              { return uint64(f.word(f.l.Func.NPCData)) }
func (f function) funcdata() uint64            { return uint64(f.b[f.l.Func.NFuncData]) }
func (f function) pcdataOffset(i uint64) uint64 {
	return f.l.Func.Size + 4*i
}
func (f function) pcdataAt(i uint64) uint32       { return f.word(f.pcdataOffset(i)) }
func (f function) funcdataOffset(i uint64) uint64 { return f.l.Func.Size + 4*(f.pcdata()+i) }
func (f function) funcdataAt(i uint64) uint32     { return f.word(f.funcdataOffset(i)) }

// wrapper reports whether the compiler has made the function around a method.
func (f function) wrapper() bool { return uint64(f.b[f.l.Func.FuncID]) == f.l.Func.Wrapper }

// entry returns an entry of ftab.
func (t *tables) entry(i uint64) []byte {
	return t.m.at(t.pcln.start+t.l.FuncTab.Size*i, t.l.FuncTab.Size)
}

// function returns the entry of a function and what describes it.
func (t *tables) function(i uint64) (entry uint32, f function, ok bool) {
	b := t.entry(i)
	entry = binary.LittleEndian.Uint32(b[t.l.FuncTab.EntryOff:])
	offset := uint64(binary.LittleEndian.Uint32(b[t.l.FuncTab.FuncOff:]))
	fixed := t.l.Func.Size
	if offset+fixed > t.pcln.size {
		return 0, f, false
	}
	f = function{t.m.at(t.pcln.start+offset, fixed), t.l}
	size := fixed + 4*(f.pcdata()+f.funcdata())
	if offset+size > t.pcln.size {
		return 0, f, false
	}
	f.b = t.m.at(t.pcln.start+offset, size)
	return entry, f, true
}

// trimFindFunc keeps of all buckets of a function the first, and of that the part
// that is read.
func (t *tables) trimFindFunc() {
	l, b := t.l.Bucket, t.m.at(t.findfunc.start, t.findfunc.size)
	for i := uint64(0); uint64(len(b)) >= l.Size; i, b = i+1, b[l.Size:] {
		if i%t.bucketsPerFunc() == 0 {
			clear(b[l.Subbuckets+1 : l.Size])
		} else {
			clear(b[:l.Size])
		}
	}
}

// trimEntries leaves out what finds functions by address. Of the entries the
// first stays, from which the numbers are counted.
func (t *tables) trimEntries() error {
	for i := range t.nfunc {
		if entry, _, _ := t.function(i); uint64(entry) != t.first+i {
			return &LayoutError{"pclntab", "function " + strconv.FormatUint(i, 10) + " isn't the one of this number"}
		}
	}
	clear(t.m.at(t.findfunc.start, t.findfunc.size))
	for i := uint64(1); i <= t.nfunc; i++ {
		clear(t.entry(i)[t.l.FuncTab.EntryOff:][:4])
	}
	return nil
}

// trimTracebacks takes out what only tracebacks read.
func (t *tables) trimTracebacks() {
	for _, s := range []span{t.names, t.cu, t.files} {
		clear(t.m.at(s.start, s.size))
	}
	// At 1, since 0 is that there is none.
	named := t.names.size > uint64(1+len(wrapperName))
	if named {
		copy(t.m.at(t.names.start+1, t.names.size-1), wrapperName)
	}
	starts := t.funcdataStarts()
	l := t.l.Func
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		for _, offset := range []uint64{l.NameOff, l.PCFile, l.PCLn, l.CUOffset, l.StartLine} {
			f.set(offset, 0) // for a table, 0 is that there is none
		}
		if named && f.wrapper() {
			f.set(l.NameOff, 1)
		}
		for j := range f.pcdata() {
			if !slices.Contains(t.l.PCData, j) {
				f.set(f.pcdataOffset(j), 0)
			}
		}
		for j := range f.funcdata() {
			if !slices.Contains(t.l.FuncData, j) {
				f.set(f.funcdataOffset(j), noFuncdata)
			}
		}
	}
	t.packTables()
	t.packFuncdata(starts)
}
