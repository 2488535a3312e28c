package browser

import (
	"errors"
	"os"
	"testing"
)

// Start is [Launch] for a test, which ends with the browser's [Browser.Close].
// A missing browser skips the test, and fails it where the environment
// variable CI is set; what a browser can't do skips it everywhere.
func Start(t testing.TB, engine string, o Options) *Browser {
	t.Helper()
	b, err := Launch(t.Context(), engine, o)
	missing := (*MissingError)(nil)
	switch {
	case errors.Is(err, errors.ErrUnsupported), errors.As(err, &missing) && os.Getenv("CI") == "":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}
