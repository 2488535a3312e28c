//go:build !js

package bundle

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Whoever tests a page of theirs in jsdom or happy-dom, where much of a browser is
// missing, has the page's own text, and no error that nobody catches.
func TestElementsInTestRunners(t *testing.T) {
	if testing.Short() {
		t.Skip("runs npm")
	}
	app := t.TempDir()
	script, err := os.ReadFile("testdata/runners/run.mjs")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"package.json": []byte(`{"private": true, "type": "module"}`), "run.mjs": script}
	for _, f := range assembled(t, stub) {
		if f.Name == ScriptName || f.Name == FormScriptName {
			files[f.Name] = f.content
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(app, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	npm(t, app, "install", "jsdom@26.1.0", "happy-dom@21.0.4")
	for _, runner := range []string{"jsdom", "happy-dom"} {
		for file, tag := range map[string]string{ScriptName: "gcm-pledges", FormScriptName: "gcm-pledge-form"} {
			cmd := exec.Command("node", "run.mjs", runner, "./"+file, tag)
			cmd.Dir = app
			out, err := cmd.CombinedOutput()
			var got struct {
				Uncaught []string
				Text     string
				Named    bool
			}
			if err == nil {
				err = json.Unmarshal(out, &got)
			}
			if err != nil || len(got.Uncaught) > 0 || got.Text != "158 pledges" || !got.Named {
				t.Errorf("%s, %s: %v\n%s", runner, tag, err, out)
			}
		}
	}
}
