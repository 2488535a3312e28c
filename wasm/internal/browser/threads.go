package browser

import "time"

// Thread is one thread of a browser.
type Thread struct {
	Process int           // number of the process
	Main    bool          // the process began with it: of a page's process the page's own
	Name    string        // as the browser calls it, 15 bytes at most
	CPU     time.Duration // that it has run, since its beginning
}

// Threads returns the threads that there are. The error wraps [errors.ErrUnsupported]
// where the system doesn't tell.
func (b *Browser) Threads() ([]Thread, error) {
	all, err := b.group.threads()
	return all, b.wrap("threads", err)
}
