//go:build unix

package shelltest

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// partner is the example of a partner's site. The zero value with a test is one
// that nobody has visited yet: it is started for the first visit and ends with
// the test. It has one feed, so visits are one after the other.
type partner struct {
	t    *testing.T
	once sync.Once
	mu   sync.Mutex
	feed string
	url  string
	err  error
}

// visit starts the example, as README says, unless it runs, with its feed as it
// was. The example is the caller's until leave is called.
func (p *partner) visit(t *testing.T) (url string, leave func()) {
	t.Helper()
	p.mu.Lock()
	p.once.Do(func() {
		p.feed = filepath.Join(p.t.TempDir(), "pledges.json")
		if p.err = os.WriteFile(p.feed, data.Published(), 0o644); p.err == nil {
			p.url, p.err = startPartner(p.t, p.feed)
		}
	})
	if p.err != nil {
		p.mu.Unlock()
		t.Fatal(p.err)
	}
	p.write(t, string(data.Published()))
	return p.url, p.mu.Unlock
}

func (p *partner) write(t *testing.T, content string) {
	t.Helper()
	if err := os.WriteFile(p.feed, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// works: the page follows its feed file, and takes a pledge.
func (p *partner) works(t *testing.T, v visit, _ *site) {
	url, leave := p.visit(t)
	defer leave()
	v.open(url)
	const root = `document.querySelector("gcm-pledges").shadowRoot`
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) w.loading = "eager"`) // the page is longer than the screen
	v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => w.shadowRoot?.textContent.match(/[0-9]/))`)
	if got := v.light(); !strings.HasPrefix(got, "20 pledges to the Global Compact for Migration · ") {
		t.Errorf("the page came with %q", got)
	}
	v.until(root + `.querySelector("[part=number]").textContent === "20"`)
	v.pageHasNoFaults()
	// Append a pledge to the feed file; nobody reloads the page.
	v.eval(nil, "document.same = true")
	more := strings.Replace(string(data.Published()), "\n]}", ",\n"+`{"id":"00000000-0000-4000-8000-000000000001","title":"One more"}`+"\n]}", 1)
	p.write(t, more)
	v.until(root + `.querySelector("[part=number]").textContent === "21" && document.same`)
	// Delete it.
	if err := os.Remove(p.feed); err != nil {
		t.Fatal(err)
	}
	v.until(root + `.querySelector("[part=stale]").textContent.startsWith("Not current")`)
	v.until(root + `.querySelector("[part=number]").textContent === "21" && document.same`)
	// The page with the form shows what it is given.
	v.open(url + "form?lang=zh")
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("form").lang === "zh"`)
	v.eval(nil, `const form = document.querySelector("gcm-pledge-form");
form.value = { title: "承诺", description: "善".repeat(300), type: "individual", pledgers: [{ name: "A", category: "youth" }], objectives: [7] };
form.shadowRoot.querySelector("[part=submit]").click();`)
	v.until(`JSON.parse(document.querySelector("#emitted:not([hidden]) pre").textContent).title === "承诺"`)
	p.write(t, string(data.Published()))
	v.showsOtherWays(url)
}

// pageHasNoFaults fails the test for what axe finds on the page of the example, in
// Chromium, as it has nothing of its own in the others.
func (v visit) pageHasNoFaults() {
	v.t.Helper()
	script, err := axe()
	if err != nil && os.Getenv("CI") != "" {
		v.t.Fatal(err)
	}
	if err != nil || v.Engine() != "chromium" {
		return
	}
	answer, err := v.Await(script + `;
return (await axe.run()).violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" "));`)
	if err != nil || string(answer) != "[]" {
		v.t.Errorf("%v: %s", err, answer)
	}
}

func (p *partner) worksWithoutScripts(t *testing.T, v visit, _ *site) {
	url, leave := p.visit(t)
	defer leave()
	v.open(url)
	if text, err := v.Text("gcm-pledges"); err != nil || !strings.HasPrefix(text, "20 pledges to the Global Compact for Migration · ") {
		t.Errorf("%q %v", text, err)
	}
}

// showsOtherWays visits the example's pages that embed the widget in other ways.
func (v visit) showsOtherWays(url string) {
	v.t.Helper()
	const shadow = `document.querySelector("gcm-pledges").shadowRoot`
	v.Log() // what the one before left
	v.open(url + "moved")
	v.until(shadow + `.querySelector("[part~=regions]")`)
	v.eval(nil, `document.act = (name) => document.querySelector("[data-action=" + name + "]").click(); document.first = document.querySelector("gcm-pledges"); document.act("remove")`)
	v.until(`!document.querySelector("gcm-pledges")`)
	v.eval(nil, `document.act("add")`)
	v.until(`document.querySelector("gcm-pledges") === document.first && ` + shadow + `.querySelector("[part~=regions]")`)
	v.eval(nil, `document.act("move"); document.act("renew")`)
	v.until(`document.querySelector("gcm-pledges") !== document.first && document.querySelectorAll(".place")[1].contains(document.querySelector("gcm-pledges")) && ` + shadow + `.querySelector("[part~=regions]")`)

	v.open(url + "iframe")
	v.until(`document.querySelector("iframe").height > 400`)

	v.open(url + "start")
	var react bool
	if v.eval(&react, `return !!document.querySelector("a[href=react]")`); !react {
		v.t.Skip("the page in React is left out: npm can't be reached")
	}
	v.open(url + "react")
	v.until(`document.querySelector("#said").textContent.startsWith("React was told: 158 pledges")`)
	v.eval(nil, `const s = document.querySelector("select"); s.value = "africa"; s.dispatchEvent(new Event("change", { bubbles: true }));`)
	v.until(`document.querySelector("#said").textContent.includes("Africa")`)
	v.eval(nil, `document.querySelector("input").click()`)
	v.until(`!document.querySelector("gcm-pledges")`)
	v.eval(nil, `document.querySelector("input").click()`)
	v.until(shadow + `.querySelector("[part~=filter]").textContent === "Africa"`)
	lines, err := v.Log()
	if err != nil || len(lines) > 0 {
		v.t.Errorf("the page complains: %q, %v", lines, err)
	}
}

// startPartner runs the example as README says, on a port of its own until the
// test ends, and returns the address that it prints.
func startPartner(t *testing.T, feed string) (url string, err error) {
	cmd := exec.Command("go", "run", "./examples/partner", "-addr", "127.0.0.1:0", "-feed", feed)
	cmd.Dir = filepath.FromSlash("../../..")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // go run and its child end together
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		cmd.Wait()
	})
	address := regexp.MustCompile(`http://[0-9.:]+/`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := address.FindString(lines.Text()); url != "" {
			return url, nil
		}
	}
	return "", fmt.Errorf("the example printed no address:\n%s", stderr.String())
}
