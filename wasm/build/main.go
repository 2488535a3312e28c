// Command build makes everything a web site needs to show <gcm-pledges> and
// <gcm-pledge-form>:
//
//	go run github.com/gcmkit/gcmkit/wasm/build@latest -o static/gcm
//
// It writes the elements (gcm-pledges.js, gcm-pledge-form.js), an engine for each
// (gcm-pledges-HASH.wasm, gcm-pledge-rules-HASH.wasm), the words of each language
// (gcm-words-HASH-fr.txt), pages to embed with
// (embed.html, builder.html), all also as .br and .gz, types, integrity hashes and
// what npm wants, and prints their sizes. Package
// [github.com/gcmkit/gcmkit/wasm/build/bundle] says more.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

const usage = `build makes everything a web site needs to show <gcm-pledges> and
<gcm-pledge-form>.

usage: go run github.com/gcmkit/gcmkit/wasm/build -o DIR [-fast] [-gunzip] [-keep-names] [-version V] [-q]

  -o DIR       write to this directory; it is made if need be
  -fast        leave out the compressed copies (.br, .gz), which take most of the
               time
  -gunzip      for hosts that can't compress .wasm files: the elements load the
               engine's .gz and unpack it in the page. The host must send it as
               it is, without Content-Encoding
  -keep-names  keep the names of functions and files in the engines, so that a
               panic says where it was, and compile Go's library as it is; they
               are nearly twice as large then
  -version V   version of the npm package that DIR is, as 1.2.3; by default that
               of the latest release in the changelog, or 0.0.0-dev
  -q           say nothing unless something goes wrong

What is made is started once in Node, where there is one of version 18 or later;
elsewhere a warning says that it hasn't been. A toolchain whose sources aren't
known makes larger engines, with a warning that says what isn't known.

Serve DIR with the Content-Type application/wasm for .wasm files. These and
gcm-words-*.txt, what the widget says in other languages than English, may be
cached for ever: their names change with their content, and older ones are left
in DIR for pages that still name them. The .js files should be revalidated
(Cache-Control: no-cache). If the page has another origin, all need
Access-Control-Allow-Origin. Then write in the page

  <script type="module" src="/DIR/gcm-pledges.js"></script>
  <gcm-pledges src="/pledges.json">158 pledges</gcm-pledges>

or, where pledges are made,

  <script type="module" src="/DIR/gcm-pledge-form.js"></script>
  <gcm-pledge-form>Write to pledges@example.org.</gcm-pledge-form>

A page with a content security policy needs script-src with 'wasm-unsafe-eval'.
DIR/builder.html makes such snippets, also for iframes; DIR/README.md has the
attributes. With npm, DIR is a package: npm pack, or npm install ./DIR.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case err == nil, errors.Is(err, flag.ErrHelp):
	default:
		fmt.Fprintln(os.Stderr, "build:", err)
		stop()
		os.Exit(1)
	}
}

// warnings passes on what goes wrong, and not what goes on.
type warnings struct{ w io.Writer }

func (w warnings) Write(line []byte) (int, error) {
	if bytes.HasPrefix(line, []byte("warning: ")) {
		return w.w.Write(line)
	}
	return len(line), nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	dir := flags.String("o", "", "")
	fast := flags.Bool("fast", false, "")
	gunzip := flags.Bool("gunzip", false, "")
	names := flags.Bool("keep-names", false, "")
	version := flags.String("version", "", "")
	quiet := flags.Bool("q", false, "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return err
	} else if err != nil {
		return fmt.Errorf("%w (-h explains)", err)
	}
	if *dir == "" || flags.NArg() > 0 {
		return errors.New("give the directory to write to: -o DIR (-h explains)")
	}

	o := bundle.Options{Dir: *dir, Uncompressed: *fast, Gunzip: *gunzip, KeepNames: *names, Version: *version, Log: stderr}
	if *quiet {
		o.Log = warnings{stderr}
	}
	result, err := bundle.Build(ctx, o)
	if err != nil || *quiet {
		return err
	}
	return result.WriteTable(stdout)
}
