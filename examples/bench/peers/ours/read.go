//go:build !js

package main

import (
	"io"
	"os"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

func read(r *tally.Reader, file *os.File) error {
	_, err := io.Copy(r, file)
	return err
}
