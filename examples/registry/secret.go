package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
)

// clusterSecret returns the secret that a file holds. If the file isn't there it
// is made, and made is true. Of nodes that start at the same moment with the
// same file one makes it, and all have the same.
func clusterSecret(file string) (secret string, made bool, err error) {
	if secret, err = readSecret(file); !errors.Is(err, fs.ErrNotExist) {
		return secret, false, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.tmp") // only its owner can read it
	if err != nil {
		return "", false, err
	}
	defer os.Remove(tmp.Name())
	secret = rand.Text()
	_, err = tmp.WriteString(secret + "\n")
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return "", false, err
	}
	// The name appears with the whole text, and only if nobody else was faster.
	if err = os.Link(tmp.Name(), file); errors.Is(err, fs.ErrExist) {
		secret, err = readSecret(file)
		return secret, false, err
	}
	return secret, err == nil, err
}

func readSecret(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(text))
	if len(secret) < natsd.MinSecret {
		return "", fmt.Errorf("%s: a secret of %d characters or more is needed", file, natsd.MinSecret)
	}
	for _, c := range []byte(secret) {
		if c <= ' ' || c >= 0x7f {
			return "", fmt.Errorf("%s: a secret is one word of ASCII characters that can be seen; this is another file", file)
		}
	}
	return secret, nil
}
