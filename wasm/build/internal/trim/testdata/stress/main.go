// Command stress does what breaks first if the runtime can't unwind stacks or
// find pointers: it collects garbage under pressure and in the middle of deep
// recursion, grows stacks, switches goroutines, recovers across frames, runs
// finalizers, fills maps, waits for timers. It prints what it has found, the same every time.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sort"
	"strings"
	"sync"
	"time"
)

func main() {
	debug.SetGCPercent(5) // collect all the time
	fmt.Println("recursion", deep(20_000, &node{}))
	fmt.Println("recover", recovered())
	fmt.Println("goroutines", goroutines())
	fmt.Println("maps", maps())
	fmt.Println("garbage", garbage())
	fmt.Println("finalizers", finalizers())
	fmt.Println("runtime errors", runtimeErrors())
	fmt.Println("goexit", goexit())
	fmt.Println("nil receiver", nilReceiver())
	fmt.Println("stacks", stacks())
	fmt.Println("timers", timers())
	if len(os.Args) > 1 {
		defer fmt.Println("deferred")
		panic(errors.New("the message stays"))
	}
}

type node struct {
	next *node
	text string
}

// deep keeps a list alive on a stack of many frames while garbage is collected.
func deep(n int, list *node) int {
	var pad [8]int
	pad[n%8] = n
	list = &node{list, strings.Repeat("x", n%7)}
	if n == 0 {
		runtime.GC()
		length := 0
		for l := list; l != nil; l = l.next {
			length += 1 + len(l.text)
		}
		return length
	}
	sum := deep(n-1, list)
	if pad[n%8] != n || len(list.text) != n%7 {
		panic("a frame was overwritten")
	}
	return sum
}

// recovered panics below frames with deferred calls, some of which panic too.
func recovered() string {
	var log []string
	var step func(n int)
	step = func(n int) {
		defer func() {
			if n%3 == 0 {
				log = append(log, fmt.Sprint(recover()))
				if n > 0 {
					panic(fmt.Sprint("again ", n))
				}
			}
		}()
		if n == 12 {
			runtime.GC()
			panic("first")
		}
		step(n + 1)
	}
	step(0)
	wrapped := func() (err error) {
		defer func() { err, _ = recover().(error) }()
		var i interface{ Error() string }
		_ = i.Error()
		return nil
	}
	log = append(log, wrapped().Error())
	return strings.Join(log, ", ")
}

func goroutines() int {
	jobs, results := make(chan int), make(chan int, 8)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for n := range jobs {
				results <- deep(n, nil) - n
				runtime.Gosched()
			}
		})
	}
	go func() {
		for i := range 500 {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	return sum
}

func maps() int {
	m := map[string][]int{}
	for i := range 20_000 {
		key := fmt.Sprint(i % 997)
		m[key] = append(m[key], i)
		if i%3 == 0 {
			delete(m, fmt.Sprint(i%499))
		}
	}
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	sum := len(keys)
	for i, key := range keys {
		sum += i * len(m[key])
	}
	return sum
}

func garbage() int {
	var kept [64][]byte
	sum := 0
	for i := range 20_000 {
		b := make([]byte, 1+i*37%8192)
		b[len(b)-1] = byte(i)
		kept[i%64] = b
		if old := kept[(i+1)%64]; old != nil {
			sum += int(old[len(old)-1])
		}
	}
	return sum
}

func finalizers() int {
	const n = 100
	done := make(chan bool, n)
	for range n {
		x := &node{text: "gone"}
		runtime.SetFinalizer(x, func(x *node) { done <- x.text == "gone" })
	}
	count := 0
	for count < n/2 { // the last one or two may stay reachable
		runtime.GC()
		if <-done {
			count++
		}
	}
	return count
}

func runtimeErrors() string {
	var all []string
	try := func(f func()) {
		defer func() { all = append(all, fmt.Sprint(recover())) }()
		f()
	}
	var s []int
	var m map[string]int
	zero := 0
	try(func() { _ = s[zero] })
	try(func() { _ = s[1:zero] })
	try(func() { m["x"] = 1 })
	try(func() { zero = 1 / zero })
	try(func() { _ = any("x").(int) })
	return strings.Join(all, ", ")
}

func goexit() string {
	out := make(chan string, 1)
	go func() {
		defer func() { out <- fmt.Sprint("left ", recover()) }()
		func() {
			defer func() {}()
			runtime.Goexit()
		}()
	}()
	return <-out
}

type value struct{ n int }

func (v value) String() string { return strings.Repeat("x", v.n) }

// nilReceiver calls the wrapper of a method with a nil pointer, which panics
// with the name of the method.
func nilReceiver() (text string) {
	defer func() {
		err, ok := recover().(error)
		text = fmt.Sprint(ok && strings.HasPrefix(err.Error(), "value method "))
	}()
	return call((*value)(nil))
}

//go:noinline
func call(s fmt.Stringer) string { return s.String() }

// stacks grows and shrinks stacks while pointers lead into them.
func stacks() int {
	sum := 0
	for range 20 {
		done := make(chan int)
		go func() {
			local := [64]int{7: 1}
			p := &local[7]
			*p += deep(5_000, nil) // the stack has moved, and p with it
			runtime.GC()           // it may shrink now
			*p += deep(50, nil)
			done <- local[7]
		}()
		sum += <-done
	}
	return sum
}

func timers() string {
	late := time.NewTimer(time.Hour)
	var order []string
	ticks := time.NewTicker(time.Millisecond)
	for len(order) < 3 {
		select {
		case <-ticks.C:
			runtime.GC()
			order = append(order, "tick")
		case <-late.C:
			order = append(order, "late")
		}
	}
	return fmt.Sprint(order, late.Stop())
}
