package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

//go:generate go run gen_tiles.go

// A tileMap shows each State as a square of the same size, about where it lies in
// the world, in a shade that says how many pledges it has. There are no borders,
// which are disputed, and no areas, in which small island States vanish. West is
// on the left in every language.
type tileMap struct {
	caption, why string
	hint         string // how the words of a tile are found
	tiles        []tile // of every State, in the order of gcm.States
	regions      []regionName
	heading      string // of the keys
	keys         []mapKey
}

// A tile is the square of a State.
type tile struct {
	state  gcm.State
	step   int    // index in mapSteps
	words  string // "Kenya: 5 pledges"
	chosen bool
}

// A regionName stands in the sea beside a region, with the pledges from there.
type regionName struct{ name, number string }

// A mapKey says what a shade means.
type mapKey struct {
	step  int
	words string
}

// mapSteps are the greatest numbers of the shades, of which the last has none.
// They don't depend on what is counted: a shade means the same number on every
// page, and a selection makes a map paler.
var mapSteps = [...]int{0, 1, 3, 5, 10}

// mapStep returns the shade of a number.
func mapStep(n int) int {
	step := 0
	for step < len(mapSteps) && n > mapSteps[step] {
		step++
	}
	return step
}

// tilePlace returns the column and the row of a State's tile.
func tilePlace(s gcm.State) (column, row int) {
	at := 2 * (int(s) - 1)
	return int(tilePlaces[at] - '0'), int(tilePlaces[at+1] - '0')
}

// regionPlaces are where the names of regions stand, in tenths of a tile: the
// middle of the name, and the line on which it is written.
var regionPlaces = [...]struct{ x, y int }{
	gcm.Africa: {80, 178}, gcm.Americas: {60, 36}, gcm.Asia: {220, 22}, gcm.Europe: {48, 8}, gcm.Oceania: {232, 178},
}

// tiles returns what is in a view of where the pledgers are based: the map, and
// the same in a table to unfold.
func (r *renderer) tiles() []section {
	var numbers [1 << 8]int // of every State, which a snapshot that was read may have twice
	members := 0
	counts, chosen := &r.s.Counts, tally.Any[gcm.State]{}
	if c := r.o.Choices; c != nil && r.o.View == Dashboard { // where a tile says what a click on it gives
		counts, chosen = &c.Counts, c.Chosen.State
	}
	for _, s := range counts.States {
		numbers[s.State] += max(0, s.Number)
	}
	m := &tileMap{
		caption: r.say(locale.MapCaption),
		why:     locale.MapNote.In(r.lang).Fill(locale.Value{Name: "all", Text: r.number(memberStates)}),
		hint:    r.say(locale.MapHint),
		heading: r.say(locale.PledgesColumn),
		keys:    r.mapKeys(),
	}
	var pledging []tally.StateCount
	for s := range gcm.States() {
		n := numbers[s]
		if n > 0 {
			pledging = append(pledging, tally.StateCount{State: s, Number: n})
			if s.IsMember() {
				members++
			}
		}
		words := r.counted(locale.Tile, n, locale.Value{Name: "state", Text: s.Name(r.lang)})
		m.tiles = append(m.tiles, tile{s, mapStep(n), words, chosen.Has(s)})
	}
	for g := gcm.Africa; g <= gcm.Oceania; g++ {
		m.regions = append(m.regions, regionName{g.Name(r.lang), r.number(counts.Regions[g])})
	}
	var below notes
	if silent := len(m.tiles) - len(pledging); silent > 0 {
		below = notes{r.counted(locale.Silent, silent)}
	}
	return []section{
		r.share(locale.StatesNamed, members, memberStates),
		m,
		data{r.say(locale.ShowData), r.bars(locale.ByState, locale.StateColumn, r.stateRows(r.ranked(pledging))), nil},
		append(below, r.say(locale.SeveralStates)),
	}
}

// mapKeys returns what the shades mean: none, 1, 2–3, 4–5, 6–10, 11+.
func (r *renderer) mapKeys() []mapKey {
	keys := []mapKey{{0, r.say(locale.NoneOf)}}
	from := 1
	for i, to := range mapSteps[1:] {
		words := r.number(from)
		if from < to {
			words += "–" + r.number(to)
		}
		keys = append(keys, mapKey{i + 1, words})
		from = to + 1
	}
	return append(keys, mapKey{len(mapSteps), r.number(from) + "+"})
}

// The parts of the shades, which those of tiles and codes have as well.
var stepNames = [...]string{"s0", "s1", "s2", "s3", "s4", "s5"}

// tree writes the map. How large a tile is says the style sheet; without one there
// is the table only.
func (m *tileMap) tree() node {
	var tiles, codes, names, keys []node
	stop := "0" // of the tabulator: one for all tiles
	for i := range m.tiles {
		t := &m.tiles[i]
		column, row := tilePlace(t.state)
		x, y := strconv.Itoa(10*column), strconv.Itoa(10*row)
		name := "tile " + stepNames[t.step]
		if t.chosen {
			name += " chosen"
		}
		tiles = append(tiles, part("rect", name, element("title", text(t.words))).
			with("tabindex", stop).with("x", x).with("y", y))
		stop = "-1"
		codes = append(codes, part("text", "code "+stepNames[t.step], text(t.state.Alpha3())).with("x", x).with("y", y))
	}
	for i := range m.regions {
		g, at := &m.regions[i], regionPlaces[i+1]
		names = append(names, part("text", "region", text(g.name+" "), element("tspan", text(g.number))).
			with("x", percent(at.x*1000/mapWidth)).with("y", percent(at.y*1000/mapHeight)))
	}
	for _, k := range m.keys {
		swatch := part("svg", "swatch", part("rect", "tile "+stepNames[k.step])).with("viewBox", "0 0 9 9").with("aria-hidden", "true")
		words := text(k.words)
		if k.step > 0 {
			words = element("bdi", words).with("dir", "ltr")
		}
		keys = append(keys, part("span", "shade", swatch, words))
	}
	picture := func(name string, children []node) node {
		return part("svg", name, children...).with("viewBox", mapBox)
	}
	return part("div", "tilemap",
		part("p", "caption", text(m.caption)),
		part("p", "note", text(m.why)),
		part("svg", "world", append([]node{
			picture("tiles", tiles), picture("codes", codes).with("aria-hidden", "true")}, names...)...),
		part("p", "readout", text(m.hint)),
		part("p", "keys", append([]node{element("span", text(m.heading))}, keys...)...))
}

// The measures of the map in tenths of a tile, of which one is left between two.
const (
	mapWidth  = 10*mapColumns - 1
	mapHeight = 10*mapRows - 1
)

var mapBox = "0 0 " + strconv.Itoa(mapWidth) + " " + strconv.Itoa(mapHeight)
