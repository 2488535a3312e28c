package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// site is a server with a page, the built files, and pledges with their stream.
type site struct {
	*httptest.Server
	dir     string
	book    *pledge.Book
	pledges *feed.Server
	any     pledge.Pledge // one of them, to be revised

	mu        sync.Mutex
	elements  string // of the page
	revisions int
	files     map[string][]byte // gzipped
}

// pledgesOf returns a book with the reference pledges, again and again under other
// IDs, by other pledgers and with other titles, until there are n.
func pledgesOf(n int) (*pledge.Book, error) {
	var all []pledge.Pledge
	for r, err := range pledge.NewDecoder(bytes.NewReader(data.Reference())).Records() {
		if err != nil {
			return nil, err
		}
		all = append(all, r.Pledge)
	}
	b := new(pledge.Book)
	for i := range n {
		p := all[i%len(all)].Clone()
		if again := i / len(all); again > 0 {
			p.ID = uuid.NewSHA1(p.ID, fmt.Append(nil, again))
			p.Title = fmt.Sprintf("%s (%d)", p.Title, again)
			for j := range p.Pledgers {
				if again%8 == 0 && p.Pledgers[j].Category != gcm.MemberState {
					p.Pledgers[j].Name = fmt.Sprintf("%s %d", p.Pledgers[j].Name, again)
				}
			}
		}
		if _, err := b.Put(p); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func newSite(dir string, pledges int) (*site, error) {
	b, err := pledgesOf(pledges)
	if err != nil {
		return nil, err
	}
	s := &site{dir: dir, book: b, files: map[string][]byte{}, pledges: feed.New(b, feed.Options{Header: tally.Header{Title: "Pledges"}})}
	for s.any = range b.All() {
		break
	}
	mux := http.NewServeMux()
	s.pledges.Register(mux, "/pledges/")
	mux.HandleFunc("POST /revise", s.revise)
	mux.HandleFunc("/", s.serve)
	s.Server = httptest.NewServer(mux)
	return s, nil
}

// revise puts another pledge, so that every number changes.
func (s *site) revise(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revisions++
	p := s.any.Clone()
	p.ID, p.Status = uuid.NewSHA1(p.ID, fmt.Append(nil, "revision", s.revisions)), gcm.Planned
	if _, _, err := s.pledges.Put(p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// show has the page show these elements.
func (s *site) show(elements string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.elements = elements
}

// serve serves the page, and the built files as a good host does: gzipped, as browsers
// take brotli from https only, and to be kept.
func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" {
		s.mu.Lock()
		defer s.mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>Pledges</title><script>`+watch+`</script><script type="module" src="gcm-pledges.js"></script>`+s.elements)
		return
	}
	name := path.Base(r.URL.Path)
	content, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kept := name
	if w.Header().Set("Vary", "Sec-Fetch-Dest"); r.Header.Get("Sec-Fetch-Dest") == "worker" { // of which the page has the hash
		content = append([]byte(probe), content...)
		kept += " of the worker"
	}
	kinds := map[string]string{".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	w.Write(s.zipped(kept, content))
}

// zipped returns a file gzipped, which is done once.
func (s *site) zipped(name string, content []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files[name] == nil {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(content)
		z.Close()
		s.files[name] = b.Bytes()
	}
	return s.files[name]
}

// watch runs in the page before all else, and notes when each element has painted its
// first number. In a worker the probe notes the memory of what is started there.
const watch = `
const painted = [];
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
const seen = new Set();
addEventListener("gcm-update", async ({ target }) => {
	const at = await frame();
	if (!seen.has(target)) painted.push(at);
	seen.add(target);
});
const channel = new BroadcastChannel("pagecost");
const memory = () => new Promise((done) => {
	channel.onmessage = ({ data }) => done(data);
	channel.postMessage("memory?");
});
const update = () => new Promise((done) => addEventListener("gcm-update", () => done(frame()), { once: true }));
Object.assign(document, { painted, frame, memory, update });`

// probe stands in front of the script of the worker, which the page has loaded as well.
const probe = `if (typeof document === "undefined") {
	const instantiate = WebAssembly.instantiate;
	let memory;
	WebAssembly.instantiate = async (...args) => {
		const instance = await instantiate(...args);
		memory = instance.exports.mem;
		return instance;
	};
	const channel = new BroadcastChannel("pagecost");
	channel.onmessage = ({ data }) => data === "memory?" && channel.postMessage(memory.buffer.byteLength);
}
`
