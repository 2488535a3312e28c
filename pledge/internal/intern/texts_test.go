package intern

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// TestTextsGrowToAnySize adds as many bytes of texts as there are pages before
// one would overflow at twice the size of the last, and holds the bound at the
// extremes: as many pages as an address can have.
func TestTextsGrowToAnySize(t *testing.T) {
	total := 0
	for page := range 1 << 16 {
		room := textRoom(page)
		if room < MaxText+textHead || room > textPage {
			t.Fatalf("page %d has %d bytes", page, room)
		}
		total += room
	}
	if total < 1<<31 {
		t.Errorf("%d bytes in all", total)
	}
	if last := uint64(1<<16-1)*textPage + textPage - 1; last > 1<<32-1 {
		t.Errorf("the last address is %d", last)
	}
	if fewest := (1 << 16) * (textPage/(MaxText+textHead) - 1); fewest < Most {
		t.Errorf("there are addresses for %d texts, and no more than %d is promised", fewest, Most)
	}

	var s Texts
	name := func(n int) string { return fmt.Sprintf("%0*d", 20+n%MaxText/2, n) }
	const texts = 20_000 // 5 MB
	for n := range texts {
		if !s.Add(name(n), uint32(n)) {
			t.Fatalf("text %d isn't remembered", n)
		}
	}
	if len(s.pages) < 60 {
		t.Fatalf("only %d pages", len(s.pages))
	}
	for n := range texts {
		if got, ok := s.Find(name(n)); !ok || got != uint32(n) {
			t.Fatalf("text %d is %d, %v", n, got, ok)
		}
	}
	if _, ok := s.Find(name(texts)); ok {
		t.Error("a text is there that wasn't added")
	}
}

func TestTextsAreRememberedUnlessTheyAreLong(t *testing.T) {
	var s Texts
	want := map[uint32]string{}
	for i := range 3000 {
		text := strings.Repeat("x", i%1500) + "é" + strconv.Itoa(i)
		if s.Add(text, uint32(i*i)) {
			want[uint32(i*i)] = text
		}
	}
	if n := len(want); n < 2000 || n == 3000 {
		t.Errorf("%d texts are remembered", n)
	}
	for n, text := range want {
		if got, ok := s.Find(text); got != n || !ok {
			t.Fatalf("%q: %d %v, want %d", text, got, ok, n)
		}
		if _, ok := s.Find(text + "y"); ok {
			t.Fatalf("%qy is known", text)
		}
	}
	s.Each(func(n uint32) {
		if _, ok := want[n]; !ok {
			t.Fatalf("%d is there, or there twice", n)
		}
		delete(want, n)
	})
	if len(want) > 0 {
		t.Errorf("%d aren't there", len(want))
	}
}

// FuzzTexts adds texts with numbers and finds them like a map.
func FuzzTexts(f *testing.F) {
	f.Add([]byte("\x05hello\x00\x01a\x05hello"))
	f.Add(bytes.Repeat([]byte{255}, 5000))
	f.Fuzz(func(t *testing.T, in []byte) {
		var s Texts
		want := map[string]uint32{}
		for len(in) > 0 {
			size := min(int(in[0])*5, len(in)-1) // up to more than MaxText
			text := string(in[1 : 1+size])
			in = in[1+size:]
			n, known := want[text]
			if got, ok := s.Find(text); ok != known || got != n {
				t.Fatalf("%q is %d, %v, want %d, %v", text, got, ok, n, known)
			}
			if n := uint32(len(in)) << 16; !known && s.Add(text, n) != (size <= MaxText) {
				t.Fatalf("%d bytes", size)
			} else if !known && size <= MaxText {
				want[text] = n
			}
		}
		sum, all := uint32(0), 0
		s.Each(func(n uint32) { sum, all = sum+n, all+1 })
		for _, n := range want {
			sum -= n
		}
		if sum != 0 || all != len(want) {
			t.Fatalf("each has %d texts, want %d", all, len(want))
		}
		for text, n := range want {
			if got, ok := s.Find(text); !ok || got != n {
				t.Fatalf("%q is %d, %v, want %d", text, got, ok, n)
			}
		}
	})
}
