package view_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// tilesOfStates reads tiles.tsv: where the tile of each State stands.
func tilesOfStates(t *testing.T) map[gcm.State][2]int {
	t.Helper()
	content, err := os.ReadFile("tiles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[gcm.State][2]int{}
	for line := range strings.Lines(string(content)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if cells[0] == "alpha3" {
			continue
		}
		state, ok := gcm.StateFromAlpha3(cells[0])
		column, err1 := strconv.Atoi(cells[1])
		row, err2 := strconv.Atoi(cells[2])
		if _, twice := all[state]; !ok || twice || err1 != nil || err2 != nil {
			t.Errorf("%q is no State, or is there already", line)
		}
		all[state] = [2]int{column, row}
	}
	return all
}

// Each State has one tile, no two are on one place, and no two regions touch, not
// even at a corner: what is between them is the sea.
func TestEachStateHasAPlaceOfItsOwn(t *testing.T) {
	all := tilesOfStates(t)
	for state := range gcm.States() {
		at, ok := all[state]
		if !ok {
			t.Errorf("%v has no tile", state)
		}
		if column, row := view.TilePlace(state); [2]int{column, row} != at {
			t.Errorf("%v is at %d, %d, want %v", state, column, row, at)
		}
		for other, place := range all {
			x, y := place[0]-at[0], place[1]-at[1]
			if other != state && x == 0 && y == 0 {
				t.Errorf("%v and %v are on one place", state, other)
			}
			if other.Region() != state.Region() && x*x <= 1 && y*y <= 1 {
				t.Errorf("%v and %v touch", state, other)
			}
		}
	}
}

// The names of regions stand where no tiles are.
func TestNamesOfRegionsStandInTheSea(t *testing.T) {
	all := tilesOfStates(t)
	for i, at := range view.RegionPlaces()[1:] {
		for state, place := range all {
			left, top := 10*place[0], 10*place[1]
			// A name is as wide as seven tiles, in a narrow column, and as high as one.
			if at[0]-35 < left+9 && left < at[0]+35 && at[1]-6 < top+9 && top < at[1]+1 {
				t.Errorf("%v is written on %v", gcm.Region(i+1), state)
			}
		}
	}
}

// mapped returns the tiles of a map: what each says, and its shade.
func mapped(t *testing.T, v *view.View) map[string]string {
	t.Helper()
	page, err := buildDOM(v.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	page.visit(func(n *domNode) {
		if part, ok := strings.CutPrefix(n.values["part"], "tile "); ok && len(n.children) > 0 {
			all[n.textContent()] = part
		}
	})
	return all
}

func TestTilesSayHowManyPledgesAStateHas(t *testing.T) {
	s := &tally.Snapshot{}
	number := map[gcm.State]int{}
	for i, n := range []int{0, 1, 2, 3, 4, 5, 6, 10, 11, 5000} {
		number[gcm.State(1+i)] = n
		s.Counts.States = append(s.Counts.States, tally.StateCount{State: gcm.State(1 + i), Number: n})
	}
	// One once more, and one that there isn't.
	s.Counts.States = append(s.Counts.States, tally.StateCount{State: 2, Number: 7}, tally.StateCount{State: 250, Number: 9})
	number[2] += 7
	v := render(t, s, view.Options{View: view.Map})
	tiles := mapped(t, v)
	if len(tiles) != 197 {
		t.Errorf("%d tiles", len(tiles))
	}
	silent := 0
	for state := range gcm.States() {
		n := number[state]
		if n == 0 {
			silent++
		}
		words := state.Name(gcm.English) + ": " + strings.Replace(strconv.Itoa(n), "5000", "5,000", 1) + " pledges"
		if n == 1 {
			words = strings.TrimSuffix(words, "s")
		}
		if want := shadeOf(n); tiles[words] != want {
			t.Errorf("%s is in the shade %q, want %q", words, tiles[words], want)
		}
	}
	if want := strconv.Itoa(silent) + " States have no pledges"; !strings.Contains(v.HTML(), want) {
		t.Errorf("not %q", want)
	}
	for _, l := range lines(t, v) {
		state := gcm.State(0)
		for s := range number {
			if strings.HasPrefix(l.heading, s.Name(gcm.English)) {
				state = s
			}
		}
		if l.numbers[0] == 0 || l.numbers[0] != number[state] {
			t.Errorf("%s has the number %d", l.heading, l.numbers[0])
		}
		delete(number, state)
	}
	for state, n := range number {
		if n > 0 {
			t.Errorf("%v with %d pledges isn't in the table", state, n)
		}
	}
}

// shadeOf is what the key says: none, 1, 2–3, 4–5, 6–10, 11+.
func shadeOf(n int) string {
	switch {
	case n == 0:
		return "s0"
	case n == 1:
		return "s1"
	case n <= 3:
		return "s2"
	case n <= 5:
		return "s3"
	case n <= 10:
		return "s4"
	}
	return "s5"
}

// Nobody is left out of the reach of the arrow keys: from each tile there is a way
// to each other one. It goes to the nearest tile in that direction, and what is
// aside counts three times, as in the widget.
func TestArrowKeysReachEveryTile(t *testing.T) {
	all := tilesOfStates(t)
	next := func(from gcm.State, dx, dy int) (to gcm.State) {
		nearest := 1 << 10
		for state := range gcm.States() {
			x, y := all[state][0]-all[from][0], all[state][1]-all[from][1]
			along, aside := x*dx+y*dy, max(x*dy, -x*dy)+max(y*dx, -y*dx)
			if far := along + 3*aside; along > 0 && far < nearest {
				nearest, to = far, state
			}
		}
		return to
	}
	ways := map[gcm.State][]gcm.State{}
	for state := range gcm.States() {
		for _, d := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			if to := next(state, d[0], d[1]); to != 0 {
				ways[state] = append(ways[state], to)
			}
		}
	}
	for from := range gcm.States() {
		seen := map[gcm.State]bool{from: true}
		for todo := []gcm.State{from}; len(todo) > 0; todo = todo[1:] {
			for _, to := range ways[todo[0]] {
				if !seen[to] {
					seen[to], todo = true, append(todo, to)
				}
			}
		}
		if len(seen) != 197 {
			t.Fatalf("from %v one comes to %d tiles", from, len(seen))
		}
	}
}
