package tokens_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
)

func writer(g *tokens.Gate, authorization string) string {
	r := httptest.NewRequest("POST", "/", nil)
	r.Header.Set("Authorization", authorization)
	name, ok := g.Writer(r)
	if ok != (name != "") {
		panic("a name without leave")
	}
	return name
}

func TestTokenOpensTheGateForItsNameOnly(t *testing.T) {
	var file strings.Builder
	all := map[string]string{}
	for _, name := range []string{"first", "second", "a.b_c@d-e"} {
		token, w, err := tokens.New(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(w.String(), token) {
			t.Error("the line holds the token")
		}
		all[name] = token
		fmt.Fprintf(&file, "# a comment\n\n  %s  \n", w)
	}
	writers, err := tokens.Read(strings.NewReader(file.String()))
	if err != nil || len(writers) != 3 {
		t.Fatal(writers, err)
	}
	g := tokens.NewGate(writers, 1, 1)
	for name, token := range all {
		for _, value := range []string{"Bearer " + token, "bearer " + token, "BEARER  " + token + " "} {
			if got := writer(g, value); got != name {
				t.Errorf("%q for %s", got, name)
			}
		}
		for _, value := range []string{"", token, "Basic " + token, "Bearer " + token[1:], "Bearer " + strings.ToLower(token), "Bearer " + token + token} {
			if got := writer(g, value); got != "" {
				t.Errorf("%q lets in %q", value, got)
			}
		}
	}
	g.Replace(writers[1:])
	if got := writer(g, "Bearer "+all["first"]); got != "" {
		t.Error("a token that was revoked lets in ", got)
	}
	if ok, _ := g.Allow("first", time.Now()); ok {
		t.Error("a name that was revoked may write")
	}
}

func TestFileThatCannotBeReadNamesTheLineAndNoSecret(t *testing.T) {
	token, w, err := tokens.New("first")
	if err != nil {
		t.Fatal(err)
	}
	for text, line := range map[string]int{
		"first " + token:                                        1,
		"\nfirst":                                               2,
		w.String() + " more":                                    1,
		"f!rst " + strings.Repeat("0", 64):                      1,
		"first " + strings.Repeat("0", 63):                      1,
		"first " + strings.Repeat("0", 66):                      1,
		w.String() + "\n" + w.String():                          2,
		"#\n#\n" + strings.Repeat("x", 100):                     3,
		strings.Repeat("x", 65) + " " + strings.Repeat("0", 64): 1,
	} {
		_, err := tokens.Read(strings.NewReader(text))
		var wrong *tokens.LineError
		if !errors.As(err, &wrong) || wrong.Line != line || strings.Contains(err.Error(), token) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, name := range []string{"", "a b", "ä", strings.Repeat("x", 65)} {
		if _, _, err := tokens.New(name); err == nil {
			t.Errorf("name %q: no error", name)
		}
	}
}

func TestWriterWhoWritesTooMuchWaitsAndOthersDoNot(t *testing.T) {
	g := tokens.NewGate([]tokens.Writer{tokens.Of("a", "a"), tokens.Of("b", "b")}, 2, 4)
	now := time.Unix(1_700_000_000, 0)
	for i := range 4 {
		if ok, _ := g.Allow("a", now); !ok {
			t.Fatal("refused ", i)
		}
	}
	ok, seconds := g.Allow("a", now)
	if ok || seconds != 1 {
		t.Errorf("%t, %d", ok, seconds)
	}
	if ok, _ := g.Allow("b", now); !ok {
		t.Error("b pays for a")
	}
	if ok, _ := g.Allow("a", now.Add(time.Second)); !ok {
		t.Error("refused after the time that was said")
	}
	// Reading the file again isn't a way around.
	g.Replace([]tokens.Writer{tokens.Of("a", "another")})
	g.Allow("a", now.Add(time.Second))
	if ok, _ := g.Allow("a", now.Add(time.Second)); ok {
		t.Error("the rate is forgotten")
	}
}
