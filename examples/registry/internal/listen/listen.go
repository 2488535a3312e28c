// Package listen bounds how many connections a server has, at the cost of those
// that ask for nothing.
package listen

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// Listener accepts connections. Where there are as many as there may be it closes
// the one that has been idle the longest: one that waits for its next request, or
// hasn't finished its first. If none is idle it closes the new one. So whoever
// only opens connections keeps nobody out.
//
// Its method ConnState must be the server's.
type Listener struct {
	net.Listener
	most int

	mu   sync.Mutex
	open int
	idle list.List // of *conn, the longest idle first

	evicted, refused atomic.Uint64
}

// New returns a listener that has so many connections at most.
func New(l net.Listener, most int) *Listener { return &Listener{Listener: l, most: most} }

// Stats returns how many connections are open, and how many idle and new ones
// have been closed for others.
func (l *Listener) Stats() (open int, evicted, refused uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open, l.evicted.Load(), l.refused.Load()
}

// conn is a connection that is counted.
type conn struct {
	net.Conn
	listener *Listener
	place    *list.Element // in the list of idle ones; nil if it isn't
	closed   bool
}

// Accept waits for the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		inner, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c, victim := l.admit(inner)
		if victim != nil {
			victim.Close()
		}
		if c != nil {
			return c, nil
		}
		l.refused.Add(1)
		inner.Close()
	}
}

// admit counts a connection in, and returns the one that must go for it. It
// returns nothing if there is no room.
func (l *Listener) admit(inner net.Conn) (admitted, victim *conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= l.most {
		front := l.idle.Front()
		if front == nil {
			return nil, nil
		}
		victim = front.Value.(*conn)
		victim.leave()
		l.evicted.Add(1)
	}
	c := &conn{Conn: inner, listener: l}
	l.open++
	c.place = l.idle.PushBack(c)
	return c, victim
}

// leave counts the connection out. The mutex is held.
func (c *conn) leave() {
	if c.closed {
		return
	}
	c.closed = true
	c.listener.open--
	c.busy()
}

func (c *conn) busy() {
	if c.place != nil {
		c.listener.idle.Remove(c.place)
		c.place = nil
	}
}

// Close closes the connection and makes room for another.
func (c *conn) Close() error {
	c.listener.mu.Lock()
	c.leave()
	c.listener.mu.Unlock()
	return c.Conn.Close()
}

// ConnState is told by the server what a connection is doing.
func (l *Listener) ConnState(nc net.Conn, state http.ConnState) {
	if outer, ok := nc.(interface{ NetConn() net.Conn }); ok { // TLS
		nc = outer.NetConn()
	}
	c, ok := nc.(*conn)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch state {
	case http.StateActive, http.StateHijacked:
		c.busy()
	case http.StateIdle:
		if c.place == nil && !c.closed {
			c.place = l.idle.PushBack(c)
		}
	}
}
