package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// A source is what the files take from the module beside its programs.
type source struct {
	version       string // of the package
	views         string // pledge/view/doc.go, which lists the parts of a view
	license       []byte
	otherLicenses []byte // of what is linked into the engines
}

// unreleased is the version of a package that is of none.
const unreleased = "0.0.0-dev"

var (
	semver  = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)
	release = regexp.MustCompile(`(?m)^## v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\b`)
)

// readSource reads the module in dir. version may be empty: then it is that of
// the latest release in the changelog.
func readSource(ctx context.Context, dir, version string) (*source, error) {
	changelog, err1 := os.ReadFile(filepath.Join(dir, "CHANGELOG.md"))
	license, err2 := os.ReadFile(filepath.Join(dir, "LICENSE"))
	views, err3 := os.ReadFile(filepath.Join(dir, "pledge", "view", "doc.go"))
	others, err4 := otherLicenses(ctx, dir)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	if version == "" {
		version = latestRelease(string(changelog))
	}
	if err := checkVersion(version); err != nil {
		return nil, err
	}
	return &source{version, string(views), license, others}, nil
}

func latestRelease(changelog string) string {
	if m := release.FindStringSubmatch(changelog); m != nil {
		return m[1]
	}
	return unreleased
}

func checkVersion(version string) error {
	if version != "" && !semver.MatchString(version) {
		return fmt.Errorf("version %q isn't of the form 1.2.3 or 1.2.3-rc.1", version)
	}
	return nil
}

// otherLicenses returns the licences of the modules that are linked into the
// engines, which ask to be passed on, and of Go's own library.
func otherLicenses(ctx context.Context, dir string) ([]byte, error) {
	const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}"
	args := []string{"list", "-deps", "-f", format}
	for _, e := range elements {
		args = append(args, e.command)
	}
	out, err := compile.Go(ctx, dir, compile.Env(), args...)
	if err != nil {
		return nil, err
	}
	modules := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(modules)
	var b bytes.Buffer
	b.WriteString("The engines (*.wasm) contain Go's library and runtime, and these modules. A few\n" +
		"functions of Go's library and of github.com/hack-pad/safejs are changed: see\n" +
		"wasm/build/internal/overlay in the source of " + modulePath + ".\n")
	add := func(name string, text []byte) {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", name, strings.Repeat("=", len(name)), bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
	}
	golang, err := files.ReadFile("files/LICENSE-go")
	if err != nil {
		return nil, err
	}
	add("Go (https://go.dev)", golang)
	for _, line := range slices.Compact(modules) {
		path, dir, _ := strings.Cut(line, "\t")
		text, err := licenseOf(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		add(path, text)
	}
	return b.Bytes(), nil
}

// licenseOf returns the licence of a module, by the names that there are for it.
func licenseOf(dir string) ([]byte, error) {
	for _, name := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil || !errors.Is(err, os.ErrNotExist) {
			return text, err
		}
	}
	return nil, errors.New("has no licence")
}
