package fast

import (
	"encoding/binary"
	"testing"
)

func TestBloomIsRarelyWrong(t *testing.T) {
	const ids = 1 << 16
	f, wrong := NewBloom(ids), 0
	for n := range ids {
		id := [16]byte{6: 0x40}
		binary.BigEndian.PutUint32(id[12:], uint32(n)+1)
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
