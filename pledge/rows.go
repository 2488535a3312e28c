package pledge

// rows holds the pledge of each row of an index, on pages: none is ever moved, so that
// a page is written once. Rows begin at 0, and the first time they come one by one.
type rows [][]*Pledge

const pageRows = 1024

func (r rows) at(row uint32) *Pledge { return r[row/pageRows][row%pageRows] }

func (r *rows) set(row uint32, p *Pledge) {
	page := int(row / pageRows)
	switch {
	case page == len(*r) && page > 0:
		*r = append(*r, make([]*Pledge, 0, pageRows))
	case page == len(*r): // grows, as there may be few
		*r = append(*r, nil)
	}
	if all := &(*r)[page]; int(row%pageRows) == len(*all) {
		*all = append(*all, p)
	} else {
		(*all)[row%pageRows] = p
	}
}
