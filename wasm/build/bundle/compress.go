package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
)

type packed struct{ brotli, gzip []byte }

// compress packs as small as it gets: this happens once, and is downloaded by
// everybody. Neither format gets a name or a time, so equal in is equal out.
func compress(ctx context.Context, content []byte) (packed, error) {
	var br, gz bytes.Buffer
	// A window of 16 MiB spans the whole engine.
	bw := brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	gw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return packed{}, err
	}
	// In pieces, to notice when nobody waits any more.
	w := io.MultiWriter(bw, gw)
	for len(content) > 0 {
		if err := ctx.Err(); err != nil {
			return packed{}, err
		}
		n := min(len(content), 64<<10)
		if _, err := w.Write(content[:n]); err != nil {
			return packed{}, err
		}
		content = content[n:]
	}
	if err := errors.Join(bw.Close(), gw.Close()); err != nil {
		return packed{}, err
	}
	return packed{br.Bytes(), gz.Bytes()}, nil
}
