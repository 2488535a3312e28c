// Command plain does what the runtime needs descriptions of types for, and looks at none
// of them itself: it asserts interfaces, hashes and compares values of all kinds that are
// in interfaces, and keeps large values alive while garbage is collected. It prints what it
// has found, the same every time.
package main

import "runtime"

func main() {
	asserted()
	hashed()
	compared()
	large()
	finalized()
	println("message", message(func() { _ = any(point{}).(*point).x }))
	println("message", message(func() { _ = any(1).(reader).read() }))
	println("message", message(func() { println(map[any]int{}[[]int{}]) }))
}

type reader interface{ read() string }

type writer interface{ write(string) }

type readWriter interface {
	reader
	writer
}

type point struct{ x, y int }

// The field has the name of a method, as have those of book.
type page struct{ write string }

func (p *page) read() string { return p.write }

type book struct {
	page
	read int
}

func (b *book) write(s string) { b.page.write = s }

type list struct{ all []int }

type shelf struct{ *page }

func (shelf) write(string) {}

func asserted() {
	for _, v := range []any{nil, 1, "two", point{3, 4}, &page{"five"}, &book{}, shelf{&page{"six"}}, func() {}, list{}, struct{ x any }{7}} {
		r, reads := v.(reader)
		_, writes := v.(writer)
		_, both := v.(readWriter)
		println("asserted", reads, writes, both)
		if reads {
			println(r.read())
		}
		switch v := v.(type) {
		case point:
			println("point", v.x, v.y)
		case string:
			println("string", v)
		case struct{ x any }:
			println("struct", v.x.(int))
		}
	}
}

type mixed struct {
	_    int
	name string
	_    [3]float64
	any  any
	at   [2]point
	f    float64
}

type named struct {
	name string
	reader
}

func hashed() {
	p := &page{}
	keys := []any{
		1, "1", 1.0, point{1, 2}, point{2, 1}, [2]point{{1, 2}}, mixed{name: "a"}, mixed{name: "a", any: 1}, mixed{name: "a", any: mixed{f: 1}},
		mixed{at: [2]point{1: {2, 3}}}, named{"b", p}, named{"b", nil}, named{"c", p}, struct{ a, b string }{"d", "e"}, struct{ a, b string }{"e", "d"}, p, [1]any{2},
	}
	m := make(map[any]int)
	for i, k := range keys {
		m[k] = i
	}
	found := 0
	for i, k := range keys {
		if m[k] == i {
			found++
		}
	}
	println("hashed", len(keys), len(m), found)
	n := map[mixed]int{{name: "a", any: named{"b", p}}: 1}
	println("hashed", n[mixed{name: "a", any: named{"b", p}}], n[mixed{name: "a", any: named{"b", nil}}])
}

func compared() {
	var a, b any = mixed{name: "a", any: point{1, 2}}, mixed{name: "a", any: point{1, 2}}
	println("compared", a == b, a == any(mixed{name: "a", any: point{2, 1}}), a == any(point{}))
}

// The collector makes a map of the pointers of a type as large as this when it needs one.
type huge struct {
	first [40_000]int
	inner struct {
		numbers [20_000]struct {
			n int
			p *int
		}
	}
	last *point
}

func large() {
	h := new(any)
	*h = huge{last: &point{1, 2}}
	all := []*huge{new(huge), new(huge)}
	for i := range all {
		for j := range all[i].inner.numbers {
			all[i].inner.numbers[j].p = new(int)
			*all[i].inner.numbers[j].p = j
		}
		all[i].last = &point{i, i}
	}
	runtime.GC()
	for range 100_000 {
		sink = &point{9, 9}
		other = new(int)
		*other = -1
	}
	runtime.GC()
	sum := 0
	for _, v := range all {
		for _, n := range v.inner.numbers {
			sum += *n.p
		}
		sum += v.last.x
	}
	println("large", sum, (*h).(huge).last.y)
}

var (
	sink  *point
	other *int
)

func finalized() {
	done := make(chan int, 1)
	func() { runtime.SetFinalizer(&page{"x"}, func(p *page) { done <- len(p.write) }) }()
	runtime.GC()
	runtime.GC()
	println("finalized", <-done)
}

// message returns as much of the text of a panic as doesn't name types.
func message(f func()) (s string) {
	defer func() {
		s = recover().(error).Error()
		s = s[:min(len(s), len("interface conversion: "))]
	}()
	f()
	return "none"
}
