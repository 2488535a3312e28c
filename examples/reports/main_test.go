package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

const feed = `{"title":"Pledges","illustrative":true,"pledges":[
{"id":"01890a5d-ac96-774b-bcce-b302099a8057","ref":"1","updated":"2022-05-20T00:00:00Z","title":"One","pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]},
{"id":"01890a5d-ac96-774b-bcce-b302099a8058","ref":"2","updated":"2022-05-20T00:00:00Z","title":"Two"}]}`

var now = time.Date(2026, 5, 8, 12, 0, 0, 0, time.UTC)

func files(t *testing.T, feed, table string) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	args = []string{filepath.Join(dir, "pledges.json"), filepath.Join(dir, "reports.csv")}
	for i, text := range []string{feed, table} {
		if err := os.WriteFile(args[i], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, args
}

func TestReportsOfATableAreInTheFeed(t *testing.T) {
	var template, said bytes.Buffer
	if run([]string{"-template"}, &template, &said, now) != clean {
		t.Fatal(said.String())
	}
	head := strings.TrimRight(template.String(), "\r\n")
	cells := func(all string) string {
		return "," + all + strings.Repeat(",", strings.Count(head, ",")-1-strings.Count(all, ","))
	}
	dir, args := files(t, feed, head+"\n"+cells("1,2024-05,in-progress")+"\n"+cells("2,May,planned")+"\n")
	out := filepath.Join(dir, "new.json")
	if status := run(append([]string{"-n", "-o", out}, args...), nil, &said, now); status != problems {
		t.Errorf("status %d: %s", status, &said)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a dry run writes a feed")
	}
	said.Reset()
	if status := run(append([]string{"-o", out}, args...), nil, &said, now); status != problems {
		t.Errorf("status %d", status)
	}
	if got := said.String(); !strings.Contains(got, `line 3, date "May"`) || !strings.HasSuffix(got, "1 pledges revised: 1 reports added, 0 replaced, 0 known already; 1 problems\n") {
		t.Error(got)
	}
	file, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book := new(pledge.Book)
	loaded, err := book.Load(file)
	if err != nil || loaded.Header.Title != "Pledges" || !loaded.Header.Illustrative || loaded.Header.AsOf != gcm.InstantOfUnix(now.Unix(), 0) {
		t.Errorf("%+v %v", loaded, err)
	}
	if c := book.Count(tally.Query{}); c.Total != 2 || c.Reported[gcm.InProgress] != 1 || c.Evidence[gcm.Stated] != 1 {
		t.Errorf("%+v", c)
	}
}

func TestNothingIsLostOfAFeedThatCanNotBeReadWhole(t *testing.T) {
	dir, args := files(t, strings.Replace(feed, `"Two"`, `"Two","status":"done"`, 1), "ref,date\n1,2024\n")
	out := filepath.Join(dir, "new.json")
	var said bytes.Buffer
	if status := run(append([]string{"-o", out}, args...), nil, &said, now); status != unusable || !strings.Contains(said.String(), "/status") {
		t.Errorf("status %d: %s", status, &said)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a feed is written")
	}
}

func TestFlagsThatMeanNothingAreErrors(t *testing.T) {
	_, args := files(t, feed, "nothing\n")
	for _, args := range [][]string{nil, {"x"}, {"x", "y"}, args, {"-as-of", "May", "x", "y"}} {
		var said bytes.Buffer
		if status := run(args, nil, &said, now); status != unusable || said.Len() == 0 {
			t.Errorf("%q: status %d", args, status)
		}
	}
}
