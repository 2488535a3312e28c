package bundle

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"

	"github.com/gcmkit/gcmkit/wasm/shell"
)

var (
	importLine = regexp.MustCompile(`(?m)^@import "(\.[\w./-]+)";\n`)

	// tokenLine is a custom property of a sheet that is imported, and aboutLine what
	// is said of the one that pages set; a constant depends on nothing.
	tokenLine    = regexp.MustCompile(`(?m)^  (--[a-z0-9-]+): .*;\n`)
	constantLine = regexp.MustCompile(`(?m)^  (--[a-z0-9-]+): ([^();\n]+);\n`)
	aboutLine    = regexp.MustCompile(`(?m)^ \*   (--gcm-[a-z-]+) .*\n`)
)

// tokensName is the sheet of which a sheet has only what it uses.
const tokensName = "tokens.css"

// styleSource returns a style sheet of the shell, with what it imports in the place
// of the import: one file is fetched, and no more of the tokens than it uses.
func styleSource(name string) ([]byte, error) {
	css, err := imported(name)
	if err != nil {
		return nil, err
	}
	m := importLine.FindSubmatchIndex(css)
	if m == nil {
		return css, nil
	}
	tokens, err := fs.ReadFile(shell.Sources(), path.Join(path.Dir(name), string(css[m[2]:m[3]])))
	if err != nil {
		return nil, err
	}
	before, rest := css[:m[0]], css[m[1]:]
	tokens, rest = inPlace(tokens, rest)
	for size := -1; size != len(tokens); { // what is left out may be the only one that uses another
		size = len(tokens)
		tokens = onlyUsed(tokens, tokenLine, rest)
	}
	tokens = onlyUsed(tokens, aboutLine, rest)
	return slices.Concat(before, tokens, rest), nil
}

// imported returns a sheet with what it imports in the place of the import, but for
// the tokens.
func imported(name string) ([]byte, error) {
	css, err := fs.ReadFile(shell.Sources(), name)
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Backward(importLine.FindAllSubmatchIndex(css, -1)) {
		part := string(css[m[2]:m[3]])
		if path.Base(part) == tokensName {
			continue
		}
		sheet, err := imported(path.Join(path.Dir(name), part))
		if err != nil {
			return nil, err
		}
		css = slices.Replace(css, m[0], m[1], sheet...)
	}
	return css, nil
}

// inPlace returns tokens without the constants, which no page sets, and a sheet with
// the values in the place of them.
func inPlace(tokens, sheet []byte) (others, css []byte) {
	for _, m := range constantLine.FindAllSubmatch(tokens, -1) {
		use := slices.Concat([]byte("var("), m[1], []byte(")"))
		sheet = bytes.ReplaceAll(sheet, use, m[2])
	}
	return constantLine.ReplaceAll(tokens, nil), sheet
}

// onlyUsed returns a sheet without the lines about properties that neither it nor
// the other one uses.
func onlyUsed(sheet []byte, line *regexp.Regexp, other []byte) []byte {
	return line.ReplaceAllFunc(sheet, func(l []byte) []byte {
		use := regexp.MustCompile(`var\(` + string(line.FindSubmatch(l)[1]) + `[,)]`)
		if use.Match(sheet) || use.Match(other) {
			return l
		}
		return nil
	})
}
