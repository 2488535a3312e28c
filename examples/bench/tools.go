package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// nodeDir holds the tools that run in Node.
const nodeDir = "peers/node"

// tool is something that reads and counts.
type tool struct {
	ID    string
	Name  string // for people
	About string // how it does it, and with what
	Count bool   // whether it does [task.Count] too

	keeps   bool   // something of each pledge, though nothing is to be listed
	program string // a directory of peers, or a script of nodeDir
	library string // Go module, or package of npm, whose version is told
	threads int    // 0 for all cores
}

// allTools returns every tool that makes sense on this machine. Ours come
// first.
func allTools() []tool {
	const duckdb, byDuckDB = "@duckdb/node-api", "the columns needed into a table, then queries; from Node"
	all := []tool{
		{ID: "ours", Name: "gcmkit", About: "`tally.Reader` into an `Index`, with `Items` or without", Count: true, keeps: true, program: "ours"},
		{ID: "ours-1", Name: "gcmkit, one core", About: "the same, `GOMAXPROCS=1`", keeps: true, program: "ours", threads: 1},
		{ID: "ours-wasm", Name: "gcmkit (wasm)", About: "the same as js/wasm in Node", Count: true, keeps: true, program: "ours.wasm"},
		{ID: "duckdb", Name: "DuckDB", About: byDuckDB, Count: true, keeps: true, program: "duckdb.mjs", library: duckdb},
		{ID: "duckdb-1", Name: "DuckDB, one core", About: "the same, `threads=1`", keeps: true, program: "duckdb.mjs", library: duckdb, threads: 1},
		{ID: "fastjson", Name: "fastjson", About: "a line at a time, one parser; what is listed goes into an array of structs", program: "fastjson", library: "github.com/valyala/fastjson"},
		{ID: "encodingjson", Name: "encoding/json", About: "a `Decoder` into maps; what is listed goes into an array of structs", program: "encodingjson"},
		{ID: "sqlite", Name: "SQLite", About: "normalised tables in memory, filled from Go; indexes for clicks", Count: true, keeps: true, program: "sqlite", library: "modernc.org/sqlite"},
		{ID: "plain", Name: "JSON.parse", About: "a line at a time, `Map` and `Set`; what is listed or clicked goes into an array", Count: true, program: "plain.mjs"},
		{ID: "d3", Name: "d3-array", About: "rollups of an array", Count: true, keeps: true, program: "d3.mjs", library: "d3-array"},
		{ID: "arquero", Name: "Arquero", About: "a table of columns, lists unrolled", Count: true, keeps: true, program: "arquero.mjs", library: "arquero"},
		{ID: "crossfilter", Name: "Crossfilter", About: "dimensions and groups, set up before the clicks", Count: true, keeps: true, program: "crossfilter.mjs", library: "crossfilter2"},
	}
	if runtime.NumCPU() == 1 {
		all = slices.DeleteFunc(all, func(t tool) bool { return t.threads == 1 })
	}
	return all
}

// choose returns the tools of these IDs, all if there are none.
func choose(ids []string) (chosen []tool, err error) {
	all := allTools()
	if len(ids) == 0 {
		return all, nil
	}
	for _, id := range ids {
		i := slices.IndexFunc(all, func(t tool) bool { return t.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("-only %s: no such tool", id)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func (t *tool) isOurs() bool { return strings.HasPrefix(t.ID, "ours") }

// isScript reports whether Node runs the tool from its source.
func (t *tool) isScript() bool { return strings.HasSuffix(t.program, ".mjs") }

// isWasm reports whether the tool is Go that Node runs.
func (t *tool) isWasm() bool { return strings.HasSuffix(t.program, ".wasm") }

// does reports whether the tool does a task.
func (t *tool) does(what string) bool { return what == task.Read || t.Count }

// cores is how many the tool may use.
func (t *tool) cores() int {
	if t.threads == 0 {
		return runtime.NumCPU()
	}
	return t.threads
}

// command returns the command line that does a job, and its environment: a
// small one, as js/wasm has little room for it.
func (t *tool) command(b *built, job string) (args, env []string) {
	env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	switch {
	case t.isScript():
		// The default limit of V8's heap isn't made for those that hold every
		// pledge; the others don't take more for it.
		limit := strconv.FormatInt(max(memoryTotal()>>20/4*3, 2048), 10)
		args = []string{"node", "--max-old-space-size=" + limit, filepath.Join(nodeDir, t.program), job}
	case t.isWasm():
		args = []string{filepath.Join(b.goroot, "lib", "wasm", "go_js_wasm_exec"), filepath.Join(b.bin, t.program), job}
	default:
		args = []string{filepath.Join(b.bin, t.program), job}
		env = append(env, "GOMAXPROCS="+strconv.Itoa(t.cores()))
	}
	return args, env
}
