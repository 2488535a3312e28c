package feed

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Options say how a [Server] answers, and what it may spend on it. A zero field
// means its default, and so does a negative one, unless it says otherwise.
type Options struct {
	// Header says whose the pledges are. Its Sequence is that of the book as it
	// is given to [New]; 0 if nobody has counted so far. Where it states an
	// AsOf, answers have that or the instant of the newest revision, whichever
	// is later.
	Header tally.Header

	// URL is where readers find the server, https://example.org/pledges/. Pages and
	// files refer to each other without it; but where it isn't known others can't be
	// told where they are, so that there is no oEmbed, no site map and no picture for
	// social networks.
	URL string

	// Drawer draws cards as PNG, for social networks; see the module pledge/picture.
	// Without it there are no such pictures.
	Drawer Drawer

	// MaxAge is for how long caches may keep an answer before they ask again;
	// 10 seconds. If it is negative they ask each time.
	MaxAge time.Duration

	// Rebuild is how long an answer is given, under its own tag, after a later
	// revision has come, so that constant writes don't cost constant rendering;
	// 250 ms. If it is negative every answer has the latest revision.
	Rebuild time.Duration

	// CacheBytes is how much rendered answers to queries take at most; 64 MiB.
	// The two feeds are kept beside that, whole and compressed, whatever they
	// take.
	CacheBytes int

	// History is how many revisions are kept for readers that come back;
	// 10,000. HistoryBytes is what they take at most; 64 MiB.
	History      int
	HistoryBytes int

	// MaxReaders is how many readers the stream has at most; 20,000. Those that
	// come then are told to come back later, with the status 503.
	MaxReaders int

	// Heartbeat is after how much silence a reader gets a sign of life; 15
	// seconds.
	Heartbeat time.Duration

	// Retry is what a reader waits at least before it comes back; at most it is
	// twice as long, so that not all come at once. 3 seconds.
	Retry time.Duration

	// Spread is the time over which the readers of a view document that hear of a
	// change read it again, each at a moment of its own; 5 seconds, and none at all
	// if it is negative. It counts in whole seconds.
	Spread time.Duration

	// WriteTimeout is how long a reader may take for 64 KB before it is dropped;
	// 10 seconds.
	WriteTimeout time.Duration

	// CatchUp is how long a reader that is ahead of this server waits for it
	// before it gets a fresh start; 10 seconds.
	CatchUp time.Duration

	// Logger is told of readers that are dropped; nobody by default.
	Logger *slog.Logger
}

// A Drawer draws cards, which are SVG; see package view. It is safe for
// concurrent use.
type Drawer interface {
	// Check returns why a card can't be drawn as it should be, such as for want of a
	// font; nil if it can.
	Check(card []byte) error

	// Draw returns a card as a PNG of so many pixels.
	Draw(card []byte, width, height int) (png []byte, err error)
}

// writeSize is how many bytes of events are written at once: what a reader has
// to take within WriteTimeout.
const writeSize = 64 << 10

func (o Options) withDefaults() Options {
	if o.URL != "" {
		o.URL = strings.TrimSuffix(o.URL, "/") + "/"
	}
	if o.MaxAge == 0 {
		o.MaxAge = 10 * time.Second
	}
	if o.Rebuild == 0 {
		o.Rebuild = 250 * time.Millisecond
	}
	byDefault(&o.CacheBytes, 64<<20)
	byDefault(&o.History, 10_000)
	byDefault(&o.HistoryBytes, 64<<20)
	byDefault(&o.MaxReaders, 20_000)
	byDefault(&o.Heartbeat, 15*time.Second)
	byDefault(&o.Retry, 3*time.Second)
	if o.Spread == 0 {
		o.Spread = 5 * time.Second
	}
	byDefault(&o.WriteTimeout, 10*time.Second)
	byDefault(&o.CatchUp, 10*time.Second)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// maxAge is MaxAge in seconds, 0 if caches ask each time.
func (o *Options) maxAge() int { return max(0, int(o.MaxAge/time.Second)) }

// spread is Spread in seconds.
func (o *Options) spread() int { return max(0, int((o.Spread+time.Second-1)/time.Second)) }

func byDefault[T int | time.Duration](v *T, value T) {
	if *v <= 0 {
		*v = value
	}
}
