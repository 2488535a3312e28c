package tally

// paged holds a value for those rows that have one, in a page for each block with
// such a row; other blocks take nothing. The zero value of T is none.
type paged[T comparable] [][]T

func (p paged[T]) of(row uint32) (value T) {
	if block, i := int(row/blockRows), int(row%blockRows); block < len(p) && i < len(p[block]) {
		value = p[block][i]
	}
	return value
}

func (p *paged[T]) set(row uint32, value T) {
	if value == p.of(row) {
		return
	}
	block, i := int(row/blockRows), int(row%blockRows)
	var page []T
	if block < len(*p) {
		page = (*p)[block]
	}
	for len(page) <= i {
		var none T
		page = append(page, none)
	}
	page[i] = value
	p.setPage(block, page)
}

// setPage keeps the values of a block.
func (p *paged[T]) setPage(block int, page []T) {
	if page == nil {
		return
	}
	for len(*p) <= block {
		*p = append(*p, nil)
	}
	(*p)[block] = page
}
