package tally

import (
	"io"
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/crew"
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// Reader reads a feed, or a [Snapshot], from JSON that comes in pieces: a feed
// object, an array of pledges, or a pledge a line. Only what is counted is
// read, and with Items what lists show. Write it all, or let [io.Copy] or
// [Reader.ReadFrom] do so, then Close. The zero value is ready and has the
// default limits. It must not be copied after first use, and isn't safe for
// concurrent use.
//
// Beside the index that it fills, a reader takes no memory that grows with the
// feed.
type Reader struct {
	Limits Limits

	// Items keeps what lists of pledges show, and what one searches in: see [Item],
	// [Index.Search], [Index.Newest] and [Index.Texts]. A pledge takes 11 bytes more
	// then, and its title, language and link, which are 835 bytes at most; a name of a
	// pledger is kept once.
	Items bool

	// Workers is how many goroutines ReadFrom reads records with;
	// runtime.GOMAXPROCS by default.
	Workers int

	split  frame.Splitter
	decode decoder
	feed   Feed
	noting sync.Mutex // guards what is noted in feed
	begun  bool
	err    error
}

// Write reads the next piece. The error is a [*FeedError], and stays.
func (r *Reader) Write(p []byte) (int, error) {
	r.begin()
	r.split.Push(p)
	err := r.proceed()
	if r.decode.Settle(); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (r *Reader) begin() {
	if !r.begun {
		r.begun = true
		r.split.Limits = frame.Limits(r.Limits).WithDefaults()
		r.split.IsRecord = wire.HasID
		r.feed.Index = new(Index)
		r.decode = r.newDecoder()
		r.feed.items = r.Items
	}
}

func (r *Reader) newDecoder() decoder {
	return newDecoder(r.feed.Index, r.Items, r.split.Limits.Depth, func(problems []Problem, ok bool) {
		r.noting.Lock()
		defer r.noting.Unlock()
		r.feed.note(problems, ok)
	})
}

// ReadFrom reads src to its end, which may be the next piece of a feed like any
// other. It decodes records in several goroutines, see Workers; they have ended
// when it returns. The error is that of src or a [*FeedError], which stays.
func (r *Reader) ReadFrom(src io.Reader) (int64, error) {
	r.begin()
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	hands := []crew.Hand{&r.decode}
	if workers == 1 {
		return crew.Decode(src, &r.split, r.nextAhead, hands)
	}
	for range workers - 1 {
		d := r.newDecoder()
		hands = append(hands, &d)
	}
	return crew.Decode(src, &r.split, r.next, hands)
}

// proceed decodes every record that is whole by now.
func (r *Reader) proceed() error {
	for {
		record, err := r.nextAhead()
		if err == frame.ErrMore || err == frame.ErrEnd {
			return nil
		} else if err != nil {
			return err
		}
		r.decode.Take(record)
	}
}

// Close says that the feed ends here, and returns what was read. A feed that
// ends too early is an error: part of a count is no count. So is one of which
// no record could be read.
func (r *Reader) Close() (*Feed, error) {
	if _, err := r.Write(nil); err != nil {
		return nil, err
	}
	r.split.End()
	if err := r.proceed(); err != nil {
		return nil, err
	}
	r.decode.End()
	f := &r.feed
	if f.snapshot == nil {
		f.Index.distinguish()
	}
	if r.split.Form() == frame.Feed {
		header, problems, ok := ReadHeader(r.split.Head())
		for i := range problems {
			problems[i].Offset = r.split.HeadOffset(problems[i].Offset)
		}
		f.Header = header
		f.ProblemCount += len(problems)
		f.Problems = append(f.Problems, problems[:min(len(problems), MaxProblems-len(f.Problems))]...)
		if !ok {
			return nil, &FeedError{Offset: problems[0].Offset, Records: f.Records, What: problems[0].String()}
		}
	}
	if f.snapshot == nil && f.Records > 0 && f.Unread == f.Records {
		return nil, &FeedError{Records: f.Records, What: "no record could be read: " + f.Problems[0].String()}
	}
	return f, nil
}

// nextAhead is next for who decodes in the same goroutine. Before it looks for the end
// of a record it decodes those of which that is known once they are read.
func (r *Reader) nextAhead() (frame.Record, error) {
	if r.err == nil && r.feed.snapshot == nil {
		r.feed.Records += r.decode.ahead(&r.split)
	}
	record, err := r.next()
	r.decode.scanner.Lines = r.split.Form() == frame.Lines
	return record, err
}

// next returns the next record that is one of a pledge. The error is [frame.ErrMore],
// [frame.ErrEnd], or one that stays.
func (r *Reader) next() (frame.Record, error) {
	for r.err == nil {
		record, err := r.split.Next()
		switch {
		case err == frame.ErrMore, err == frame.ErrEnd:
			return record, err
		case err != nil:
			e := err.(*frame.Error) // there is no other
			r.err = &FeedError{Offset: e.Offset, Records: e.Record, What: e.What}
		case r.feed.snapshot != nil:
			r.err = &FeedError{Offset: record.Offset, Records: r.feed.Records, What: "a record behind a snapshot"}
		case record.Index == 0 && r.split.Form() == frame.Lines && isSnapshot(record.Bytes):
			r.err = r.readSnapshot(record)
		default:
			r.feed.Records++
			return record, nil
		}
	}
	return frame.Record{}, r.err
}

func (r *Reader) readSnapshot(record frame.Record) error {
	s, found, ok := decodeSnapshot(record.Bytes)
	problems := appendProblems(nil, HeaderRecord, record.Offset, found)
	if len(problems) > 0 {
		// What a snapshot counts can't be checked against anything, so one
		// that isn't understood to the last value isn't shown.
		return &FeedError{Offset: problems[0].Offset, What: "a snapshot with a problem: " + problems[0].String()}
	}
	if !ok {
		return &FeedError{Offset: record.Offset, What: "a snapshot that isn't an object"}
	}
	f := &r.feed
	f.Header, f.snapshot, f.Index = s.Header, s, nil
	f.Records, f.Unread = s.Counts.Total, s.Unread
	return nil
}

// isSnapshot reports whether an object has the counts of a snapshot and nothing that
// only a pledge has: a pledge may have members that nobody knows, of any name.
func isSnapshot(record []byte) bool {
	var r wire.Reader
	counts, pledge := false, false
	r.Read(record, func(name string) {
		counts = counts || name == "counts" && r.IsObject()
		pledge = pledge || name != "title" && fast.FieldOf(name) != 0
		r.Skip()
	})
	return counts && !pledge
}
