package trim

import (
	"encoding/binary"
	"go/constant"
	"go/types"
	"strconv"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

// A Layout is where a toolchain puts what Trim changes, in bytes. It is read
// from the toolchain's sources by [ReadLayout]; the zero value knows nothing.
// It is plain data, so that it can be kept as JSON.
type Layout struct {
	Magic [8]byte // what pcHeader begins with
	Shift uint64  // a program counter is the number of a function shifted by this

	Header  struct{ NFunc, FuncName, CU, FileTab, PCTab, PCLn, Size uint64 }
	Module  struct{ PCHeader, FuncNameTab, CUTab, FileTab, PCTab, PCLnTable, FTab, FindFuncTab, MinPC, MaxPC, GoFunc, Types, ETypes, TypeLinks, Size uint64 }
	FuncTab struct{ EntryOff, FuncOff, Size uint64 } // of an entry of FTab
	Bucket  struct {
		Idx, Subbuckets, Size uint64
		PCs                   uint64 // program counters that a bucket is for
	}
	Func struct {
		EntryOff, NameOff, PCSP, PCFile, PCLn, NPCData, CUOffset, StartLine, FuncID, NFuncData, Size uint64
		Wrapper                                                                                      uint64 // FuncID of what the compiler has made around a method
	}
	Type struct {
		Str, PtrToThis, Kind, TFlag, Equal, Size uint64
		Elem, Fields                             uint64 // of a pointer, and of a struct
		Pointer, Struct                          uint64 // kinds
		Regular, OnDemand                        uint64 // flags of what is hashed as a whole, and of what the collector looks at field by field
	}
	Field    struct{ Name, Size uint64 } // of a struct
	StackMap struct{ N, NBit, Bytes uint64 }
	Objects  struct{ First, Size uint64 } // of stack objects, behind their number

	// PCData and FuncData are the numbers of the tables that stay. The others are
	// for tracebacks and, where there are threads, for stopping one anywhere.
	PCData, FuncData []uint64
	// Maps are the numbers of the FuncData that are stack maps, and StackObjects
	// is that of the objects on a stack.
	Maps         []uint64
	StackObjects uint64
}

// pointer is the size of a pointer in Go's WebAssembly.
const pointer = 8

// tablesOf lists all tables of a function that are known, and whether they stay.
var tablesOf = map[string]bool{
	"PCDATA_UnsafePoint":   false,
	"PCDATA_StackMapIndex": true,
	"PCDATA_InlTreeIndex":  false,
	"PCDATA_ArgLiveIndex":  false,
	"PCDATA_PanicBounds":   true,

	"FUNCDATA_ArgsPointerMaps":    true,
	"FUNCDATA_LocalsPointerMaps":  true,
	"FUNCDATA_StackObjects":       true,
	"FUNCDATA_InlTree":            false,
	"FUNCDATA_OpenCodedDeferInfo": true,
	"FUNCDATA_ArgInfo":            false,
	"FUNCDATA_ArgLiveInfo":        false,
	"FUNCDATA_WrapInfo":           true,
}

// ReadLayout reads how a toolchain lays out its tables, and makes sure that what
// reads and writes them is what this package was made for. Whatever isn't known
// is a [*LayoutError]; then nothing that the toolchain makes should be trimmed.
func ReadLayout(s *toolchain.Sources) (*Layout, error) {
	runtime, err := s.Check("runtime", nil)
	if err != nil {
		return nil, &LayoutError{"package runtime", err.Error()}
	}
	r := newLayoutReader(s, runtime)
	l := r.layout()
	if r.err == nil {
		r.err = r.known()
	}
	if r.err != nil {
		return nil, r.err
	}
	return l, nil
}

// layoutReader keeps the first error, and the fields that were asked for.
type layoutReader struct {
	s       *toolchain.Sources
	runtime *toolchain.Package
	used    map[types.Object]bool
	err     error
}

func (r *layoutReader) fail(part, what string) {
	if r.err == nil {
		r.err = &LayoutError{part, what}
	}
}

func (r *layoutReader) layout() *Layout {
	l := new(Layout)
	abi, sys, goarch := r.imported("internal/abi"), r.imported("internal/runtime/sys"), r.imported("internal/goarch")
	if r.err != nil {
		return nil
	}

	header := r.structure("pcHeader")
	for i, want := range []struct{ field, kind string }{
		{"magic", "internal/abi.PCLnTabMagic"}, {"pad1", "uint8"}, {"pad2", "uint8"}, {"minLC", "uint8"}, {"ptrSize", "uint8"},
	} {
		offset := header.field(want.field, want.kind)
		if at := [...]uint64{0, 4, 5, 6, 7}[i]; offset != at {
			r.fail("pcHeader", want.field+" at "+number(offset))
		}
	}
	binary.LittleEndian.PutUint32(l.Magic[:], uint32(r.constant(abi, "CurrentPCLnTabMagic")))
	l.Magic[6] = byte(r.constant(sys, "PCQuantum"))
	l.Magic[7] = pointer
	if r.constant(goarch, "PtrSize") != pointer {
		r.fail("internal/goarch", "pointers of another size")
	}
	l.Header.NFunc = header.field("nfunc", "int")
	l.Header.FuncName = header.field("funcnameOffset", "uintptr")
	l.Header.CU = header.field("cuOffset", "uintptr")
	l.Header.FileTab = header.field("filetabOffset", "uintptr")
	l.Header.PCTab = header.field("pctabOffset", "uintptr")
	l.Header.PCLn = header.field("pclnOffset", "uintptr")
	l.Header.Size = header.size

	module := r.structure("moduledata")
	l.Module.PCHeader = module.field("pcHeader", "*runtime.pcHeader")
	l.Module.FuncNameTab = module.field("funcnametab", "[]byte")
	l.Module.CUTab = module.field("cutab", "[]uint32")
	l.Module.FileTab = module.field("filetab", "[]byte")
	l.Module.PCTab = module.field("pctab", "[]byte")
	l.Module.PCLnTable = module.field("pclntable", "[]byte")
	l.Module.FTab = module.field("ftab", "[]runtime.functab")
	l.Module.FindFuncTab = module.field("findfunctab", "uintptr")
	l.Module.MinPC = module.field("minpc", "uintptr")
	l.Module.MaxPC = module.field("maxpc", "uintptr")
	l.Module.GoFunc = module.field("gofunc", "uintptr")
	l.Module.Types = module.field("types", "uintptr")
	l.Module.ETypes = module.field("etypes", "uintptr")
	l.Module.TypeLinks = module.field("typelinks", "[]int32")
	l.Module.Size = module.size

	functab := r.structure("functab")
	l.FuncTab.EntryOff = functab.field("entryoff", "uint32")
	l.FuncTab.FuncOff = functab.field("funcoff", "uint32")
	l.FuncTab.Size = functab.size

	bucket := r.structure("findfuncbucket")
	l.Bucket.Idx = bucket.field("idx", "uint32")
	l.Bucket.Subbuckets = bucket.field("subbuckets", "[16]byte")
	l.Bucket.Size = bucket.size
	l.Bucket.PCs = r.constant(abi, "FuncTabBucketSize")
	l.Shift = 16 // of textAddr, textOff and findfunc, which are known by their sums

	function := r.structure("_func")
	l.Func.EntryOff = function.field("entryOff", "uint32")
	l.Func.NameOff = function.field("nameOff", "int32")
	l.Func.PCSP = function.field("pcsp", "uint32")
	l.Func.PCFile = function.field("pcfile", "uint32")
	l.Func.PCLn = function.field("pcln", "uint32")
	l.Func.NPCData = function.field("npcdata", "uint32")
	l.Func.CUOffset = function.field("cuOffset", "uint32")
	l.Func.StartLine = function.field("startLine", "int32")
	l.Func.FuncID = function.field("funcID", "internal/abi.FuncID")
	l.Func.NFuncData = function.field("nfuncdata", "uint8")
	l.Func.Size = function.size
	l.Func.Wrapper = r.constant(abi, "FuncIDWrapper")

	typed := r.structureOf(abi, "Type")
	l.Type.Str = typed.field("Str", "internal/abi.NameOff")
	l.Type.PtrToThis = typed.field("PtrToThis", "internal/abi.TypeOff")
	l.Type.Kind = typed.field("Kind_", "internal/abi.Kind")
	l.Type.TFlag = typed.field("TFlag", "internal/abi.TFlag")
	l.Type.Equal = typed.field("Equal", "func(unsafe.Pointer, unsafe.Pointer) bool")
	l.Type.Size = typed.size
	l.Type.Elem = r.structureOf(abi, "PtrType").field("Elem", "*internal/abi.Type")
	l.Type.Fields = r.structureOf(abi, "StructType").field("Fields", "[]internal/abi.StructField")
	l.Type.Pointer, l.Type.Struct = r.constant(abi, "Pointer"), r.constant(abi, "Struct")
	l.Type.Regular, l.Type.OnDemand = r.constant(abi, "TFlagRegularMemory"), r.constant(abi, "TFlagGCMaskOnDemand")
	field := r.structureOf(abi, "StructField")
	l.Field.Name = field.field("Name", "internal/abi.Name")
	l.Field.Size = field.size

	stackmap := r.structure("stackmap")
	l.StackMap.N = stackmap.field("n", "int32")
	l.StackMap.NBit = stackmap.field("nbit", "int32")
	l.StackMap.Bytes = stackmap.field("bytedata", "[1]byte")
	l.Objects.First = pointer
	l.Objects.Size = r.structure("stackObjectRecord").size

	r.tables(l, abi)
	l.Maps = []uint64{r.constant(abi, "FUNCDATA_ArgsPointerMaps"), r.constant(abi, "FUNCDATA_LocalsPointerMaps")}
	l.StackObjects = r.constant(abi, "FUNCDATA_StackObjects")
	return l
}

// tables reads the numbers of the tables that stay. One that isn't known may be
// one that a program needs.
func (r *layoutReader) tables(l *Layout, abi *types.Package) {
	missing := len(tablesOf)
	for _, name := range abi.Scope().Names() {
		pcdata := len(name) > 7 && name[:7] == "PCDATA_"
		if !pcdata && (len(name) <= 9 || name[:9] != "FUNCDATA_") {
			continue
		}
		stays, known := tablesOf[name]
		if !known {
			r.fail("internal/abi", name+" isn't known")
			return
		}
		missing--
		switch i := r.constant(abi, name); {
		case stays && pcdata:
			l.PCData = append(l.PCData, i)
		case stays:
			l.FuncData = append(l.FuncData, i)
		}
	}
	if missing > 0 {
		r.fail("internal/abi", number(uint64(missing))+" tables of a function aren't there")
	}
}

func (r *layoutReader) imported(path string) *types.Package {
	p, err := r.s.Import(path)
	if err != nil {
		r.fail("package "+path, err.Error())
	}
	return p
}

func (r *layoutReader) constant(p *types.Package, name string) uint64 {
	c, ok := p.Scope().Lookup(name).(*types.Const)
	if !ok {
		r.fail(p.Path(), "no constant "+name)
		return 0
	}
	v, exact := constant.Uint64Val(constant.ToInt(c.Val()))
	if !exact {
		r.fail(p.Path(), name+" is "+c.Val().String())
	}
	return v
}

// structure is one of the runtime's.
type structure struct {
	r       *layoutReader
	name    string
	fields  map[string]*types.Var
	offsets map[string]int64
	size    uint64
}

func (r *layoutReader) structure(name string) structure {
	return r.structureOf(r.runtime.Package, name)
}

func (r *layoutReader) structureOf(p *types.Package, name string) structure {
	s := structure{r: r, name: name}
	object, ok := p.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		r.fail(p.Path(), "no type "+name)
		return s
	}
	t, ok := object.Type().Underlying().(*types.Struct)
	if !ok {
		r.fail(name, "no struct")
		return s
	}
	var fields []*types.Var
	for i := range t.NumFields() {
		fields = append(fields, t.Field(i))
	}
	s.fields, s.offsets = make(map[string]*types.Var), make(map[string]int64)
	for i, offset := range toolchain.Sizes().Offsetsof(fields) {
		s.fields[fields[i].Name()], s.offsets[fields[i].Name()] = fields[i], offset
	}
	s.size = uint64(toolchain.Sizes().Sizeof(t))
	return s
}

// field returns the offset of a field, which must have the type that is known.
func (s structure) field(name, kind string) uint64 {
	f := s.fields[name]
	if f == nil {
		s.r.fail(s.name, "no field "+name)
		return 0
	}
	if got := types.Unalias(f.Type()).String(); got != kind {
		s.r.fail(s.name, name+" is "+got+", not "+kind)
	}
	s.r.used[f] = true
	return uint64(s.offsets[name])
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }

func newLayoutReader(s *toolchain.Sources, runtime *toolchain.Package) *layoutReader {
	return &layoutReader{s: s, runtime: runtime, used: make(map[types.Object]bool)}
}
