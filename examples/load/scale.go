package main

import (
	"fmt"
	"io"
	"math"
)

// Assumptions are what isn't measured here. All of them are in the text.
type Assumptions struct {
	Stays     float64 // seconds that a page stays open, on average (exponential)
	Known     float64 // part of the views that have the feed from an earlier one
	Refresh   float64 // seconds between two readings of a widget that polls
	Jitter    float64 // by which part of it that varies to both sides
	Peak      float64 // how much more the busiest minute has than the mean of the day
	Writes    float64 // revisions a second
	Locations int     // of a CDN
	TTL       float64 // seconds that each keeps the feed: [feed.Options].MaxAge
	Busy      float64 // part of the processors that is used at the peak
	Memory    float64 // bytes for readers of a node
	Link      float64 // bytes a second of a node
}

// assumed are what the text begins with.
var assumed = Assumptions{
	Stays: 180, Known: 0.3, Refresh: 300, Jitter: 0.1, Peak: 2.5, Writes: 1.0 / 60,
	Locations: 50, TTL: 10, Busy: 0.5, Memory: 4 << 30, Link: 1e9 / 8,
}

const day = 24 * 60 * 60

// Costs are what was measured.
type Costs struct {
	Cores                          float64
	Whole, Unchanged, Enter, Event float64 // seconds of a processor
	FeedBytes, EventBytes, Reader  float64
}

func (m Measured) costs() Costs {
	c := Costs{Cores: float64(m.Cores), Enter: m.Delivery.ReaderCPU / 1e6, Event: m.Delivery.EventCPU / 1e6,
		EventBytes: float64(m.Delivery.EventBytes), Reader: float64(m.Delivery.ReaderBytes)}
	for _, r := range m.Requests {
		switch r.Name {
		case feedWhole:
			c.Whole, c.FeedBytes = r.CPU/1e6, float64(r.Bytes)
		case feedUnchanged:
			c.Unchanged = r.CPU / 1e6
		}
	}
	return c
}

// polls is how often a page that stays open for an exponential time reads again,
// on average: the sum of the parts of pages that are still there after one, two
// and more intervals.
func (a Assumptions) polls() float64 { return 1 / (math.Exp(a.Refresh/a.Stays) - 1) }

// changed is the part of the polls that find a new feed.
func (a Assumptions) changed() float64 { return 1 - math.Exp(-a.Writes*a.Refresh) }

// open is how many pages are open at once, by views a second.
func (a Assumptions) open(views float64) float64 { return views * a.Stays }

// misses is how many requests a second get through a CDN, of so many a second: a
// location asks once, serves what it has got for the time to live, and waits for
// the next request.
func (a Assumptions) misses(requests float64) float64 {
	each := requests / float64(a.Locations)
	return float64(a.Locations) * each / (1 + each*a.TTL)
}

// Node is how many views a day a node carries, and what ends it.
type Node struct {
	Views float64
	Limit string
	Open  float64 // pages open at the peak
}

// carries returns the views a day at which a node is at its limit, if one view
// takes so much of each at the peak.
func (a Assumptions) carries(c Costs, processor, memory, link float64) Node {
	n := Node{Views: math.Inf(1)}
	for _, l := range []struct {
		name       string
		there, one float64
	}{
		{"processor", a.Busy * c.Cores, processor},
		{"memory", a.Memory, memory},
		{"link", a.Busy * a.Link, link},
	} {
		if l.one > 0 && l.there/l.one*day/a.Peak < n.Views {
			n.Views, n.Limit = l.there/l.one*day/a.Peak, l.name
		}
	}
	n.Open = a.open(n.Views / day * a.Peak)
	return n
}

// reading is what it takes to get the feed once a view begins.
func (a Assumptions) reading(c Costs) (processor, link float64) {
	return (1-a.Known)*c.Whole + a.Known*c.Unchanged, (1 - a.Known) * c.FeedBytes
}

// polling is a node that all pages poll.
func (a Assumptions) polling(c Costs) Node {
	processor, link := a.reading(c)
	again := a.polls()
	processor += again * (a.changed()*c.Whole + (1-a.changed())*c.Unchanged)
	return a.carries(c, processor, 0, link+again*a.changed()*c.FeedBytes)
}

// streaming is a node from which all pages read the feed and then the stream.
func (a Assumptions) streaming(c Costs) Node {
	processor, link := a.reading(c)
	events := a.Stays * a.Writes
	return a.carries(c, processor+c.Enter+events*c.Event, a.Stays*c.Reader, link+events*c.EventBytes)
}

// behind is a node that gives the stream, behind a CDN that gives the feed.
func (a Assumptions) behind(c Costs) Node {
	events := a.Stays * a.Writes
	return a.carries(c, c.Enter+events*c.Event, a.Stays*c.Reader, events*c.EventBytes)
}

