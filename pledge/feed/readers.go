package feed

import (
	"context"
	"sync"
)

// readers counts who reads the stream, up to a limit.
type readers struct {
	most int
	done chan struct{} // closed when all are to leave

	mu    sync.Mutex
	n     int
	ended bool
	empty chan struct{} // closed when the last one has left after the end
}

func newReaders(most int) readers {
	return readers{most: most, done: make(chan struct{}), empty: make(chan struct{})}
}

// enter reports whether there is room for one more, who has to leave then.
func (r *readers) enter() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.n >= r.most {
		return false
	}
	r.n++
	return true
}

func (r *readers) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n--; r.ended && r.n == 0 {
		close(r.empty)
	}
}

func (r *readers) number() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}

// shutdown tells all to leave, lets nobody in any more, and waits.
func (r *readers) shutdown(ctx context.Context) error {
	r.mu.Lock()
	if !r.ended {
		r.ended = true
		close(r.done)
		if r.n == 0 {
			close(r.empty)
		}
	}
	r.mu.Unlock()
	select {
	case <-r.empty:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
