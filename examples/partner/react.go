package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/evanw/esbuild/pkg/api"
)

// react holds the page in React, and which packages of npm it needs, with their
// hashes.
//
//go:embed react
var react embed.FS

// buildReact gets React from npm and bundles the page with it. dir is a folder
// for what is downloaded. Who has no npm, or no network, does without that page:
// so nothing is waited for long.
func buildReact(ctx context.Context, dir string) (script []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := os.CopyFS(dir, react); err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "react")
	cmd := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
		"--prefer-offline", "--fetch-retries=0", "--fetch-timeout=20000")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm ci: %w%s", err, complaint(out))
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:   []string{"page.jsx"},
		AbsWorkingDir: dir,
		Outfile:       "react.js",
		Bundle:        true,
		Format:        api.FormatESModule,
		Target:        api.ES2022,
		JSX:           api.JSXAutomatic,
		Define:        map[string]string{"process.env.NODE_ENV": `"production"`},
		TsconfigRaw:   "{}",

		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// complaint is the first of npm's lines that says what is wrong.
func complaint(out []byte) string {
	for line := range strings.Lines(string(out)) {
		if what, ok := strings.CutPrefix(line, "npm error "); ok && !strings.HasPrefix(what, "code ") {
			return ": " + strings.TrimSpace(what)
		}
	}
	return ""
}
