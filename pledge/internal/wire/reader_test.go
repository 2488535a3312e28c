package wire

import (
	"strconv"
	"strings"
	"testing"
)

// What is written like a value with a problem has that problem, too, so nobody may
// remember it as one without.
func TestValueWithAProblemThatIsNotListedIsNotWritten(t *testing.T) {
	for n := range MaxProblems + 3 {
		wrong := strings.Repeat(`"?",`, n)
		var r Reader
		written := "none"
		problems, ok := r.Read([]byte(`{"natures":[`+wrong+`"policy"],"mirror":1}`), func(name string) {
			if name == "natures" {
				Natures(&r)
			} else {
				written = r.Written(func() { Answer(&r) })
			}
		})
		if written != "" || !ok || len(problems) != min(n+1, MaxProblems) {
			t.Error(strconv.Itoa(n)+" problems before: written", written, problems)
		}
		r.Member([]byte(`{"natures":[`+wrong+`"policy"]}`), len(`{"natures":`))
		if Natures(&r); n > 0 {
			if _, ok := r.Offset(); ok {
				t.Errorf("%d problems are none", n)
			}
		}
	}
}
