package intern

import (
	"fmt"
	"strings"
	"testing"
)

func TestValuesAreThoseThatWereAdded(t *testing.T) {
	var values Values[int]
	want := map[string]int{}
	for i := range 5_000 {
		text := fmt.Sprintf("%d%s", i, strings.Repeat("x", i%200))
		if _, ok := values.Find(text); ok {
			t.Fatalf("%q is there before it was added", text)
		}
		values.Add(text, i)
		want[text] = i
	}
	for text, i := range want {
		if got, ok := values.Find(text); !ok || got != i {
			t.Fatalf("%q: %d %v, want %d", text, got, ok, i)
		}
	}
	if values.Len() != len(want) {
		t.Errorf("%d texts", values.Len())
	}
}

func TestTextsThatAreNotRemembered(t *testing.T) {
	var values Values[int]
	values.Add("a", 1)
	for _, text := range []string{"", strings.Repeat("a", MaxText+1), strings.Repeat("a", 1<<16)} {
		values.Add(text, 2)
		if _, ok := values.Find(text); ok || values.Len() != 1 {
			t.Errorf("%d bytes are remembered", len(text))
		}
	}
	longest := strings.Repeat("a", MaxText)
	values.Add(longest, 3)
	if v, ok := values.Find(longest); !ok || v != 3 {
		t.Errorf("%d bytes are not remembered", MaxText)
	}
}

func TestObjectIsWhatWasAddedAsOne(t *testing.T) {
	var values Values[int]
	const whole = `{"name":"A"}`
	values.Add(whole, 1)
	for text, size := range map[string]int{
		whole: len(whole), whole + `,{"name":"B"}]`: len(whole), `{"name":"A}"}`: 0, `{"name":"B"}`: 0, `{"name":"A"`: 0, "": 0,
		` ` + whole: 0, strings.Repeat(" ", MaxText) + whole: 0,
	} {
		if v, n := values.Object(text); n != size || (v == 1) != (size > 0) {
			t.Errorf("%q: %d bytes, want %d", text, n, size)
		}
	}
}
