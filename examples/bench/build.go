package main

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// built is where the tools are, and of which version.
type built struct {
	bin      string
	versions map[string]string // of a library
	goroot   string
	node     error // why nothing runs in Node
	packages error // why what npm brings doesn't
}

// usable returns why a tool can't run at all.
func (b *built) usable(t *tool) error {
	switch {
	case t.isScript() && t.library != "":
		return b.packages
	case t.isScript(), t.isWasm():
		return b.node
	}
	return nil
}

// build makes the tools runnable. A tool in Go that doesn't build is an error,
// as nothing but the code can be the reason; that Node or a package of npm is
// missing is not.
func build(ctx context.Context, temp string, tools []tool, p *progress) (*built, error) {
	b := &built{bin: filepath.Join(temp, "bin"), versions: map[string]string{}}
	goroot, err := output(ctx, "", nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	b.goroot = goroot
	npm := false
	done := map[string]bool{}
	for _, t := range tools {
		if done[t.program] {
			continue
		}
		done[t.program] = true
		if t.isScript() {
			npm = npm || t.library != ""
			continue
		}
		if err := b.compile(ctx, &t); err != nil {
			return nil, err
		}
	}
	version, err := output(ctx, "", nil, "node", "--version")
	b.versions["Node"] = version
	b.node, b.packages = err, err
	if err == nil && npm {
		if err := install(ctx); err != nil {
			p.say("%v", err)
			b.packages = errors.New("npm couldn’t install it")
		}
	}
	for _, t := range tools {
		if t.isScript() && t.library != "" && b.packages == nil {
			b.versions[t.library] = packageVersion(t.library)
		}
	}
	return b, ctx.Err()
}

func (b *built) compile(ctx context.Context, t *tool) error {
	source, env := t.program, []string(nil)
	if t.isWasm() {
		source, env = strings.TrimSuffix(t.program, ".wasm"), []string{"GOOS=js", "GOARCH=wasm"}
	}
	file := filepath.Join(b.bin, t.program)
	if _, err := output(ctx, "", env, "go", "build", "-tags", "sqlite", "-o", file, "./peers/"+source); err != nil {
		return err
	}
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return nil // of wasm it isn't known
	}
	b.versions["Go"] = strings.TrimPrefix(info.GoVersion, "go")
	for _, m := range info.Deps {
		if m.Path == t.library {
			b.versions[m.Path] = m.Version
		}
	}
	return nil
}

// install has npm fetch what the lock file names, unless that is there.
func install(ctx context.Context) error {
	lock, err := os.Stat(filepath.Join(nodeDir, "package-lock.json"))
	if err != nil {
		return err
	}
	have, err := os.Stat(filepath.Join(nodeDir, "node_modules", ".package-lock.json"))
	if err == nil && !have.ModTime().Before(lock.ModTime()) {
		return nil
	}
	_, err = output(ctx, nodeDir, nil, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	return err
}

// packageVersion returns the version of a package that npm has installed.
func packageVersion(name string) string {
	text, err := os.ReadFile(filepath.Join(nodeDir, "node_modules", filepath.FromSlash(name), "package.json"))
	if err != nil {
		return ""
	}
	var p struct{ Version string }
	if json.Unmarshal(text, &p) != nil {
		return ""
	}
	return p.Version
}

// output runs a program and returns what it prints. Its error says what the
// program said.
func output(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	text, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, exit.Stderr)
		}
		return "", err
	}
	return string(bytes.TrimSpace(text)), nil
}
