package feed

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// What a change of the feed costs whoever publishes it.
func BenchmarkPublish(b *testing.B) {
	words, random := strings.Fields(tally.Definition), rand.New(rand.NewPCG(1, 1))
	for _, pledges := range []int{100, 1000, 10_000} {
		s := New(new(pledge.Book), Options{Header: header, Rebuild: -1})
		for n := range pledges {
			p := numbered(n, 0)
			for len(p.Description) < 300+n%2700 { // as long as real ones
				p.Description += words[random.IntN(len(words))] + " "
			}
			s.Apply(uint64(n+1), p)
		}
		name := strconv.Itoa(pledges) + "-pledges"
		for _, resource := range []Resource{Feed, Countable, Snapshot} {
			key := request{resource: resource}
			b.Run(name+"/"+string(resource), func(b *testing.B) {
				for b.Loop() {
					b.SetBytes(int64(len(s.render(s.routes[resource], key).body)))
				}
			})
			for c := gzipped; c <= brotlied; c++ {
				b.Run(name+"/"+string(resource)+"/"+codingNames[c], func(b *testing.B) {
					body := s.render(s.routes[resource], key).body
					b.SetBytes(int64(len(body)))
					for b.Loop() {
						b.ReportMetric(float64(len(s.compressors.compress(c, body))), "bytes")
					}
				})
			}
		}
		b.Run(name+"/put", func(b *testing.B) {
			for n := 1; b.Loop(); n++ {
				s.Put(numbered(n%pledges, n))
			}
		})
	}
}

// What answers cost that are rendered already.
func BenchmarkAnswer(b *testing.B) {
	s := newServerOf(1000)
	server := httptest.NewServer(s)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, test := range []struct{ name, path, coding, tag string }{
		{"snapshot", "/snapshot.json", "", ""},
		{"feed-br", "/countable.json", "br", ""},
		{"not-modified", "/countable.json", "", `"` + s.state.Load().tag + `"`},
	} {
		b.Run(test.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, _ := http.NewRequest("GET", server.URL+test.path, nil)
				r.Header.Set("Accept-Encoding", test.coding)
				r.Header.Set("If-None-Match", test.tag)
				answer, err := client.Do(r)
				if err != nil {
					b.Fatal(err)
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
}
