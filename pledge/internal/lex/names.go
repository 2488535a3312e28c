package lex

// names notes the names of the objects that are being read, to find those that
// come twice. It is one stack for all of them.
type names struct {
	stack []string
}

// object is what is known of the names of one object: where they begin on the
// stack, and a bit for some hash of each, so that most names are known to be new
// without a look at the others.
type object struct {
	base   int
	hashes uint64
	many   map[string]struct{} // instead of the stack, once there are many
}

// few is how many names are compared one by one.
const few = 32

func (n *names) reset() { n.stack = n.stack[:0] }

// add reports whether a name is new to the object.
func (n *names) add(o *object, name string) bool {
	bit := uint64(1) << (hash(name) & 63)
	if o.many == nil && o.hashes&bit != 0 {
		for _, other := range n.stack[o.base:] {
			if other == name {
				return false
			}
		}
	}
	o.hashes |= bit
	if o.many == nil && len(n.stack)-o.base < few {
		n.stack = append(n.stack, name)
		return true
	}
	if o.many == nil {
		o.many = make(map[string]struct{})
		for _, other := range n.stack[o.base:] {
			o.many[other] = struct{}{}
		}
	}
	_, known := o.many[name]
	o.many[name] = struct{}{}
	return !known
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
