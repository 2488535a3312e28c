package trim

import (
	_ "embed"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

// known.txt lists what this package relies on beside the layout, a function a
// line: file or package, name, sum. Those of the runtime are all that use a field
// of a table or what looks one up, so that one more is noticed, too; those of the
// linker, the assembler and the compiler write the tables. After an update of Go, go test
// -update writes the list anew. Read what has changed first.
//
//go:embed known.txt
var knownList string

// readers are the functions of the runtime that look tables up. Whoever calls one
// reads a table as much as they do.
var readers = []string{
	"findfunc", "funcname", "funcpkgpath", "funcfile", "funcline1", "funcline", "pcvalue", "step", "readvarint",
	"pcdatastart", "pcdatavalue", "pcdatavalue1", "pcdatavalue2", "funcdata", "stackmapdata", "funcspdelta", "funcMaxSPDelta",
}

// methods are the others, by their types.
var methods = map[string][]string{
	"moduledata": {"funcName", "textAddr", "textOff"},
	"srcFunc":    {"name"},
	"funcInfo":   {"entry"},
}

// writers are functions of the linker, of the assembler and of the compiler.
var writers = map[string][]string{
	"cmd/link/internal/ld/pcln.go": {
		"(*pclntab).generatePCHeader", "(*pclntab).generateFuncnametab", "(*pclntab).generatePctab", "(*pclntab).generateFuncdata",
		"(*pclntab).generateFunctab", "pclntab.calculateFunctabSize", "textOff", "writePCToFunc", "writeFuncs", "funcData",
		"ignoreFuncData", "numPCData", "(*Link).findfunctab",
	},
	"cmd/internal/obj/pcln.go":                    {"funcpctab"},
	"cmd/link/internal/ld/typelink.go":            {"(*Link).typelink"},
	"cmd/compile/internal/reflectdata/reflect.go": {"dnameData", "dname", "dcommontype", "writeType"},
	"cmd/link/internal/wasm/asm.go":               {"assignAddress", "writeDataSec"},
}

// relied returns the sums of what the layout's reader relies on.
func (r *layoutReader) relied() (map[string]string, error) {
	objects := maps.Clone(r.used)
	scope := r.runtime.Scope()
	for _, name := range readers {
		if o := scope.Lookup(name); o != nil {
			objects[o] = true
		}
	}
	for name, all := range methods {
		o := scope.Lookup(name)
		if o == nil {
			continue
		}
		for _, method := range all {
			if m, _, _ := types.LookupFieldOrMethod(o.Type(), true, r.runtime.Package, method); m != nil {
				objects[m] = true
			}
		}
	}
	sums := make(map[string]string)
	for name, sum := range r.runtime.Users(objects) {
		sums["runtime "+name] = sum
	}
	for file, names := range writers {
		text, err := r.s.Read(file)
		if err != nil {
			return nil, &LayoutError{file, err.Error()}
		}
		all, err := toolchain.Functions(file, text)
		if err != nil {
			return nil, &LayoutError{file, err.Error()}
		}
		for _, name := range names {
			if sum, ok := all[name]; ok {
				sums[file+" "+name] = sum
			}
		}
	}
	return sums, nil
}

// known compares what is relied on with the list.
func (r *layoutReader) known() error {
	now, err := r.relied()
	if err != nil {
		return err
	}
	listed := make(map[string]string)
	for line := range strings.Lines(knownList) {
		if words := strings.Fields(line); len(words) == 3 {
			listed[words[0]+" "+words[1]] = words[2]
		}
	}
	all := maps.Clone(now)
	maps.Copy(all, listed)
	var unknown []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch {
		case listed[name] == "":
			unknown = append(unknown, name+" (new)")
		case now[name] == "":
			unknown = append(unknown, name+" (isn't there)")
		case now[name] != listed[name]:
			unknown = append(unknown, name+" (another one)")
		}
	}
	if len(unknown) > 0 {
		return &LayoutError{"functions that read or write the tables", strings.Join(unknown, ", ")}
	}
	return nil
}
