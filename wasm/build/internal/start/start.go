// Package start runs an engine in Node as the shell runs it in a page, so that
// none is written that doesn't start.
package start

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed start.mjs
var script []byte

// ErrNoNode means that there is no Node, or one that is too old, so that nothing
// could be started.
var ErrNoNode = errors.New("there is no Node of version " + strconv.Itoa(oldest) + " or later to start it in")

// oldest is the version of Node that is needed.
const oldest = 18

// A Program is what is started, and how it is told from one that is broken.
type Program struct {
	WasmExec []byte // wasm_exec.js of the toolchain that made it
	Function string // that the program puts on its scope
	Calls    []Call
}

// A Call is of the function, and what the answer must have in it.
type Call struct {
	Args  []string `json:"args"`
	Bytes bool     `json:"bytes"` // the last argument is passed as bytes
	Want  string   `json:"want"`
}

// Start runs the program and calls it. The error is [ErrNoNode], or what is wrong
// with the program: that it ends, panics, or answers something else.
func (p Program) Start(ctx context.Context, wasm []byte) error {
	node, err := exec.LookPath("node")
	if err != nil {
		return ErrNoNode
	}
	version, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil || major(string(version)) < oldest {
		return ErrNoNode
	}
	dir, err := os.MkdirTemp("", "gcm-start-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	calls, err := json.Marshal(p.Calls)
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{"start.mjs": script, "engine.wasm": wasm, "wasm_exec.js": p.WasmExec, "calls.json": calls} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			return err
		}
	}
	// A deep recursion needs as much stack as Go's own programs get in Node.
	cmd := exec.CommandContext(ctx, node, "--stack-size=8192", filepath.Join(dir, "start.mjs"), p.Function)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("it doesn't start in Node: %w: %s", err, beginning(said.String()))
	}
	return nil
}

// beginning is as much of what a program said as one wants to read in a warning.
func beginning(s string) string {
	const most = 400
	if s = strings.TrimSpace(s); len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "..."
	}
	return s
}

// major returns 22 of v22.1.0.
func major(version string) int {
	first, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	n, _ := strconv.Atoi(first)
	return n
}
