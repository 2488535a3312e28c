package main

import (
	"math"
	"math/rand/v2"
	"slices"
)

// simulated are the numbers of views a day that are simulated. What follows from
// more is arithmetic.
var simulated = []int{100_000, 1_000_000}

// Simulation is what came of a day.
type Simulation struct {
	requests int // for the feed
	whole    int // of these, the ones that were answered with the feed
	origin   int // that got through the CDN
	open     int // pages open in the busiest quarter of an hour, on average
	events   int // that the stream has delivered
}

// simulate runs a day of so many views, the same each time.
func (a Assumptions) simulate(views int) (s Simulation) {
	random := rand.New(rand.NewPCG(uint64(views), 7))
	changes := make([]float64, int(a.Writes*day))
	for i := range changes {
		changes[i] = random.Float64() * day
	}
	slices.Sort(changes)
	type reading struct {
		at       float64
		location int
	}
	var readings []reading
	open := make([]int, day+1) // who comes less who goes, by second
	for t := range a.arrivals(views, random) {
		location := random.IntN(a.Locations)
		ends := t + random.ExpFloat64()*a.Stays
		open[int(t)]++
		open[min(int(math.Ceil(ends)), day)]--
		s.events += between(changes, t, min(ends, day))

		readings = append(readings, reading{t, location})
		if random.Float64() >= a.Known {
			s.whole++
		}
		for last := t; ; {
			next := last + a.Refresh*(1+a.Jitter*(2*random.Float64()-1))
			if next > ends || next >= day {
				break
			}
			readings = append(readings, reading{next, location})
			if between(changes, last, next) > 0 {
				s.whole++
			}
			last = next
		}
	}
	s.requests = len(readings)
	slices.SortFunc(readings, func(a, b reading) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	expires := make([]float64, a.Locations)
	for _, r := range readings {
		if r.at >= expires[r.location] {
			s.origin++
			expires[r.location] = r.at + a.TTL
		}
	}
	s.open = busiest(open)
	return s
}

// arrivals yields when views begin, in no order: at random, with a day and a
// night, so that the busiest time has Peak times the mean.
func (a Assumptions) arrivals(views int, random *rand.Rand) func(func(float64) bool) {
	return func(yield func(float64) bool) {
		for range views {
			t := random.Float64() * day
			for random.Float64()*a.Peak > a.shape(t) {
				t = random.Float64() * day
			}
			if !yield(t) {
				return
			}
		}
	}
}

// shape is how many views come at a time of the day, of a mean of 1: a bell
// around noon on a level, as high as Peak.
func (a Assumptions) shape(t float64) float64 {
	const width = 3 * 60 * 60.0
	area := width * math.Sqrt(2*math.Pi) / day // of a bell of height 1, by the day
	level := (1 - a.Peak*area) / (1 - area)
	return level + (a.Peak-level)*math.Exp(-math.Pow((t-day/2)/width, 2)/2)
}

// between returns how many of sorted times are in (from, to].
func between(times []float64, from, to float64) int {
	count := func(t float64) int {
		n, _ := slices.BinarySearchFunc(times, t, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		return n
	}
	return max(0, count(to)-count(from))
}

// busiest returns the most pages that are open over a quarter of an hour, on average.
func busiest(changes []int) int {
	const quarter = 15 * 60
	most, sum, open := 0, 0, 0
	var each [day]int
	for t := range each {
		open += changes[t]
		each[t] = open
		if sum += open; t >= quarter {
			sum -= each[t-quarter]
		}
		most = max(most, sum/quarter)
	}
	return most
}

// check is a number in two ways.
type check struct {
	name                 string
	workedOut, simulated float64
}

func (a Assumptions) checks(views int, s Simulation) []check {
	v := float64(views)
	again := a.polls()
	origin := 0.0 // by the minute, as the number of requests changes over the day
	for t := 30.0; t < day; t += 60 {
		origin += 60 * a.misses(v/day*a.shape(t)*(1+again))
	}
	return []check{
		{"requests for the feed, if pages poll", v * (1 + again), float64(s.requests)},
		{"of these, answered with the whole feed", v * ((1 - a.Known) + again*a.changed()), float64(s.whole)},
		{"that a CDN passes on to the origin", origin, float64(s.origin)},
		{"pages open in the busiest quarter of an hour", a.open(v / day * a.Peak), float64(s.open)},
		{"events delivered, if pages read the stream", v * a.Stays * a.Writes, float64(s.events)},
	}
}
