package lex

// names notes the names of the objects that are being read, to find those that
// come twice. It is one stack for all of them, of where they stand in the text.
type names struct {
	stack []span
}

// span is where a name stands.
type span struct{ start, end int }

// object is what is known of the names of one object: where they begin on the
// stack, and a bit for some hash of each, so that most names are known to be new
// without a look at the others.
type object struct {
	base   int
	hashes uint64
	all    map[string]struct{} // instead of the stack, where that doesn't do
}

// few is how many names are compared one by one.
const few = 32

func (n *names) reset() { n.stack = n.stack[:0] }

func (n *names) open() object { return object{base: len(n.stack)} }

func (n *names) close(o *object) { n.stack = n.stack[:o.base] }

// add reports whether a name is new to the object. It stands in the text from
// start on, unless the object is spelled out.
func (n *names) add(o *object, text, name string, start int) bool {
	if o.all == nil && len(n.stack)-o.base == few {
		o.spell(n, text)
	}
	if o.all != nil {
		_, known := o.all[name]
		o.all[name] = struct{}{}
		return !known
	}
	bit := uint64(1) << (hash(name) & 63)
	if o.hashes&bit != 0 {
		for _, s := range n.stack[o.base:] {
			if text[s.start:s.end] == name {
				return false
			}
		}
	}
	o.hashes |= bit
	n.stack = append(n.stack, span{start, start + len(name)})
	return true
}

// spell notes the names themselves from now on: for many of them, and for those
// that stand in the text with escapes.
func (o *object) spell(n *names, text string) {
	if o.all != nil {
		return
	}
	o.all = make(map[string]struct{})
	for _, s := range n.stack[o.base:] {
		o.all[text[s.start:s.end]] = struct{}{}
	}
}

// hash mixes the length with the first and the last two letters: names in one
// object seldom agree in all of these.
func hash(name string) uint32 {
	n := len(name)
	if n < 2 {
		return uint32(n)
	}
	h := uint32(n) + uint32(name[0])<<8 + uint32(name[n-1])<<16 + uint32(name[n-2])<<24
	return h * 0x9e3779b1 >> 26
}
