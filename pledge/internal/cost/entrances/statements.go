package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"runtime/coverage"
)

// clear begins to count statements anew.
func clear() {
	if err := coverage.ClearCounters(); err != nil {
		fail(err)
	}
}

// statements returns how many blocks of statements have run since then. The format
// is that of internal/coverage (defs.go), version 1.
func statements() (n uint64) {
	var out bytes.Buffer
	if err := coverage.WriteCounters(&out); err != nil {
		fail(err)
	}
	const (
		fileHeader, segmentHeader, footer = 32, 16, 16
		flavor                            = 24 // where it is in the header
		uleb128                           = 2
	)
	b := out.Bytes()
	if len(b) < fileHeader+segmentHeader || binary.LittleEndian.Uint32(b[4:]) != 1 || b[flavor] != uleb128 {
		fail(fmt.Errorf("counters in another format: % x", b[:min(len(b), fileHeader)]))
	}
	functions := binary.LittleEndian.Uint64(b[fileHeader:])
	texts := int(binary.LittleEndian.Uint32(b[fileHeader+8:])) + int(binary.LittleEndian.Uint32(b[fileHeader+12:]))
	b = b[(fileHeader+segmentHeader+texts+3)&^3:]
	number := func() uint64 {
		v, size := binary.Uvarint(b)
		b = b[size:]
		return v
	}
	for range functions {
		counters := number()
		number() // of the package
		number() // of the function
		for range counters {
			n += number()
		}
	}
	if len(b) != footer {
		fail(fmt.Errorf("%d bytes behind the counters", len(b)))
	}
	return n
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
