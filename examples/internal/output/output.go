// Package output writes files that appear under their names when they are whole.
package output

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
)

// Write has write fill a file that appears under its name when it is whole,
// and not at all if there is an error. A hyphen is the standard output.
func Write(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "-" {
		return buffered(stdout, write)
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails if all went well: it has its name then
	err = buffered(file, write)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}