// writeScale writes the text.
func writeScale(w io.Writer, m Measured) {
	a, c := assumed, m.costs()
	p := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	p("# How many page views a day\n")
	p("Written by `go run ./examples/load -scale -o examples/load/SCALE.md`, which works out and simulates what follows from numbers that `go run ./examples/load -o examples/load/measured.json` has measured. Don’t edit.\n")
	p("## Measured\n")
	p("On %s, %d cores, %s, with the readers on the same machine; a feed of %s pledges.\n", m.CPU, m.Cores, m.Go, grouped(float64(m.Pledges)))
	p("| what | |\n| --- | ---: |")
	p("| the countable feed, in brotli | %s bytes |", grouped(c.FeedBytes))
	p("| processor for one answer with it | %.0f µs |", c.Whole*1e6)
	p("| processor for one answer that it hasn’t changed | %.0f µs |", c.Unchanged*1e6)
	p("| processor to let a reader into the stream | %.0f µs |", c.Enter*1e6)
	p("| processor for one event to one reader | %.1f µs |", c.Event*1e6)
	p("| memory of the server for one reader | %.1f KB |", c.Reader/1024)
	p("| an event | %s bytes |\n", grouped(c.EventBytes))
	p("## Assumed\n")
	p("A page stays open for %.0f minutes on average; %.0f of 100 views have the feed from before; a widget that polls reads again after %.0f s, give or take %.0f %%; the busiest minute has %.1f times the mean of the day; the feed changes once in %.0f s.",
		a.Stays/60, a.Known*100, a.Refresh, a.Jitter*100, a.Peak, 1/a.Writes)
	p("A node may use %.0f %% of its processors and of a link of 1 Gbit/s at the peak, and %.0f GB for readers; what the system keeps for connections comes beside that. A CDN has %d locations, and each keeps the feed for %.0f s. The widget’s own files are on a CDN in any case: their names change with their content, so they are fetched once a browser.\n",
		a.Busy*100, a.Memory/(1<<30), a.Locations, a.TTL)

	p("## Worked out\n")
	p("A view costs a node:\n")
	again := a.polls()
	p("- reading the feed: %.2f × %.0f µs + %.2f × %.0f µs;", 1-a.Known, c.Whole*1e6, a.Known, c.Unchanged*1e6)
	p("- polling: 1 / (e^(%.0f/%.0f) − 1) = %.2f readings more, of which %.0f %% find something new;", a.Refresh, a.Stays, again, a.changed()*100)
	p("- streaming: %.0f µs to enter, %.0f s × %.4f events a second × %.1f µs, and %.1f KB for %.0f s.\n", c.Enter*1e6, a.Stays, a.Writes, c.Event*1e6, c.Reader/1024, a.Stays)
	p("| | 1 node | 3 nodes | 10 nodes | pages open at the peak, each node | what ends it |\n| --- | ---: | ---: | ---: | ---: | --- |")
	row := func(name string, n Node) {
		p("| %s | %s | %s | %s | %s | %s |", name, millions(n.Views), millions(3*n.Views), millions(10*n.Views), grouped(round(n.Open)), n.Limit)
	}
	row("nodes alone, pages poll", a.polling(c))
	row("nodes alone, pages read the stream", a.streaming(c))
	row("a CDN gives the feed, nodes the stream", a.behind(c))
	busy := a
	busy.Writes = 1
	row("the same, with a change a second", busy.behind(c))
	p("| a file on a CDN, pages poll | as many as the CDN carries: it asks the origin for the file %.0f times a second at most | | | | |\n", float64(a.Locations)/a.TTL)
	p("Page views a day. Nodes share readers, not work on writes: each takes in every revision, which is little beside giving it to its readers. A node is told apart from the next by nothing that a reader sees, so any balancer will do. For more than 20,000 readers a node needs a higher `MaxReaders`, and as many open files.\n")
	p("A file on a CDN sends its readers %s GB for a million views. At that many views a day the CDN asks the origin %s times a day; with a hundred times as many views %s times, and never more than %s.\n",
		grouped(round(1e6*((1-a.Known)+again*a.changed())*c.FeedBytes/1e9)), grouped(round(a.misses(1e6*(1+again)/day)*day)), grouped(round(a.misses(1e8*(1+again)/day)*day)), grouped(float64(a.Locations)*day/a.TTL))

	p("## Simulated\n")
	p("A day second by second, with views at random, each of which opens, polls or listens, and leaves; caches that expire; and a feed that changes at random.\n")
	p("| views | | worked out | simulated |\n| ---: | --- | ---: | ---: |")
	for _, views := range simulated {
		s := a.simulate(views)
		for i, check := range a.checks(views, s) {
			name := ""
			if i == 0 {
				name = grouped(float64(views))
			}
			p("| %s | %s | %s | %s |", name, check.name, grouped(round(check.workedOut)), grouped(round(check.simulated)))
		}
	}
}

// round leaves three digits.
func round(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-2)
	if unit < 1 {
		return math.Round(v)
	}
	return math.Round(v/unit) * unit
}

func millions(v float64) string { return fmt.Sprintf("%.3g million", v/1e6) }

// grouped writes a whole number with a comma before each three digits.
func grouped(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
