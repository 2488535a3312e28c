package tally

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// plain are records that scan reads alone, and some that it leaves to read.
var plain = []string{
	`{"id":"` + id1 + `","updated":"2022-05-18T09:30:00Z","title":"T","type":"individual","natures":["policy","process"],"pledgers":[{"name":"A","category":"member-state","state":"KEN"},{"name":"B"}],` +
		`"objectives":[1,23,7],"implementation":{"states":["KEN","UGA"],"level":"local"},"announced":"2022-05","status":"withdrawn","contributions":[{"amount":"1.50","currency":"EUR"}]}`,
	`{ "id": "` + id2 + `" , "title": "\u00e1 é" , "announced":  "2022-05-18", "mirror": true, "x": {"a": [1, 2, {"b": null}]}, "themes": ["a", "b"], "objectives": [5, 6]}`,
	`{"id":"` + id1 + `","language":"fr","links":["ftp://a","https://a/b","https://c"],"title":"\\"T\\" \\ud83d\\udea2"}`, `{"id":"` + id1 + `","links":["https:\/\/a","https://b"]}`, `{"id":"` + id1 + `","links":["https://a",7]}`, `{"id":"` + id1 + `","links":["https://b" ]}`, `{"id":"` + id1 + `","links":[]}`, `{"id":"` + id1 + `","links":["","HTTPS://é"]}`,
	`{"id":"` + id1 + `","id":"` + id1 + `"}`, `{"id":"` + id1 + `","x":1,"x":1}`, `{"id":"` + id1 + `","i\u0064":"` + id1 + `"}`,
	`{"id" :"` + id1 + `"}`, `{"id":"` + id1 + `",}`, `{"id":"` + id1 + `"`, `{"id":"` + id1 + `"}}`, `{"id":"` + id1 + `"} `, `{"id":"` + id1 + `","objectives":[1,`, `{"id":"` + id1 + `","objectives":[01,24,0]}`,
	`{"id":"` + id1[:22] + "\x99" + id1[23:] + `"}`, `{"id":"` + id1[:35] + "\xfa" + `"}`,
	`{"id":"` + id1[:35] + `g","updated":"2022-02-30T09:30:00Z","announced":"2022-13"}`, `{"id":"` + strings.ToUpper(id1) + `","natures":[],"pledgers":[],"objectives":[]}`,
	`{"id":"` + id1 + `","pledgers":[{"name":"}"},{"name":"A","x":{}}],"implementation":{"global":true,"x":{}}}`, `{"id":"` + id1 + `","type":"withdrawn","status":"policy","natures":["planned"]}`,
	`{"id":"` + id1 + `","implementation":{"states":["KEN","XXX"]},"type":"individua","status":"` + strings.Repeat("x", 40) + `"}`, `{"id":"` + id1 + `","title":"` + "\x01" + `"}`, `{"id":"` + id1 + `","title":"` + "\xff" + `"}`,
	`{"id":"` + id1 + `","pledgers":[{"name":"},{"name":"B"}]}`, `{"id":"` + id1 + `","pledgers":[{"name":"B"},{"name":"},{"name":"B"}],"x":"y"}`, `{"id":"` + id1 + `","pledgers":[{"name":"A","category":"member-state","state":"KEN"},{"name":"C","x":{"name":"B"}}]}`,
	`{"id":"` + id1 + `","title":"\"\\\/\b\f\n\r\t\u00e9\uFFFF \uD83D\uDEA2 \ud83d", "ref":"é 名 🚢 \ufffd"}`, `{"id":"` + id1 + `","title":"\u00g0"}`, `{"id":"` + id1 + `","title":"\x"}`, `{"id":"` + id1 + `","title":"\u12"}`, `{"id":"` + id1 + `","title":"` + "\xe5\x90" + `"}`, `{"id":"` + id1 + `","title":"` + "\xed\xa0\x80" + `"}`, `{"id":"` + id1 + `","title":"\"}`, `{"id":"` + id1 + `","title":"\u002"}`,
	`{"id":"` + id1 + `","a title that is longer than two words":"","":0,"é":1}`, `{"id":"` + id1 + `","` + strings.Repeat(`","`, 20), `{"` + strings.Repeat(`id":"`, 20), `{"id":"` + id1 + `","mirror":true,"implementation":{"global":true}}`, `{"id":"` + id1 + `","mirror":trux}`, `{"id":"` + id1 + `","mirror":tru`, `{}`, `[]`, `{`, `{"`, `{"id":`, `{"id":"`,
}

// FuzzScanReadsWhatReadReads has records scanned that are like ones before and
// ones that aren't, with anything behind them.
func FuzzScanReadsWhatReadReads(f *testing.F) {
	for i, s := range plain {
		f.Add(s, plain[0], plain[i/2])
	}
	f.Fuzz(func(t *testing.T, in, before, behind string) {
		var x, y Index
		quick, slow := newDecoder(&x, true, 32, nil), newDecoder(&y, true, 32, nil)
		for _, record := range []string{before, in, in} { // so that all of it is known
			b := append([]byte(record), behind...)
			b = append(b, strings.Repeat("\"", fast.Margin)...)[:len(record)+fast.Margin]
			var want waiting
			got := &quick.waiting[0]
			got.Text = b[:len(record)]
			ok := record != "" && quick.scan(b, len(record), got) == len(record)
			if ok {
				quick.wait()
				quick.fetch()
				ok = quick.resolve(got)
			}
			problems, wantOK := slow.read([]byte(record), &want)
			if ok && (!wantOK || len(problems) > 0) {
				t.Fatalf("%q: scanned, but there is %v", record, problems)
			}
			if !ok {
				quick.read([]byte(record), got)
			}
			listed := appendTexts(nil, b, &got.Listed)
			clear(b) // what is kept must not be part of the record
			if !wantOK {
				continue
			}
			if g, w := x.facets(&got.entry), y.facets(&want.entry); g.Compare(&w) != 0 {
				t.Fatalf("%q, scanned %v:\ngot  %+v\nwant %+v", record, ok, g, w)
			}
			if w := appendTexts(nil, []byte(record), &want.Listed); !bytes.Equal(listed, w) {
				t.Fatalf("%q, scanned %v:\ngot  %q\nwant %q", record, ok, listed, w)
			}
			if g, w := x.namesOf(&got.entry), y.namesOf(&want.entry); !slices.Equal(g, w) {
				t.Fatalf("%q, scanned %v:\ngot  %q\nwant %q", record, ok, g, w)
			}
		}
	})
}

// What is as plain as nearly all records are is scanned, or reading is slow.
func TestPlainRecordsAreScanned(t *testing.T) {
	var x Index
	d := newDecoder(&x, false, 32, nil)
	for _, record := range plain[:2] {
		var w waiting
		padded := append([]byte(record), make([]byte, fast.Margin)...)
		for range 2 {
			d.read([]byte(record), &w)
		}
		w.Text = padded[:len(record)]
		if d.scan(padded, len(record), &w) != len(record) || !d.resolve(&w) {
			t.Errorf("not scanned: %s", record)
		}
	}
}
