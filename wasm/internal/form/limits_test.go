package form_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/internal/form"
)

// listed are the lists of the form, with an item for each.
var listed = map[string]string{
	"/pledgers":              `{"pledgers":[%s]}|{"name":"N","category":"ngo"}`,
	"/implementation/states": `{"implementation":{"states":[%s]}}|"DEU"`,
	"/contributions":         `{"contributions":[%s]}|{"amount":"1","currency":"EUR"}`,
	"/links":                 `{"links":[%s]}|"https://example.org/"`,
}

// long returns a pledge of which one list has n items.
func long(path string, n int) []byte {
	record, item, _ := strings.Cut(listed[path], "|")
	return fmt.Appendf(nil, record, strings.TrimSuffix(strings.Repeat(item+",", n), ","))
}

func TestListsThatAreTooLongAreToldOf(t *testing.T) {
	limits := map[string]int{}
	var visit func(path string, fields []form.Field)
	visit = func(path string, fields []form.Field) {
		for _, f := range fields {
			if f.Kind == form.List {
				limits[path+"/"+f.Name] = f.Most
			}
			visit(path+"/"+f.Name, f.Fields)
		}
	}
	visit("", form.Describe(gcm.English).Fields)
	if len(limits) != len(listed) {
		t.Errorf("lists %v", limits)
	}
	for path := range listed {
		if limits[path] < 50 {
			t.Errorf("%s: limit %d", path, limits[path])
		}
		for _, lang := range []gcm.Language{gcm.English, gcm.Arabic} {
			for more := range 2 {
				found := 0
				for _, p := range form.Check(long(path, limits[path]+more), lang).Report.Problems {
					if p.Rule == "too-long" {
						found++
						if p.Path != path || lang == gcm.English && !strings.HasSuffix(p.Message, fmt.Sprintf(": no more than %d", limits[path])) {
							t.Errorf("%+v", p)
						}
					}
				}
				if found != more {
					t.Errorf("%s: %d problems for %d items", path, found, limits[path]+more)
				}
			}
		}
	}
}

// What a check costs is in proportion to what was entered.
func TestChecksCostWhatIsEntered(t *testing.T) {
	for path := range listed {
		var before uint64
		for _, n := range []int{500, 1000, 2000, 4000} {
			record := long(path, n)
			var a, b runtime.MemStats
			runtime.ReadMemStats(&a)
			form.Call(form.CheckOp, `{"lang":"en","pledge":`+string(record)+`}`)
			runtime.ReadMemStats(&b)
			work := b.TotalAlloc - a.TotalAlloc
			if n > 500 && float64(work) > 2.5*float64(before) { // the first makes what is made once
				t.Errorf("%s: %d bytes for %d items, after %d for half of them", path, work, n, before)
			}
			before = work
		}
	}
}
