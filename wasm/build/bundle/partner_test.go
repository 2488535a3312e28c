//go:build unix && !js

package bundle_test

import (
	"bufio"
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// The example's other ways to embed the widget, each in every browser.
func TestPartnerShowsOtherWays(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget and runs three browsers")
	}
	url := partner(t)
	const shadow = `document.querySelector("gcm-pledges").shadowRoot`
	for _, engine := range browser.Engines() {
		t.Run(engine, func(t *testing.T) {
			b := tab{browser.Start(t, engine, browser.Options{}), t}
			b.open(url + "moved")
			b.value(nil, `window.said = [], window.complaints = []`)
			b.until(shadow + `.querySelector("[part~=regions]")`)
			b.value(nil, `window.act = (name) => document.querySelector("[data-action=" + name + "]").click(); window.first = document.querySelector("gcm-pledges"); act("remove")`)
			b.until(`!document.querySelector("gcm-pledges")`)
			b.value(nil, `act("add")`)
			b.until(`document.querySelector("gcm-pledges") === first && ` + shadow + `.querySelector("[part~=regions]")`)
			b.value(nil, `act("move"); act("renew")`)
			b.until(`document.querySelector("gcm-pledges") !== first && document.querySelectorAll(".place")[1].contains(document.querySelector("gcm-pledges")) && ` + shadow + `.querySelector("[part~=regions]")`)

			b.open(url + "iframe")
			b.value(nil, `window.said = [], window.complaints = []`)
			b.until(`document.querySelector("iframe").height > 400`)

			b.open(url + "start")
			var react bool
			if b.value(&react, `return !!document.querySelector("a[href=react]")`); !react {
				t.Skip("the page in React is left out: npm can't be reached")
			}
			b.open(url + "react")
			b.value(nil, `window.said = [], window.complaints = []`)
			b.until(`document.querySelector("#said").textContent.startsWith("React was told: 158 pledges")`)
			b.value(nil, `const s = document.querySelector("select"); s.value = "africa"; s.dispatchEvent(new Event("change", { bubbles: true }));`)
			b.until(`document.querySelector("#said").textContent.includes("Africa")`)
			b.value(nil, `document.querySelector("input").click()`)
			b.until(`!document.querySelector("gcm-pledges")`)
			b.value(nil, `document.querySelector("input").click()`)
			b.until(shadow + `.querySelector("[part~=filter]").textContent === "Africa"`)
			lines, err := b.Log()
			if err != nil || len(lines) > 0 {
				t.Errorf("the page complains: %q, %v", lines, err)
			}
		})
	}
}

// partner runs the example as README says, and returns the address that it
// prints.
func partner(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("go", "run", "./examples/partner", "-addr", "127.0.0.1:0")
	cmd.Dir = filepath.FromSlash("../../..")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // go run and its child end together
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		cmd.Wait()
	})
	address := regexp.MustCompile(`http://[0-9.:]+/`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := address.FindString(lines.Text()); url != "" {
			return url
		}
	}
	t.Fatalf("the example printed no address:\n%s", stderr.String())
	return ""
}
