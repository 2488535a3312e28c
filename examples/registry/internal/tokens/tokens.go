// Package tokens says who may write, and how often.
package tokens

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Writer is who holds a token. The token itself is known to them only.
type Writer struct {
	Name string
	Hash [sha256.Size]byte // of the token
}

// String returns the writer's line of a file.
func (w Writer) String() string { return w.Name + " " + hex.EncodeToString(w.Hash[:]) }

// New makes a token of 256 random bits for a name.
func New(name string) (token string, w Writer, err error) {
	if err := checkName(name); err != nil {
		return "", Writer{}, err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return "", Writer{}, err
	}
	token = "gcm_" + base64.RawURLEncoding.EncodeToString(secret)
	return token, Of(name, token), nil
}

// Of returns the writer of a token.
func Of(name, token string) Writer {
	return Writer{Name: name, Hash: sha256.Sum256([]byte(token))}
}

func checkName(name string) error {
	if name == "" || len(name) > 64 {
		return fmt.Errorf("name %q: 1 to 64 characters are needed", name)
	}
	for _, c := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-", c) {
			return fmt.Errorf("name %q: only letters, digits and . _ @ - are possible", name)
		}
	}
	return nil
}

// LineError says what is wrong with a line of a file.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns e.Err.
func (e *LineError) Unwrap() error { return e.Err }

// Read reads a file of writers: a name and the SHA-256 of a token a line, with
// blanks between; empty lines and those that begin with # don't count.
func Read(r io.Reader) (all []Writer, err error) {
	names := make(map[string]bool)
	in := bufio.NewScanner(r)
	for line := 1; in.Scan(); line++ {
		fields := strings.Fields(in.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		w, err := parse(fields)
		if err == nil && names[w.Name] {
			err = fmt.Errorf("the name %q is there already", w.Name)
		}
		if err != nil {
			return nil, &LineError{line, err}
		}
		names[w.Name] = true
		all = append(all, w)
	}
	return all, in.Err()
}

func parse(fields []string) (w Writer, err error) {
	if len(fields) != 2 {
		return w, errors.New("a name and the SHA-256 of a token are needed")
	}
	if err := checkName(fields[0]); err != nil {
		return w, err
	}
	// The wrong field may be a token, which nothing may repeat.
	sum, err := hex.DecodeString(fields[1])
	if err != nil || len(sum) != len(w.Hash) {
		return w, errors.New("the second field isn't a SHA-256 in hexadecimal")
	}
	w.Name = fields[0]
	copy(w.Hash[:], sum)
	return w, nil
}

// Gate lets writers in. It is safe for concurrent use.
type Gate struct {
	perSecond rate.Limit
	burst     int

	mu      sync.RWMutex
	writers []Writer
	limits  map[string]*rate.Limiter // by name
}

// NewGate returns a gate for writers that may each write so often a second, and
// so many at once.
func NewGate(writers []Writer, perSecond float64, burst int) *Gate {
	g := &Gate{perSecond: rate.Limit(perSecond), burst: burst, limits: make(map[string]*rate.Limiter)}
	g.Replace(writers)
	return g
}

// Replace replaces the writers. What they have used of their rate stays used.
func (g *Gate) Replace(writers []Writer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	limits := make(map[string]*rate.Limiter, len(writers))
	for _, w := range writers {
		if limits[w.Name] = g.limits[w.Name]; limits[w.Name] == nil {
			limits[w.Name] = rate.NewLimiter(g.perSecond, g.burst)
		}
	}
	g.writers, g.limits = append([]Writer(nil), writers...), limits
}

// Writer returns the name of who has sent a request, by its bearer token. How long
// it takes doesn't depend on the token.
func (g *Gate) Writer(r *http.Request) (name string, ok bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	g.mu.RLock()
	defer g.mu.RUnlock()
	for _, w := range g.writers {
		if subtle.ConstantTimeCompare(sum[:], w.Hash[:]) == 1 {
			name, ok = w.Name, true // and on, to take as long as otherwise
		}
	}
	return name, ok
}

// Allow takes one of what a writer may write. If there is none left it returns
// after how many seconds there will be.
func (g *Gate) Allow(name string, now time.Time) (ok bool, seconds int) {
	g.mu.RLock()
	limit := g.limits[name]
	g.mu.RUnlock()
	if limit == nil { // revoked since
		return false, 1
	}
	r := limit.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return true, 0
	}
	r.CancelAt(now)
	return false, int(min(math.Ceil(wait.Seconds()), 3600))
}
