package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/andybalholm/brotli"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
	"github.com/gcmkit/gcmkit/wasm/build/internal/measure"
)

// few bytes of code are counted together.
const few = 4000

// printEngines prints each engine's size and the code in it by package.
func printEngines(ctx context.Context, all *compile.Compiler, stdout, stderr io.Writer) error {
	for _, e := range []struct{ pkg, tags string }{{widget, widgetTags}, {"./wasm/rules", ""}} {
		pkg, c := e.pkg, all.WithTags(e.tags)
		fmt.Fprintln(stderr, "building", pkg)
		plain, err1 := c.Plain(ctx, pkg)
		shipped, err2 := c.Engine(ctx, pkg, pkg)
		named, err3 := c.Named(ctx, pkg)
		packages, err4 := c.Packages(ctx, pkg)
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil {
				return err
			}
		}
		code, err := measure.Code(named, append(packages, "main"))
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s: %s bytes, %s with brotli; as the toolchain makes it %s and %s\n\n",
			pkg, grouped(len(shipped)), grouped(packed(shipped)), grouped(len(plain)), grouped(packed(plain)))
		if e.tags == widgetTags {
			whole, err := all.Engine(ctx, pkg, pkg)
			if err != nil {
				return err
			}
			fmt.Fprintf(stdout, "with the words of all languages in it %s and %s\n\n", grouped(len(whole)), grouped(packed(whole)))
		}
		t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, "code\t  package\t")
		others, total := 0, 0
		byCode := slices.SortedFunc(maps.Keys(code), func(a, b string) int { return code[b] - code[a] })
		for _, name := range byCode {
			total += code[name]
			if code[name] < few || name == "" {
				others += code[name]
				continue
			}
			fmt.Fprintf(t, "%s\t  %s\n", grouped(code[name]), name)
		}
		fmt.Fprintf(t, "%s\t  others\n%s\t  all code\n", grouped(others), grouped(total))
		if err := t.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(stdout)
	}
	return nil
}

// packed is how many bytes are left with brotli.
func packed(content []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	w.Write(content) // to memory: there are no errors
	w.Close()
	return b.Len()
}

// grouped groups digits: 1,234.
func grouped(n int) string {
	if n < 0 {
		return "-" + grouped(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
