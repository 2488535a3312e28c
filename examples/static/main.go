// Static writes a partner's page, one with a pledge form, and all they need as
// plain files, for any web host:
//
//	go run ./examples/static -o public
//
// Beside the pages are the same numbers for places that allow no scripts, such
// as e-mails, documents and many content management systems. They are files
// like the others: write them anew when the feed changes.
//
//	badge.svg       a badge, "20 pledges"
//	counter.svg     cards: the number and what it counts,
//	objectives.svg  the pledges by objective,
//	timeline.svg    and how many there were by the end of each month
//	badge.json      the badge for services that draw it themselves
//
// For a live number in a few kilobytes there are views as documents, of each kind
// and language, which the widget shows without WebAssembly:
//
//	<gcm-pledges src="views/counter.fr.json">20 engagements</gcm-pledges>
//
// In the folder pages are a page for each view, for the list and for each pledge, in
// six languages and without scripts, the pledges as a table, and what leads others to
// them: oEmbed, frames and a site map, if -url says where the site will be. A page of
// a view leads to a copy of itself with the date and sequence in its name, which no
// later run overwrites: keep the folder. -draw makes pictures for social networks:
//
//	go build -C pledge/picture -o /tmp/draw ./draw
//	go run ./examples/static -o public -url https://example.org -draw /tmp/draw
//
// Those of the illustrative feed begin with "reference-", and those in other
// languages than English end as in "counter-ar.svg". An image needs its text,
// which is the title in the file:
//
//	<a href="https://example.org/pledges"><img src="badge.svg" alt="20 pledges"></a>
//
// shields.io draws the badge from the JSON, wherever that is:
//
//	https://img.shields.io/endpoint?url=https://example.org/badge.json
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("static: ", err)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("static", flag.ContinueOnError)
	dir := flags.String("o", "public", "write to this `folder`")
	feed := flags.String("feed", "", "show this `file` of pledges; by default twenty published pledges")
	url := flags.String("url", "", "say in pages that the site will be at this https `address`: for oEmbed, site maps and pictures of social networks")
	draw := flags.String("draw", "", "let this `program` draw the pictures of social networks, such as that of pledge/picture")
	fast := flags.Bool("fast", false, "leave out the compressed files")
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), "Static writes a page with live pledge counters as plain files, for any web host.\n\n"+
			"usage: go run ./examples/static [flags]\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected %q; -h explains the flags", flags.Arg(0))
	}
	pledges := data.Published()
	if *feed != "" {
		var err error
		if pledges, err = os.ReadFile(*feed); err != nil {
			return err
		}
	}
	if *url != "" {
		*url = strings.TrimSuffix(*url, "/") + "/"
	}
	files, err := pages(pledges)
	if err != nil {
		return err
	}
	published, err := site.Read(bytes.NewReader(pledges))
	if err != nil {
		return err
	}
	snapshot, err := published.Snapshot(tally.Query{})
	if err != nil {
		return err
	}
	more, copies, err := publish(ctx, pledges, snapshot, *url, *draw)
	if err != nil {
		return err
	}
	maps.Copy(files, more)
	if _, err := bundle.Build(ctx, bundle.Options{Dir: *dir, Uncompressed: *fast, Log: os.Stderr}); err != nil {
		return err
	}
	if err := write(*dir, files, copies); err != nil {
		return err
	}
	fmt.Printf("Serve the folder %s. A page needs a server: browsers load no modules from file:// addresses.\n", *dir)
	return nil
}

// write writes files into a folder, and those copies that aren't there yet: what was
// cited stays as it was.
func write(dir string, files, copies map[string][]byte) error {
	files = maps.Clone(files)
	for name, content := range copies {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); errors.Is(err, fs.ErrNotExist) {
			files[name] = content
		}
	}
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o644)); err != nil {
			return err
		}
	}
	return nil
}

// pages returns everything but the widget and the form: three pages a language
// with their pictures and view documents, the feeds, the style sheet and the script.
func pages(pledges []byte) (map[string][]byte, error) {
	files := site.Files()
	files[site.PledgesName] = pledges
	files["style.css"], files["icon.svg"], files["form.js"] = site.Style(), site.Icon(), site.FormScript()
	feeds, err := site.Feeds(pledges)
	if err != nil {
		return nil, err
	}
	published, illustrative := &feeds[0], &feeds[len(feeds)-1]
	path := func(l gcm.Language) string {
		if l == gcm.English {
			return "index.html"
		}
		return l.String() + ".html"
	}
	beside := func(name string) func(gcm.Language) string {
		return func(l gcm.Language) string {
			if l == gcm.English {
				return name + ".html"
			}
			return name + "-" + l.String() + ".html"
		}
	}
	explorePath, formPath := beside("explore"), beside("form")
	for l := range gcm.Languages() {
		if err := errors.Join(
			pictures(files, published, "", l), pictures(files, illustrative, "reference-", l),
			documents(files, published, "", l), documents(files, illustrative, "reference-", l)); err != nil {
			return nil, err
		}
		page := site.Page{Language: l, Refresh: 300, Feeds: feeds, Path: path, ExplorePath: explorePath, FormPath: formPath, Meta: true}
		page.Listed, page.Method, page.Table = around(l, published.Read)
		var out, explore, form bytes.Buffer
		if err := errors.Join(page.Write(&out), page.WriteExplore(&explore), page.WriteForm(&form)); err != nil {
			return nil, err
		}
		files[path(l)], files[explorePath(l)], files[formPath(l)] = out.Bytes(), explore.Bytes(), form.Bytes()
	}
	return files, nil
}
