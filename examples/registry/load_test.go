package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"testing"
)

// Writers, readers, followers, imports, snapshots and scrapes at once, under the
// race detector where it is on. Whatever happened, all of them have seen the same
// record.
func TestEverythingAtOnceGivesOneRecord(t *testing.T) {
	t.Parallel()
	rounds := size(25, 1000)
	dir := t.TempDir()
	n := here(t, dir, "-snapshot-every", "5ms")
	n.must(t, 201, "POST", "/api/pledges", body(0))
	n.waitFor(1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()

	var readers, writing sync.WaitGroup
	var followers [4]sightings
	for i := range followers {
		followers[i].last = n.cursor()
		readers.Go(func() {
			followers[i].follow(ctx, t, func() []*process { return []*process{n.process} })
		})
	}
	for i, path := range []string{
		"/pledges.json", "/counts.json?objective=7", "/counts.csv", "/badge.svg?lang=ar", "/card.svg?view=objectives", "/?lang=zh", "/readyz", "/snapshot.json?region=africa",
	} {
		readers.Go(func() {
			tag := ""
			for ctx.Err() == nil {
				status, header, text, err := n.get(path, http.Header{"If-None-Match": {tag}, "Accept-Encoding": {[]string{"", "gzip"}[i%2]}})
				if err != nil || status != 200 && status != 304 {
					t.Errorf("%s: %d %s %v", path, status, text, err)
				}
				tag = header.Get("ETag")
			}
		})
	}
	readers.Go(func() {
		for ctx.Err() == nil {
			r, err := client.Get("http://" + n.admin.Addr().String() + "/metrics")
			if err != nil {
				t.Error(err)
				return
			}
			r.Body.Close()
			all, _, err := writers(&n.config)
			if err != nil {
				t.Error(err)
			}
			n.gate.Replace(all)
		}
	})

	for w := range 6 {
		writing.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(w)))
			for i := range rounds {
				number := 1000*w + i
				header, text := n.must(t, 201, "POST", "/api/pledges", body(number), "Idempotency-Key", key(number))
				var a answer
				if err := json.Unmarshal(text, &a); err != nil {
					t.Error(err)
				}
				// A pledge that all revise, of whom some come too late.
				target, tag := header.Get("Location"), header.Get("ETag")
				if r.IntN(2) == 0 {
					target = "/api/pledges/" + contested
					tag = "*"
				}
				method, path, b := "PUT", target, body(number+500_000)
				if r.IntN(4) == 0 {
					method, path, b = "POST", target+"/withdraw", nil
				}
				status, _, text, err := n.send(method, path, b, "If-Match", tag)
				switch {
				case err != nil:
					t.Error(err)
				case status != 200 && status != 412 && status != 404:
					t.Errorf("%s %s: %d %s", method, path, status, text)
				}
			}
		})
	}
	first := bytes.Replace(body(0), []byte(`{"title"`), []byte(`{"id": "`+contested+`", "title"`), 1)
	n.must(t, 201, "POST", "/api/pledges", first)
	writing.Go(func() {
		for i := range rounds / 10 {
			file := fmt.Sprintf("Submission Number,Completed,Changed,Name of entity submitting the pledge,Pledging entity,Name of the pledge\n"+
				"1,2022-05-01 10:00,2022-05-%02d 10:00,A network,Civil society,Pledge %d\n%d,2022-05-01 10:00,2022-05-01 10:00,A network,Civil society,New %d\n", 1+i%28, i, i+2, i)
			n.must(t, 200, "POST", "/api/import", []byte(file), "Content-Type", "text/csv")
		}
	})
	writing.Wait()
	state, err := n.stream.Load().State(t.Context())
	if err != nil || state.Missing() != 0 {
		t.Fatal(state, err)
	}
	n.waitFor(state.Last)
	for i := range followers {
		eventually(t, "all events read", func() error {
			f := &followers[i]
			f.mu.Lock()
			defer f.mu.Unlock()
			if sequenceOf(f.last) != strconv.FormatUint(state.Last, 10) {
				return fmt.Errorf("%s of %d", f.last, state.Last)
			}
			return nil
		})
	}
	cancel()
	readers.Wait()
	for i := range followers {
		followers[i].check(t, 2, state.Last)
	}
}

const contested = "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"
