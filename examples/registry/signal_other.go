//go:build !unix

package main

import "syscall"

// hangupSignal never comes here: restarting reads the file of writers again.
const hangupSignal = syscall.SIGHUP
