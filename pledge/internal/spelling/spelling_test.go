package spelling

import (
	"fmt"
	"strings"
	"testing"
)

// Enough texts that slots double and pages are full, beside a map.
func TestTableFindsWhatWasAdded(t *testing.T) {
	var table Table[int]
	want := map[string]int{}
	for i := range 5_000 {
		text := fmt.Sprintf("%d%s", i, strings.Repeat("x", i%200))
		if _, ok := table.Find(text); ok {
			t.Fatalf("%q is there before it was added", text)
		}
		table.Add(text, i)
		want[text] = i
	}
	for text, i := range want {
		if got, ok := table.Find(text); !ok || got != i {
			t.Fatalf("%q: %d %v, want %d", text, got, ok, i)
		}
	}
	if table.Len() != len(want) || len(table.pages) < 4 || len(table.slots) < 2*len(want) {
		t.Errorf("%d texts on %d pages in %d slots", table.Len(), len(table.pages), len(table.slots))
	}
}

func TestTextsThatAreNotRemembered(t *testing.T) {
	var table Table[int]
	table.Add("a", 1)
	for _, text := range []string{"", strings.Repeat("a", Longest+1), strings.Repeat("a", 1<<16)} {
		table.Add(text, 2)
		if _, ok := table.Find(text); ok || table.Len() != 1 {
			t.Errorf("%d bytes are remembered", len(text))
		}
	}
	longest := strings.Repeat("a", Longest)
	table.Add(longest, 3)
	if v, ok := table.Find(longest); !ok || v != 3 {
		t.Errorf("%d bytes are not remembered", Longest)
	}
}

func TestObjectIsWhatWasAddedAsOne(t *testing.T) {
	var table Table[int]
	const whole = `{"name":"A"}`
	table.Add(whole, 1)
	for text, size := range map[string]int{
		whole: len(whole), whole + `,{"name":"B"}]`: len(whole), `{"name":"A}"}`: 0, `{"name":"B"}`: 0, `{"name":"A"`: 0, "": 0,
		` ` + whole: 0, strings.Repeat(" ", Longest) + whole: 0,
	} {
		if v, n := table.Object(text); n != size || (v == 1) != (size > 0) {
			t.Errorf("%q: %d bytes, want %d", text, n, size)
		}
	}
}
