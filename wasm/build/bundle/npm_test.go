//go:build !js

package bundle

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// npm runs npm in dir; without it the test is skipped, but fails in CI.
func npm(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	// A registry that can't be reached is noticed soon.
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", append(args, "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=0", "--prefer-offline", "--ignore-scripts")...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("npm %s: %v\n%s", args[0], err, stderr.String())
		}
		t.Skipf("npm %s: %v\n%s", args[0], err, stderr.String())
	}
	return out
}

// npmPackage makes the npm package and returns the name of the archive.
func npmPackage(t *testing.T) (archive string) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs npm")
	}
	dir := t.TempDir()
	// What an earlier build has left isn't in the package, nor are compressed copies.
	written(t, Options{Dir: dir}, []byte("an older engine"))
	r, err := write(t.Context(), Options{Dir: dir}, assembled(t, stub), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range r.Files {
		want = append(want, f.Name)
	}
	slices.Sort(want)
	var packs []struct {
		Name, Version, Filename string
		Files                   []struct{ Path string }
	}
	if err := json.Unmarshal(npm(t, dir, "pack", "--json"), &packs); err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	p := packs[0]
	var got []string
	for _, f := range p.Files {
		got = append(got, f.Path)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the package has\n%v, want\n%v", got, want)
	}
	if p.Name != packageName || p.Version != "1.2.3" {
		t.Errorf("%s %s", p.Name, p.Version)
	}
	return filepath.Join(dir, p.Filename)
}

// One package, installed as its users install it.
func TestPackageWorksAsItIsInstalled(t *testing.T) {
	archive := npmPackage(t)
	user := t.TempDir()
	for name, text := range map[string]string{
		"package.json": `{"private": true, "type": "module"}`,
		"use.js": `import { GcmPledgesElement } from "gcm-pledges";
import { GcmPledgeFormElement } from "gcm-pledges/form";
import elements from "gcm-pledges/custom-elements.json" with { type: "json" };
import pack from "gcm-pledges/package.json" with { type: "json" };
import { existsSync } from "node:fs";
const files = ["gcm-pledges.css", "embed-parent.js"].map((name) => import.meta.resolve("gcm-pledges/" + name));
const missing = files.filter((url) => !existsSync(new URL(url)));
console.log(typeof GcmPledgesElement, typeof GcmPledgeFormElement, elements.modules.length, pack.customElements, missing.length);
`,
		"tsconfig.json": `{"compilerOptions": {"target": "es2022", "module": "nodenext", "moduleResolution": "nodenext", "lib": ["es2023", "dom"],
"jsx": "react-jsx", "strict": true, "exactOptionalPropertyTypes": true, "skipLibCheck": false, "types": [], "noEmit": true}, "include": ["*.ts", "*.tsx"]}`,
	} {
		if err := os.WriteFile(filepath.Join(user, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	npm(t, user, "install", archive, "custom-elements-manifest@2.1.0")
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(user, "node_modules", "custom-elements-manifest", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := jsonschema.UnmarshalJSON(strings.NewReader(made(t, ElementsName)))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(manifest); err != nil {
		t.Errorf("%s isn't a manifest: %v", ElementsName, err)
	}
	use := exec.Command("node", "use.js")
	use.Dir = user
	if out, err := use.CombinedOutput(); err != nil || !strings.Contains(string(out), "function function 2 custom-elements.json 0") {
		t.Errorf("%v\n%s", err, out)
	}
	tsc := func(project string) {
		t.Helper()
		cmd := exec.Command("npm", "exec", "--no", "--", "tsc", "--noEmit", "-p", project)
		cmd.Dir = user
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", project, err, out)
		}
	}
	check := func(name string, with ...string) {
		t.Helper()
		source, err := os.ReadFile(filepath.Join("testdata", "types", name))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(user, name)
		if err := os.WriteFile(file, source, 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file)
		npm(t, user, append([]string{"install"}, with...)...)
		tsc(".")
	}
	// Each with what it needs, and the first with neither of the two.
	check("plain.ts", "typescript@7.0.2")
	check("react.tsx", "@types/react@19.3.0")
	npm(t, user, "uninstall", "@types/react")
	check("vue.tsx", "vue@3.5.45")
	// And what the pages are made of.
	sources, err := filepath.Abs("files")
	if err != nil {
		t.Fatal(err)
	}
	tsc(sources)
}
