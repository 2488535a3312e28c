package trim

import (
	"bytes"
	"encoding/binary"
	"strconv"
)

// Constants of the runtime and of internal/abi, Go 1.26.
const (
	bucketSize  = 4096   // abi.FuncTabBucketSize: program counters a bucket
	bucketBytes = 4 + 16 // runtime.findfuncbucket
	pcPerFunc   = 1 << 16
	funcFixed   = 44 // runtime._func without its pcdata and funcdata
	funcWrapper = 23 // abi.FuncIDWrapper: a method that the compiler has made
	noFuncdata  = 0xffffffff
	moduleWords = 42 // of runtime.moduledata, up to epclntab
	headerWords = 9
)

// wrapperName is what all wrappers are called once names are gone. A wrapper
// that gets a nil pointer panics with its name, and a name that isn't of this
// form makes that panic a fatal error (runtime.panicwrap).
const wrapperName = "go.(*T).method"

// pclntabMagic begins pcHeader: abi.Go120PCLnTabMagic, two zeros, a quantum of
// 1 and pointers of 8 bytes.
var pclntabMagic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// What stays of the tables that a function refers to. The others are for
// tracebacks and, where there are threads, for stopping one anywhere.
var (
	keptPcdata   = map[int]bool{1: true, 4: true}                            // StackMapIndex, PanicBounds
	keptFuncdata = map[int]bool{0: true, 1: true, 2: true, 4: true, 7: true} // pointer maps, stack objects, deferred calls, wrappers
)

// tables is where the runtime's tables about functions lie.
type tables struct {
	m *image

	names, cu, files, pctab, pcln span
	ftab                          uint64 // address of nfunc+1 entries
	nfunc                         uint64
	first                         uint64 // number of the first function
	findfunc                      span
	gofunc                        uint64 // what funcdata is counted from
}

// span is a piece of the image.
type span struct{ start, size uint64 }

// findTables finds pcHeader by its magic, and the moduledata that refers to
// it by the addresses that follow from it.
func (m *image) findTables() (*tables, error) {
	var found *tables
	for i := 0; ; {
		n := bytes.Index(m.bytes[i:], pclntabMagic)
		if n < 0 {
			break
		}
		header := m.base + uint64(i+n)
		i += n + 1
		if header%8 != 0 || !m.has(header, headerWords*8) {
			continue
		}
		t, ok := m.findModule(header)
		if !ok {
			continue
		}
		if found != nil {
			return nil, &LayoutError{"pclntab", "two of them, " + at(found.pcln.start) + " and " + at(t.pcln.start)}
		}
		found = t
	}
	if found == nil {
		return nil, &LayoutError{"pclntab", "none of the version that is known"}
	}
	return found, nil
}

// findModule finds runtime.firstmoduledata, which begins with the address of
// pcHeader and goes on with the tables that pcHeader has the offsets of.
func (m *image) findModule(header uint64) (*tables, bool) {
	var key [8]byte
	binary.LittleEndian.PutUint64(key[:], header)
	for i := 0; ; {
		n := bytes.Index(m.bytes[i:], key[:])
		if n < 0 {
			return nil, false
		}
		address := m.base + uint64(i+n)
		i += n + 1
		if address%8 != 0 || !m.has(address, moduleWords*8) {
			continue
		}
		field := func(i uint64) uint64 { return m.word(address + 8*i) }
		slice := func(i, width uint64) span { return span{field(i), field(i+1) * width} }
		t := &tables{
			m:     m,
			names: slice(1, 1), cu: slice(4, 4), files: slice(7, 1), pctab: slice(10, 1), pcln: slice(13, 1),
			ftab: field(16), nfunc: field(17) - 1,
			findfunc: span{field(19), (field(21) - field(20) + bucketSize - 1) / bucketSize * bucketBytes},
			first:    field(20) / pcPerFunc,
			gofunc:   field(40),
		}
		offset := func(i uint64) uint64 { return header + m.word(header+8*i) }
		if t.names.start == offset(4) && t.cu.start == offset(5) && t.files.start == offset(6) &&
			t.pctab.start == offset(7) && t.pcln.start == offset(8) && t.ftab == t.pcln.start &&
			t.nfunc == m.word(header+8) && field(20)%pcPerFunc == 0 {
			return t, true
		}
	}
}

