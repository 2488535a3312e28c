package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Packages of npm that others show a number with.
const (
	numberFlowVersion = "0.6.2"
	chartCoreVersion  = "8.47.0"
)

// peers returns the files of the others, and the same counts as they read them.
func peers(ctx context.Context, s *tally.Snapshot) (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "gcmkit-peers-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"number-flow@" + numberFlowVersion, "esm-env@1.2.2", "@datawrapper/chart-core@" + chartCoreVersion} {
		if err := unpack(ctx, dir, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	files = map[string][]byte{
		"counts.json": s.Counts.AppendJSON(nil),
		"counts.csv":  fmt.Appendf(nil, "dimension,count\ntotal,%d\n", s.Counts.Total),
	}
	if files["number-flow.js"], err = numberFlow(dir); err != nil {
		return nil, err
	}
	return files, datawrapper(files, dir, s)
}

// unpack has npm fetch a package, and puts it into dir/node_modules.
func unpack(ctx context.Context, dir, name string) error {
	pack := exec.CommandContext(ctx, "npm", "pack", "--silent", "--pack-destination", dir, name)
	out, err := pack.Output()
	if err != nil {
		return err
	}
	archive, err := os.Open(filepath.Join(dir, strings.TrimSpace(string(out))))
	if err != nil {
		return err
	}
	defer archive.Close()
	z, err := gzip.NewReader(archive)
	if err != nil {
		return err
	}
	into := filepath.Join(dir, "node_modules", name[:strings.LastIndexByte(name, '@')])
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		_, inside, _ := strings.Cut(h.Name, "/") // package/
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(inside) {
			continue
		}
		content, err := io.ReadAll(t)
		if err != nil {
			return err
		}
		file := filepath.Join(into, inside)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, content, 0o666)); err != nil {
			return err
		}
	}
}

// numberFlow bundles number-flow with the few lines that a page needs beside it.
func numberFlow(dir string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		Stdin: &api.StdinOptions{
			Contents: `import "number-flow";
const element = document.querySelector("number-flow");
const counts = await (await fetch("counts.json")).json();
element.update(counts.total);`,
			ResolveDir: dir,
		},
		Bundle: true, Format: api.FormatESModule, Target: api.ES2022, Platform: api.PlatformBrowser,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Conditions: []string{"browser", "production"},
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// datawrapper adds what Datawrapper's embed.js consists of: the web component of
// chart-core, and what its editor would write down of a chart. A visualization of a
// single number isn't in npm, so it is the least that there can be.
func datawrapper(files map[string][]byte, dir string, s *tally.Snapshot) error {
	dist := filepath.Join(dir, "node_modules", "@datawrapper", "chart-core", "dist")
	read := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil && files != nil {
			files = nil
		}
		return content
	}
	component, core, css := read("web-component.js"), read("dw-2.0.min.js"), read("web-component.css")
	if files == nil {
		return errors.New("chart-core has other files")
	}
	type object = map[string]any
	props, err := json.Marshal(object{
		"chart": object{
			"id": "pledges", "type": "number", "title": "Pledges to the Global Compact for Migration", "language": "en-US", "theme": "plain",
			"externalData": "counts.csv",
			"metadata": object{
				"data":     object{"upload-method": "external-data"},
				"describe": object{"source-name": s.Publisher, "source-url": s.Feed},
				"publish":  object{"blocks": object{}},
			},
		},
		"visualization": object{"id": "number"},
		"theme":         object{"id": "plain", "data": object{"colors": object{"background": "#ffffff", "palette": []string{"#1b6a8f"}}, "typography": object{}}, "fontsCSS": "", "fonts": object{}},
		"translations":  object{"Source": "Source"},
		"styles":        string(css),
		"dependencies":  []string{"dw-2.0.min.js", "number.js"},
		"locales":       object{}, "blocks": []string{}, "assets": object{}, "fonts": object{}, "isPreview": false,
	})
	if err != nil {
		return err
	}
	files["embed.js"] = bytes.Join([][]byte{component, []byte("window.datawrapper.render(" + string(props) + ")")}, []byte("\n"))
	files["dw-2.0.min.js"] = core
	files["number.js"] = []byte(`dw.visualization.register("number", { render(el) { el.innerHTML = '<p class="gcm-number"></p>'; el.firstChild.textContent = this.dataset.column("count").val(0); } });`)
	return nil
}
