package feed

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/cost"
)

// Whatever is in the book, answers cost what they are large.
func TestAnswersCostWhatTheBookIsLarge(t *testing.T) {
	shapes := map[string]func(p *pledge.Pledge, i int){
		"themes":   func(p *pledge.Pledge, i int) { p.Themes = []string{fmt.Sprintf("theme %d", i)} },
		"formulas": func(p *pledge.Pledge, i int) { p.Themes = []string{fmt.Sprint(i, strings.Repeat(";=\"'", 50))} },
		"names": func(p *pledge.Pledge, i int) {
			p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: fmt.Sprintf("City %d", i), Category: gcm.LocalAuthority})
		},
		"months": func(p *pledge.Pledge, i int) { p.Announced = gcm.DateOf(1990+i%100, 1+i/100%12, 0) },
	}
	for name, shape := range shapes {
		for _, resource := range []Resource{CountsCSV, CountsAbout, Counts, Snapshot, Countable, Feed, Card, ViewDocument} {
			t.Run(name+" "+string(resource), func(t *testing.T) {
				var s *Server
				cost.Doubling(t, 400, func(n int) cost.Work {
					s = New(new(pledge.Book), Options{Header: header})
					for i := range n {
						p := numbered(i, 0)
						shape(&p, i)
						s.Apply(uint64(i+1), p)
					}
					key := everything
					key.resource = resource
					s.render(s.routes[resource], key)
					return cost.Allocated(func() { s.render(s.routes[resource], key) })
				})
			})
		}
	}
}
