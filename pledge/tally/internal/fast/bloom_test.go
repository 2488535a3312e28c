package fast

import "testing"

func TestBloomIsRarelyWrong(t *testing.T) {
	const ids = 1 << 16
	f, wrong := NewBloom(ids), 0
	for n := range ids {
		id := numbered(n)
		if f.Add(&id) {
			wrong++
		}
		if !f.Has(&id) {
			t.Fatalf("%d isn't there", n)
		}
	}
	if wrong > ids/50 {
		t.Errorf("wrong about %d of %d", wrong, ids)
	}
}
