package tally

// spelled is where in a record a text stands that is to be looked up, and the hash
// of that. Looking up is mostly waiting for memory: for several texts at once one
// waits no longer than for one.
type spelled struct {
	start, end    int
	hash, address uint32 // address is of the first spelling with that hash
	known         bool   // whether there is one
}

// fetch brings all that finding texts takes from memory. Each step does so little
// that a processor has begun with the last text before it has got the first one.
func (s *spellings) fetch(all []spelled) {
	fetched := uint64(0)
	for i := range all {
		fetched ^= *s.table.first(all[i].hash)
	}
	for i := range all {
		all[i].address, all[i].known = s.address(all[i].hash)
	}
	for i := range all {
		if p := &all[i]; p.known {
			text := s.at(p.address)
			fetched ^= uint64(text[0]) ^ uint64(text[min(p.end-p.start, len(text)-1)])
		}
	}
	s.table.fetched ^= fetched
}

// address returns where the first text with a hash stands.
func (s *spellings) address(hash uint32) (address uint32, ok bool) {
	for p, i := s.table.look(hash); p.slots[i] != 0; i = next(i) {
		if h, address := split(p.slots[i]); h == hash {
			return address, true
		}
	}
	return 0, false
}

// findSpelled is find for a text that has been fetched.
func (s *spellings) findSpelled(p *spelled, text string) (n uint32, ok bool) {
	if p.known {
		if n, ok = s.isAt(p.address, text); ok {
			return n, true
		}
	}
	return s.findHash(text, p.hash)
}
