package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
)

// newToken prints a token and its line for a file of writers.
func newToken(c config, out io.Writer) error {
	token, w, err := tokens.New(c.newToken)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "The token, which nobody can find out later:\n%s\n\nIts line in the file of -tokens:\n%s\n", token, w)
	return err
}

// writers returns who may write. Where no file says so it is whoever can read the
// file with the token, which is made if it isn't there; then made is true.
func writers(c *config) (all []tokens.Writer, made bool, err error) {
	if c.tokens != "" {
		f, err := os.Open(c.tokens)
		if err != nil {
			return nil, false, err
		}
		defer f.Close()
		if all, err = tokens.Read(f); err != nil {
			return nil, false, fmt.Errorf("%s: %w", c.tokens, err)
		}
		if len(all) == 0 {
			return nil, false, fmt.Errorf("%s: nobody may write", c.tokens)
		}
		return all, false, nil
	}
	const name = "first"
	file := tokenFile(c)
	text, err := os.ReadFile(file)
	if err == nil {
		token := strings.TrimSpace(string(text))
		if len(token) < 20 {
			return nil, false, fmt.Errorf("%s: this isn't a token; remove it, and another is made", file)
		}
		return []tokens.Writer{tokens.Of(name, token)}, false, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	token, w, err := tokens.New(name)
	if err != nil {
		return nil, false, err
	}
	if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
		return nil, false, err
	}
	return []tokens.Writer{w}, true, nil
}

func tokenFile(c *config) string { return filepath.Join(c.data, "token") }
