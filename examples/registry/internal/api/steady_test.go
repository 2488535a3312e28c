package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// line is a connection on which some bytes come every so often.
type line struct {
	*httptest.ResponseRecorder
	left     int // bytes
	at       int // once
	every    time.Duration
	deadline time.Time
}

func (l *line) SetReadDeadline(t time.Time) error {
	l.deadline = t
	return nil
}

func (l *line) Read(b []byte) (int, error) {
	if l.left == 0 {
		return 0, io.EOF
	}
	if until := time.Until(l.deadline); l.every > until {
		time.Sleep(until)
		return 0, os.ErrDeadlineExceeded
	}
	time.Sleep(l.every)
	n := min(l.at, l.left, len(b))
	l.left -= n
	return n, nil
}

func TestFileMayComeSlowlyButNotForEver(t *testing.T) {
	for _, test := range []struct {
		name  string
		line  line
		stops bool
	}{
		{"a byte just in time, again and again", line{left: 1 << 20, at: 1, every: patience - time.Second}, true},
		{"a byte a second", line{left: 1 << 20, at: 1, every: time.Second}, true},
		{"a little less than the slowest", line{left: 8 << 20, at: slowest * 9 / 10, every: time.Second}, true},
		{"all at once, and then a byte a second", line{left: 8<<20 + 100, at: 4 << 20, every: time.Second}, false},
		{"the slowest that will do", line{left: 8 << 20, at: slowest, every: time.Second}, false},
		{"twice as much, half as often", line{left: 8 << 20, at: 2 * slowest, every: 2 * time.Second}, false},
		{"nothing at all", line{left: 1, at: 1, every: time.Hour}, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			test.line.ResponseRecorder = httptest.NewRecorder()
			size, begin := test.line.left, time.Now()
			s := &steady{&test.line, http.NewResponseController(&test.line), patience}
			n, err := io.Copy(io.Discard, s)
			if stopped := errors.Is(err, os.ErrDeadlineExceeded); stopped != test.stops || !stopped && n != int64(size) {
				t.Errorf("%s: %d of %d bytes, %v", test.name, n, size, err)
			}
			if took, most := time.Since(begin), patience+time.Duration(n)*time.Second/slowest; took > most {
				t.Errorf("%s: it took %v, not %v", test.name, took, most)
			}
		})
	}
}

// What is done between two parts takes nothing of the time of the sender.
func TestSenderIsNotChargedForOurWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{ResponseRecorder: httptest.NewRecorder(), left: 10, at: 1, every: time.Second}
		s := &steady{l, http.NewResponseController(l), patience}
		for range 10 {
			if _, err := s.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
		}
	})
}
