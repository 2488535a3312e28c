//go:build unix

package main

import "syscall"

// hangupSignal asks for the file of writers to be read again.
const hangupSignal = syscall.SIGHUP
