package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
	"github.com/gcmkit/gcmkit/wasm/build/internal/start"
)

const (
	widget     = "./wasm/widget"
	widgetTags = "gcmwords" // the words of English only, as it is shipped
)

// printEdits prints what each edit saves of the widget's engine: how much larger
// it is with all the others. Each line comes when it is known. names are those that
// are asked for; none is all. The last line is for rewriting the code.
func printEdits(ctx context.Context, o compile.Options, names []string, stdout, stderr io.Writer) error {
	all, err := edited(ctx, o, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%10s  %11s  %9s  edit, of the %s bytes, %s with brotli\n",
		"saves", "with brotli", "functions", grouped(all.raw), grouped(all.packed))
	for i, e := range all.edits {
		if len(names) > 0 && !slices.Contains(names, e.Name) {
			continue
		}
		fmt.Fprintf(stderr, "edit %d of %d: %s\n", i+1, len(all.edits), e.Name)
		without, err := edited(ctx, o, e.Name)
		if err != nil {
			return fmt.Errorf("without the edit %s: %w", e.Name, err)
		}
		fmt.Fprintf(stdout, "%10s  %11s  %9d  %s\n", grouped(without.raw-all.raw), grouped(without.packed-all.packed), e.Functions(), e.Name)
	}
	if len(names) > 0 && !slices.Contains(names, compile.Rewriting) {
		return nil
	}
	without, err := edited(ctx, o, compile.Rewriting)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%10s  %11s  %9s  %s, of all code after linking\n", grouped(without.raw-all.raw), grouped(without.packed-all.packed), "", compile.Rewriting)
	return nil
}

// edited builds the widget's engine without an edit, and starts it.
func edited(ctx context.Context, o compile.Options, without string) (made, error) {
	tmp, err := os.MkdirTemp(o.Tmp, "edits-")
	if err != nil {
		return made{}, err
	}
	o.Tmp, o.Without = tmp, []string{without}
	c := compile.New(ctx, o).WithTags(widgetTags)
	root, err := c.Root(ctx)
	if err != nil {
		return made{}, err
	}
	wasmExec, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return made{}, err
	}
	engine, err := c.Smaller(ctx, widget)
	if err == nil {
		err = start.Widget(wasmExec).Start(ctx, engine)
	}
	if errors.Is(err, start.ErrNoNode) {
		err = nil
	}
	return made{len(engine), packed(engine), c.Edits()}, err
}

// made is what an engine was made to be.
type made struct {
	raw, packed int // bytes
	edits       []*overlay.Edit
}