// check makes sure that every entry of the tables lies where it must, so that
// what follows can't write anywhere else.
func (t *tables) check() error {
	for name, s := range map[string]span{"names": t.names, "cutab": t.cu, "filetab": t.files, "pctab": t.pctab, "functions": t.pcln, "findfunctab": t.findfunc} {
		if !t.m.has(s.start, s.size) {
			return &LayoutError{"pclntab", name + " out of bounds at " + at(s.start)}
		}
	}
	if t.nfunc == 0 || (t.nfunc+1)*8 > t.pcln.size {
		return &LayoutError{"pclntab", strconv.FormatUint(t.nfunc, 10) + " functions"}
	}
	var before uint32
	for i := range t.nfunc {
		entry, f, ok := t.function(i)
		if !ok {
			return &LayoutError{"pclntab", "function " + strconv.FormatUint(i, 10) + " out of bounds"}
		}
		if i > 0 && entry <= before || i == 0 && uint64(entry) != t.first || f.word(0) != entry {
			return &LayoutError{"pclntab", "function " + strconv.FormatUint(i, 10) + " out of order"}
		}
		before = entry
		for j := range f.pcdata() {
			if uint64(f.pcdataAt(j)) >= t.pctab.size {
				return &LayoutError{"pclntab", "pcdata of function " + strconv.FormatUint(i, 10) + " out of bounds"}
			}
		}
		if uint64(f.word(pcspWord)) >= t.pctab.size {
			return &LayoutError{"pclntab", "stack sizes of function " + strconv.FormatUint(i, 10) + " out of bounds"}
		}
	}
	// A program counter has a bucket for each 4,096, so 16 a function.
	if t.findfunc.size < (uint64(before)-t.first)*(pcPerFunc/bucketSize)*bucketBytes {
		return &LayoutError{"findfunctab", strconv.FormatUint(t.findfunc.size, 10) + " bytes"}
	}
	return nil
}

// function is one runtime._func.
type function struct{ b []byte }

// Words of runtime._func.
const (
	nameWord = 1
	pcspWord = 4
	pcfile   = 5
	pcln     = 6
	npcdata  = 7
	cuWord   = 8
	lineWord = 9
)

func (f function) word(i int) uint32       { return binary.LittleEndian.Uint32(f.b[4*i:]) }
func (f function) set(i int, v uint32)     { binary.LittleEndian.PutUint32(f.b[4*i:], v) }
func (f function) pcdata() int             { return int(f.word(npcdata)) }
func (f function) funcdata() int           { return int(f.b[funcFixed-1]) }
func (f function) id() byte                { return f.b[funcFixed-4] }
func (f function) pcdataAt(i int) uint32   { return f.word(funcFixed/4 + i) }
func (f function) funcdataWord(i int) int  { return funcFixed/4 + f.pcdata() + i }
func (f function) funcdataAt(i int) uint32 { return f.word(f.funcdataWord(i)) }

// function returns the entry of a function and what describes it.
func (t *tables) function(i uint64) (entry uint32, f function, ok bool) {
	b := t.m.at(t.pcln.start+8*i, 8)
	entry = binary.LittleEndian.Uint32(b)
	offset := uint64(binary.LittleEndian.Uint32(b[4:]))
	if offset+funcFixed > t.pcln.size {
		return 0, f, false
	}
	f = function{t.m.at(t.pcln.start+offset, funcFixed)}
	size := funcFixed + 4*(uint64(f.word(npcdata))+uint64(f.b[funcFixed-1]))
	if offset+size > t.pcln.size {
		return 0, f, false
	}
	f.b = t.m.at(t.pcln.start+offset, size)
	return entry, f, true
}

// trimFindFunc keeps of every 16 buckets the first, and of that the part that
// is read.
func (t *tables) trimFindFunc() {
	b := t.m.at(t.findfunc.start, t.findfunc.size)
	for i := 0; len(b) >= bucketBytes; i, b = i+1, b[bucketBytes:] {
		if i%(pcPerFunc/bucketSize) == 0 {
			clear(b[5:bucketBytes])
		} else {
			clear(b[:bucketBytes])
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
		clear(t.m.at(t.pcln.start+8*i, 4))
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
	starts := make(map[uint32]bool) // of funcdata, also where it isn't used any more
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		for _, w := range []int{nameWord, pcfile, pcln, cuWord, lineWord} {
			f.set(w, 0) // for a table, 0 is that there is none
		}
		if named && f.id() == funcWrapper {
			f.set(nameWord, 1)
		}
		for j := range f.pcdata() {
			if !keptPcdata[j] {
				f.set(funcFixed/4+j, 0)
			}
		}
		for j := range f.funcdata() {
			if offset := f.funcdataAt(j); offset != noFuncdata {
				starts[offset] = true
			}
			if !keptFuncdata[j] {
				f.set(f.funcdataWord(j), noFuncdata)
			}
		}
	}
	t.packTables()
	t.packFuncdata(starts)
}
