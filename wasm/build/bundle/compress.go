package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"

	"github.com/andybalholm/brotli"
)

type packed struct{ brotli, gzip []byte }

// compress packs as small as it gets: this happens once, and is downloaded by
// everybody. Neither format gets a name or a time, so equal in is equal out.
func compress(ctx context.Context, content []byte) (p packed, err error) {
	if p.gzip, err = gzipped(ctx, content); err != nil {
		return packed{}, err
	}
	var b bytes.Buffer
	// A window of 16 MiB spans the whole engine.
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	err = pack(ctx, w, content)
	p.brotli = b.Bytes()
	return p, err
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
