package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/examples/internal/output"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

// convert reads the export and writes the feed.
func convert(ctx context.Context, o options, stdin io.Reader, stdout, stderr io.Writer) (*summary, error) {
	in, size := stdin, int64(0)
	if o.file != "-" {
		file, err := os.Open(o.file)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil {
			size = info.Size()
		}
		in = file
	}
	p := &progress{ctx: ctx, in: in, size: size}
	if !o.quiet && !(o.report == "json" && o.out == "-" && !o.dry) { // that is where the report goes then
		p.show(stderr)
	}
	text := bufio.NewReader(p)
	s := new(summary)
	var im *webform.Importer
	if start, _ := text.Peek(len(zipped)); bytes.Equal(start, []byte(zipped)) {
		book, err := openWorkbook(ctx, text)
		if err != nil {
			return nil, err
		}
		defer book.Close()
		if im, err = book.importer(o, s); err != nil {
			return nil, err
		}
	} else {
		im = webform.NewImporter(text, &o.importing)
	}
	s.Import = im.Report()
	p.rows = func() int { return s.Import.Rows }
	write := func(w io.Writer) error {
		e := pledge.NewEncoder(w)
		e.Header = o.header
		for record, err := range im.Records() {
			if err != nil {
				return err
			}
			s.check(&record)
			if err := e.Encode(&record.Pledge); err != nil {
				return err
			}
			p.tell()
		}
		return e.Close()
	}
	var err error
	if o.dry {
		err = write(io.Discard)
	} else if err = output.Write(o.out, stdout, write); err == nil {
		s.wrote = o.out
	}
	p.end()
	return s, err
}
