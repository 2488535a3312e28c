package pledge

import "testing"

func TestRowsTakeAsManyPagesAsTheyFill(t *testing.T) {
	var r rows
	const n = 3*pageRows + 1
	all := make([]Pledge, n)
	for range 2 { // what is there is replaced
		for row := range all {
			r.set(uint32(row), &all[row])
			if most := row/pageRows + 1; len(r) < most || len(r) > 4 {
				t.Fatalf("%d pages with row %d", len(r), row)
			}
		}
		if len(r) != 4 {
			t.Fatalf("%d pages for %d rows", len(r), n)
		}
		for row := range all {
			if r.at(uint32(row)) != &all[row] {
				t.Fatalf("row %d is another pledge's", row)
			}
		}
	}
}
