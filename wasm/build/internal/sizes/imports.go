package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// An imported package, and something that it is good for: what isn't used isn't
// linked. n is a number that the toolchain doesn't know, s a string.
var imports = []struct{ path, use string }{
	{"strconv", `s = strconv.Quote(s) + strconv.Itoa(n)`},
	{"strings", `s = strings.Join(strings.Fields(strings.ToLower(s)), "x")`},
	{"slices", `a := []string{s, "x"}; slices.Sort(a); s = a[0]`},
	{"sort", `a := []string{s, "x"}; sort.Strings(a); s = a[0]`},
	{"sync", `var p sync.Pool; p.Put(&n); var w sync.WaitGroup; w.Go(func() { n++ }); w.Wait()`},
	{"hash/maphash", `n += int(maphash.String(maphash.MakeSeed(), s))`},
	{"time", `t, err := time.Parse(time.RFC3339, s); if err != nil { s = t.String() }`},
	{"reflect", `s = reflect.ValueOf(s).Type().Method(n).Name`},
	{"fmt", `s = fmt.Sprint(n, s)`},
	{"encoding/json", `var v struct{ A []string }; if json.Unmarshal([]byte(s), &v) == nil { s = v.A[0] }`},
	{"github.com/go-json-experiment/json/jsontext", `b, _ := jsontext.AppendQuote(nil, s); s = string(b)`},
	{"github.com/hack-pad/safejs", `v, err := safejs.Global().Get(s); if err == nil { n, _ = v.Int() }`},
	{"syscall/js", `n = js.Global().Get(s).Int()`},
	{"github.com/gcmkit/gcmkit/gcm", `v, err := gcm.ParseState(s); if err == nil { s = v.Name(gcm.French) }`},
	{"github.com/gcmkit/gcmkit/objectives", `v, err := objectives.Parse(s); if err == nil { n = int(v) }`},
	{"github.com/gcmkit/gcmkit/pledge/tally", `var x tally.Index; n = x.Count(tally.Query{}).Total`},
	{"github.com/gcmkit/gcmkit/pledge/view", `var o view.Options; v, err := view.Render(nil, o); if err == nil { s = v.Text() }`},
}

const program = `package main

import (
	%s
)

// The toolchain can't know what these are.
var (
	n int
	s string
)

func main() {
	%s
	println(n, s)
}
`

// printImports prints what each import costs beyond a program without it.
func printImports(ctx context.Context, c *compile.Compiler, tmp string, stdout, stderr io.Writer) error {
	size := func(path, use string) (plain, shipped int, err error) {
		if path != "" {
			path = fmt.Sprintf("%q", path)
		}
		file := filepath.Join(tmp, "main.go")
		if err := os.WriteFile(file, fmt.Appendf(nil, program, path, use), 0o666); err != nil {
			return 0, 0, err
		}
		a, err := c.Plain(ctx, file)
		if err != nil {
			return 0, 0, err
		}
		b, err := c.Engine(ctx, path, file)
		return packed(a), packed(b), err
	}
	plain, shipped, err := size("", "")
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "bytes with brotli\tas made here\t  import\t")
	fmt.Fprintf(t, "%s\t%s\t  a program without imports\n", grouped(plain), grouped(shipped))
	for i, imp := range imports {
		fmt.Fprintf(stderr, "import %d of %d: %s\n", i+1, len(imports), imp.path)
		a, b, err := size(imp.path, imp.use)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "+%s\t+%s\t  %s\n", grouped(a-plain), grouped(b-shipped), imp.path)
	}
	return t.Flush()
}
