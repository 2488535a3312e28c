package intern

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

func numbered(n int) (id [16]byte) {
	id[6] = 0x40
	binary.BigEndian.PutUint32(id[12:], uint32(n)+1)
	return id
}

func TestTableFindsWhatAMapFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 21))
	var x Table
	rows := map[[16]byte]uint32{}
	hash := func(id [16]byte) uint32 { return x.HashID(&id) & 0xff000003 } // so that many collide
	ids := map[uint32][16]byte{}
	for range 20_000 {
		id := numbered(random.IntN(500))
		row, known := rows[id]
		got, ok := x.Find(hash(id), func(row uint32) bool { return ids[row] == id })
		if ok != known || ok && got != row {
			t.Fatalf("%v: row %d %v, want %d %v", id, got, ok, row, known)
		}
		if known {
			x.Remove(hash(id), row)
			delete(rows, id)
			delete(ids, row)
			continue
		}
		row = uint32(random.IntN(1 << 30))
		rows[id], ids[row] = row, id
		x.Add(hash(id), row)
	}
	if x.Len() != len(rows) {
		t.Errorf("%d rows, want %d", x.Len(), len(rows))
	}
}

// TestTableGrowsPageByPage holds how a table grows: by ten times as many keys as
// there are here, as many as pledge/README.md allows, it takes four bits more.
func TestTableGrowsPageByPage(t *testing.T) {
	const keys = 1_000_000
	var x Table
	x.init()
	hash := func(n int) uint32 { return uint32(n) * 0x9e3779b1 } // a different one for each
	for n := range keys {
		x.Add(hash(n), uint32(n))
	}
	if x.size != keys || x.bits+4 >= mostBits {
		t.Errorf("%d keys, %d bits", x.size, x.bits)
	}
	for n := range keys {
		p, i := x.look(hash(n))
		for ; p.slots[i] != uint64(hash(n))<<32|uint64(n+1); i = next(i) {
			if p.slots[i] == 0 {
				t.Fatalf("key %d isn't there", n)
			}
		}
	}
}

// A number that one knows and a text that one chooses must not be exchanged for each
// other: keys that collide would make a table as slow as a list.
func TestTheHashOfATextAndANumberDependsOnBoth(t *testing.T) {
	var x Table
	seen := map[uint32]uint64{}
	var text [8]byte
	for n := range uint64(1000) {
		binary.LittleEndian.PutUint64(text[:], 0x6162636465666768^n)
		hash := x.Hash(string(text[:]), n)
		if other, known := seen[hash]; known {
			t.Fatalf("%q with %d has the hash of another text with %d", text, n, other)
		}
		seen[hash] = n
		if again := x.Hash(string(text[:]), n); again != hash {
			t.Fatalf("%q with %d has the hashes %x and %x", text, n, hash, again)
		}
	}
	if x.Hash("a", 0) == x.Hash("a", 1) || x.Hash("", 1) == x.Hash("", 2) {
		t.Error("the number doesn't count")
	}
}
