//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf returns how much memory a child that has ended took at most, in
// bytes. On Linux a child says so itself: there this includes what its parent
// had when it started it.
func peakOf(s *os.ProcessState) int64 {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin":
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
