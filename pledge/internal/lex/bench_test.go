package lex

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// record is what the record of a pledge looks like.
const record = `{"id":"0190d3c4-7a00-7000-8000-00000000002a","updated":"2022-05-18T09:30:00Z","title":"Support to regional free movement, with a \"pilot\" in three border towns and their markets",` +
	`"type":"individual","status":"planned","objectives":[5,12],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}],"announced":"2022-05","natures":["policy","process"]}`

// BenchmarkSkip goes through texts as jsontext does.
func BenchmarkSkip(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"record", record},
		{"long text", `"` + strings.Repeat("Nothing to escape in here. ", 100) + `"`},
		{"Arabic text", `"` + strings.Repeat("الهجرة الآمنة والمنظمة والنظامية ", 50) + `"`},
	} {
		b.Run("jsontext "+c.name, func(b *testing.B) {
			var src strings.Reader
			d := jsontext.NewDecoder(&src)
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				src.Reset(c.text)
				d.Reset(&src)
				if err := d.SkipValue(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name, func(b *testing.B) {
			var l Lexer
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				l.Reset(c.text)
				if l.Skip(); l.Err() != nil {
					b.Fatal(l.Err())
				}
			}
		})
	}
}
