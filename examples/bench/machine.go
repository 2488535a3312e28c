package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// Machine is what the measurements were made on.
type Machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory int64  `json:"memory"` // bytes, 0 if unknown
	System string `json:"system"` // linux/amd64
}

// thisMachine describes the machine as far as Linux tells.
func thisMachine() Machine {
	m := Machine{CPU: runtime.GOARCH, Cores: runtime.NumCPU(), Memory: memoryTotal(), System: runtime.GOOS + "/" + runtime.GOARCH}
	if name := field("/proc/cpuinfo", "model name"); name != "" {
		m.CPU = name
	}
	return m
}

func (m Machine) String() string {
	s := fmt.Sprintf("%s, %s, %s", m.CPU, plural(m.Cores, "core"), m.System)
	if m.Memory > 0 {
		s += ", " + bytesText(m.Memory)
	}
	return s
}

func memoryTotal() int64     { return kilobytes("/proc/meminfo", "MemTotal") }
func memoryAvailable() int64 { return kilobytes("/proc/meminfo", "MemAvailable") }

// memoryOf returns how much memory a process has now; 0 if unknown.
func memoryOf(pid int) int64 { return kilobytes(fmt.Sprintf("/proc/%d/status", pid), "VmRSS") }

// kilobytes returns a field such as "VmRSS:  123 kB" in bytes; 0 if there is
// none.
func kilobytes(file, name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSuffix(field(file, name), " kB"), 10, 64)
	return n << 10
}

// field returns the value of the first line "name: value" of a file.
func field(file, name string) string {
	text, _ := os.ReadFile(file)
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
