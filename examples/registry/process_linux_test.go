package main

import "syscall"

// dieWithParent leaves no process behind even if the test is killed.
func dieWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
