package main

import (
	"errors"
	"flag"
	"strings"
	"testing"
)

func TestHelpExplainsEveryFlag(t *testing.T) {
	var stdout, stderr strings.Builder
	if err := run(t.Context(), []string{"-h"}, &stdout, &stderr); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("error %v, want %v", err, flag.ErrHelp)
	}
	for _, want := range []string{"-o DIR", "-fast", "-gunzip", "-keep-names", "-version V", "-q", "application/wasm", "<gcm-pledges", "'wasm-unsafe-eval'"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the help lacks %s", want)
		}
	}
	if stderr.Len() > 0 {
		t.Errorf("what was asked for is no error: %s", stderr.String())
	}
}

func TestWrongArgumentsPointToTheHelp(t *testing.T) {
	for _, args := range [][]string{{}, {"-o", ""}, {"-o", "a", "b"}, {"-x"}, {"-o"}} {
		var stdout, stderr strings.Builder
		err := run(t.Context(), args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), "-h") {
			t.Errorf("%q: error %v does not point to the help", args, err)
		}
	}
}

// Whoever wants to hear nothing hears that an engine isn't what it could be.
func TestQuietBuildsWarn(t *testing.T) {
	var b strings.Builder
	for _, line := range []string{"building the engines\n", "warning: gcm-pledges hasn't been started: no Node\n", "compressing\n"} {
		if n, err := (warnings{&b}).Write([]byte(line)); n != len(line) || err != nil {
			t.Errorf("%d of %d bytes, %v", n, len(line), err)
		}
	}
	if got, want := b.String(), "warning: gcm-pledges hasn't been started: no Node\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}
