package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// engineIsUnpacked: a host that sends files as they are has the engine's .gz
// and nothing else of it.
func engineIsUnpacked(t *testing.T, v visit, _ *site) {
	b, err := packedBundle()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.wasm, ".wasm.gz") {
		t.Fatalf("the engine is %s", b.wasm)
	}
	s := newSite(t, b)
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", widget)
	v.open(s.URL)
	v.live(1)
	if n := len(s.requests("/" + b.wasm)); n != 1 {
		t.Errorf("the engine was fetched %d times", n)
	}
	v.quiet()

	damaged := b.files[b.wasm]
	s.put("/"+b.wasm, file{body: string(damaged[:len(damaged)-1]) + "?", kind: "application/gzip"})
	v.open("about:blank")
	v.open(s.URL + "/?again")
	v.until("document.probe.errors.length > 0")
	if got := v.codes(); got[0] != "engine-load" || v.light() != "158 pledges" || v.shown() != "" {
		t.Errorf("with another file in its place: %q %q %q", got, v.light(), v.shown())
	}
}
