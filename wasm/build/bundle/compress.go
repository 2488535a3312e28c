package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"

	"github.com/andybalholm/brotli"
)

// compress packs a file, unless it has been, as small as it gets: this happens
// once, and is downloaded by everybody. Neither format gets a name or a time, so
// equal in is equal out.
func (f *artifact) compress(ctx context.Context) (err error) {
	if f.gzip == nil {
		if f.gzip, err = gzipped(ctx, f.content); err != nil {
			return err
		}
	}
	f.brotli, err = brotlied(ctx, f.content)
	return err
}

func brotlied(ctx context.Context, content []byte) ([]byte, error) {
	var b bytes.Buffer
	// A window of 16 MiB spans the whole engine.
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	err := pack(ctx, w, content)
	return b.Bytes(), err
}

func gzipped(ctx context.Context, content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	err = pack(ctx, w, content)
	return b.Bytes(), err
}

// pack writes in pieces, to notice when nobody waits any more.
func pack(ctx context.Context, w io.WriteCloser, content []byte) error {
	for len(content) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(len(content), 64<<10)
		if _, err := w.Write(content[:n]); err != nil {
			return err
		}
		content = content[n:]
	}
	return w.Close()
}
