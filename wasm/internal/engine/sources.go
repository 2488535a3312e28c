package engine

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// merged are several sources as one.
type merged struct {
	parts []*tally.Feed // of which it was made
	feed  *tally.Feed
}

// feed returns what is to be counted of the sources with these ids, which have
// blanks between them: of several, all pledges once. These are kept until one of
// the sources changes, or no widget shows them any more. It reports false if
// the engine doesn't have one of the sources. The error is [tally.ErrMerge].
func (e *Engine) feed(ids string) (f *tally.Feed, ok bool, err error) {
	var parts []*tally.Feed
	for id := range strings.FieldsSeq(ids) {
		s := e.sources[id]
		if s == nil || s.feed == nil {
			return nil, false, nil
		}
		if !slices.Contains(parts, s.feed) {
			parts = append(parts, s.feed)
		}
	}
	switch len(parts) {
	case 0:
		return nil, false, nil
	case 1:
		return parts[0], true, nil
	}
	if m := e.merged[ids]; m != nil { // or tidy would have forgotten it
		return m.feed, true, nil
	}
	if f, err = tally.MergeFeeds(parts...); err != nil {
		return nil, true, err
	}
	if e.merged == nil {
		e.merged = make(map[string]*merged)
	}
	e.merged[ids] = &merged{parts, f}
	return f, true, nil
}

// revise puts what has changed into a source: into one that holds pledges,
// pledges, with commas between them, of which later revisions count; in the place
// of a snapshot, a snapshot. Where it can't be read to its end nothing changes, and
// the shell tries what it has gathered in parts.
func (e *Engine) revise(id, arg string) []byte {
	s := e.sources[id]
	if s == nil || s.feed == nil {
		return failure(CodeSource, "no source "+id)
	}
	if !s.feed.IsSnapshot() {
		arg = "[" + arg + "]" // in which nothing is taken for something else than a pledge
	}
	r := tally.Reader{Limits: tally.Limits{Total: maxSize}, Items: true}
	_, err := r.Write([]byte(arg))
	var news *tally.Feed
	if err == nil {
		news, err = r.Close()
	}
	if err == nil && news.IsSnapshot() != s.feed.IsSnapshot() {
		err = tally.ErrMerge
	}
	if err != nil {
		return failure(CodeSyntax, err.Error())
	}
	if !news.IsSnapshot() {
		next := *s.feed // another feed, so that what was merged of it is forgotten
		next.Index.Merge(news.Index)
		if latest := next.Index.Latest(); next.AsOf.IsValid() && latest.Compare(next.AsOf) > 0 {
			next.AsOf = latest
		}
		s.feed = &next
	} else {
		s.feed = news
	}
	e.tidy()
	return report(news)
}

// tidy forgets what was merged of a source that has changed or is gone, and
// what no widget shows any more.
func (e *Engine) tidy() {
	for ids, m := range e.merged {
		shown, current := false, true
		for _, w := range e.widgets {
			shown = shown || w.source == ids
		}
		for _, part := range m.parts {
			current = current && e.has(part)
		}
		if !shown || !current {
			delete(e.merged, ids)
		}
	}
}

// has reports whether a feed is the current one of a source.
func (e *Engine) has(f *tally.Feed) bool {
	for _, s := range e.sources {
		if s.feed == f {
			return true
		}
	}
	return false
}
