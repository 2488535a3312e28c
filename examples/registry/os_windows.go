package main

import "os"

// lock keeps nobody out here: running two processes on one folder is up to who
// starts them.
func lock(file string) (*os.File, error) { return os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600) }

func openFiles() int { return 16384 }
