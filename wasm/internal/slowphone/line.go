package main

import (
	"net/http"
	"sync"
	"time"
)

// line is a slow connection that all requests share. It is made here and not in
// the browser, which slows the page's own requests only, and not its worker's.
type line struct {
	bits    int           // a second; 0 is as fast as it goes
	latency time.Duration // until an answer begins

	mu sync.Mutex // held by whoever sends
}

// handler serves what h does through the line.
func (l *line) handler(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(l.latency)
		h.ServeHTTP(&sender{w, l}, r)
	})
}

type sender struct {
	http.ResponseWriter
	line *line
}

// Write sends a packet after the other; other requests come in between.
func (s *sender) Write(p []byte) (n int, err error) {
	const packet = 1400
	for len(p) > 0 && err == nil {
		some := p[:min(packet, len(p))]
		sent := 0
		sent, err = s.send(some)
		n += sent
		p = p[sent:]
	}
	return n, err
}

func (s *sender) send(p []byte) (int, error) {
	s.line.mu.Lock()
	defer s.line.mu.Unlock()
	if s.line.bits > 0 {
		time.Sleep(time.Duration(len(p)*8) * time.Second / time.Duration(s.line.bits))
	}
	n, err := s.ResponseWriter.Write(p)
	if err == nil {
		err = http.NewResponseController(s.ResponseWriter).Flush()
	}
	return n, err
}
