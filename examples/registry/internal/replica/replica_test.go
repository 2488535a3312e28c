package replica_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// entryOf is the revision of a sequence; every third revises an earlier pledge.
func entryOf(sequence uint64) record.Entry {
	n := sequence
	if sequence%3 == 0 {
		n = sequence / 3
	}
	e := record.Entry{Sequence: sequence}
	e.Pledge = pledge.Pledge{
		ID: pledge.IDFromRef("test", fmt.Sprint(n)), Title: fmt.Sprintf("“%d”\n", sequence),
		Updated: gcm.InstantOfUnix(int64(1_700_000_000+sequence), 0),
	}
	return e
}

func filled(t testing.TB, n uint64) *replica.Replica {
	t.Helper()
	r := new(replica.Replica)
	for s := range n {
		if err := r.Apply(entryOf(s + 1)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func same(t testing.TB, got, want *replica.Replica) {
	t.Helper()
	if got.Applied() != want.Applied() || got.Book().Len() != want.Book().Len() {
		t.Errorf("%d pledges at %d, not %d at %d", got.Book().Len(), got.Applied(), want.Book().Len(), want.Applied())
	}
	for p := range want.Book().All() {
		_, at, _ := want.Get(p.ID)
		q, gotAt, _ := got.Get(p.ID)
		if at != gotAt || !bytes.Equal(p.AppendJSON(nil), q.AppendJSON(nil)) {
			t.Errorf("%s of %d, not %s of %d", q.AppendJSON(nil), gotAt, p.AppendJSON(nil), at)
		}
	}
}

func state(last uint64) record.State { return record.State{Last: last, Messages: last} }

func TestSnapshotAndTheRestGiveTheSameAsAll(t *testing.T) {
	want := filled(t, 100)
	for _, at := range []uint64{0, 1, 50, 99, 100} {
		file := filepath.Join(t.TempDir(), "snapshot")
		if sequence, err := filled(t, at).Save(file); err != nil || sequence != at {
			t.Fatal(sequence, err)
		}
		got := new(replica.Replica)
		if sequence, err := got.Load(file, state(100)); err != nil || sequence != at {
			t.Fatal(sequence, err)
		}
		for s := range uint64(100) { // the first ones for the second time
			if err := got.Apply(entryOf(s + 1)); err != nil {
				t.Fatal(err)
			}
		}
		same(t, got, want)
	}
}

// A snapshot is taken while entries come in.
func TestSnapshotBesideWritesGivesTheSame(t *testing.T) {
	const n = 600
	file := filepath.Join(t.TempDir(), "snapshot")
	r := new(replica.Replica)
	done := make(chan error)
	go func() {
		for s := range uint64(n) {
			if err := r.Apply(entryOf(s + 1)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	want := filled(t, n)
	for running := true; running; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
		}
		sequence, err := r.Save(file)
		if err != nil {
			t.Fatal(err)
		}
		got := new(replica.Replica)
		if _, err := got.Load(file, state(n)); err != nil {
			t.Fatal(err)
		}
		for s := sequence; s < n; s++ {
			if err := got.Apply(entryOf(s + 1)); err != nil {
				t.Fatal(err)
			}
		}
		same(t, got, want)
	}
}

func TestSnapshotThatIsNotWholeIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "snapshot")
	if _, err := new(replica.Replica).Load(file, state(10)); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := filled(t, 10).Save(file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(what string, content []byte, s record.State) {
		t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		r := new(replica.Replica)
		_, err := r.Load(file, s)
		var wrong *replica.SnapshotError
		if !errors.As(err, &wrong) || wrong.File != file || r.Applied() != 0 || r.Book().Len() != 0 {
			t.Errorf("%s: %v, %d pledges", what, err, r.Book().Len())
		}
	}
	for n := range len(whole) - 1 { // without its last line break it is whole
		refuse(fmt.Sprintf("cut at %d", n), whole[:n], state(10))
	}
	for n := range whole {
		spoilt := bytes.Clone(whole)
		spoilt[n] ^= 1
		refuse(fmt.Sprintf("spoilt at %d", n), spoilt, state(10))
	}
	refuse("goes on", append(bytes.Clone(whole), "1 {}\n"...), state(10))
	refuse("newer than the stream", whole, state(9))
	refuse("the stream has lost one", whole, record.State{Last: 12, Messages: 11})
	refuse("another stream", whole, state(3))

	// Its own sequence is in the stream, and a later revision that it has isn't.
	r := filled(t, 10)
	late := bytes.Replace(whole, []byte("snapshot 1 10 10"), []byte("snapshot 1 9 9"), 1)
	body := late[:bytes.LastIndex(late, []byte("sha256 "))]
	late = fmt.Appendf(bytes.Clone(body), "sha256 %x\n", sha256.Sum256(body))
	refuse("a later revision is lost", late, state(9))
	if err := os.WriteFile(file, late, 0o600); err != nil {
		t.Fatal(err)
	}
	again := new(replica.Replica)
	if _, err := again.Load(file, state(10)); err != nil {
		t.Fatal(err)
	}
	if err := again.Apply(entryOf(10)); err != nil {
		t.Fatal(err)
	}
	same(t, again, r)
}

func TestSnapshotIsReplacedAtOnce(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "snapshot")
	if _, err := filled(t, 10).Save(file); err != nil {
		t.Fatal(err)
	}
	if _, err := filled(t, 20).Save(file); err != nil {
		t.Fatal(err)
	}
	if sequence, err := new(replica.Replica).Load(file, state(20)); err != nil || sequence != 20 {
		t.Error(sequence, err)
	}
	if all, _ := os.ReadDir(dir); len(all) != 1 {
		t.Error(all)
	}
	if _, err := filled(t, 1).Save(filepath.Join(dir, "nowhere", "snapshot")); err == nil {
		t.Error("no error without a folder")
	}
}

func TestWaitEndsWhenTheSequenceIsThere(t *testing.T) {
	r := filled(t, 1)
	if err := r.Wait(t.Context(), 1); err != nil {
		t.Error(err)
	}
	done := make(chan error)
	go func() { done <- r.Wait(t.Context(), 3) }()
	for s := range uint64(3) {
		if err := r.Apply(entryOf(s + 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Wait(ctx, 4); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStrangersMessageMovesOnWithoutAPledge(t *testing.T) {
	r := filled(t, 2)
	if err := r.Apply(record.Entry{Sequence: 3, Err: errors.New("no revision")}); err != nil {
		t.Fatal(err)
	}
	if r.Applied() != 3 || r.Strangers() != 1 || r.Book().Len() != 2 {
		t.Error(r.Applied(), r.Strangers(), r.Book().Len())
	}
}
