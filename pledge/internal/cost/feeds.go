package cost

import (
	"fmt"
	"strings"
)

// Shape is a kind of input that could cost more than its size.
type Shape struct {
	Name string
	Make func(bytes int) []byte // of about this size
}

// Feeds are shapes of feeds of pledges. Where a record is as long as the input, it
// is over the limit of a record for the largest.
func Feeds() []Shape {
	return []Shape{
		{"plain", lines(func(i int) string { return record(i, 1, `"title":"t","type":"individual","objectives":[7]`) })},
		{"pledgers that differ", lines(func(i int) string { return record(i, 1, `"pledgers":[`+pledger(i, 100)+`]`) })},
		{"themes that differ", lines(func(i int) string {
			return record(i, 1, `"themes":[`+list(60, func(k int) string { return theme(60*i + k) })+`]`)
		})},
		{"places that differ", lines(func(i int) string {
			return record(i, 1, `"implementation":{"states":[`+list(8, func(k int) string { return quote(states[(i>>k^i/7*k)%len(states)]) })+`]}`)
		})},
		{"large revisions in turn", lines(func(i int) string { return large(i%7, i/7) })},
		{"large revisions of old pledges", lines(func(i int) string { return large(revised(i), i) })},
		{"ties of a large pledge", lines(func(i int) string {
			if i == 0 {
				return large(0, 1)
			}
			return record(0, 1, `"themes":["a"]`)
		})},
		{"ties of large pledges", lines(func(i int) string { return large(0, 1) })},
		{"ties that are small", lines(func(i int) string { return record(i%3, 1, `"themes":["`+fmt.Sprint("a", i%2)+`"]`) })},
		{"the latest again and again", lines(func(i int) string { return record(i%37, i, `"type":"common"`) })},
		{"the same pledge", lines(func(i int) string { return record(0, i, `"type":"common"`) })},
		{"one long list of themes", whole(func(n int) string {
			return record(0, 1, `"themes":[`+list(n/8, func(k int) string { return quote(fmt.Sprintf("t%x", k)) })+`]`)
		})},
		{"one long list of pledgers", whole(func(n int) string {
			return record(0, 1, `"pledgers":[`+list(n/24, func(k int) string { return `{"name":"` + fmt.Sprintf("%x", k) + `"}` })+`]`)
		})},
		{"one long list of contributions", whole(func(n int) string {
			return record(0, 1, `"contributions":[`+list(n/36, func(k int) string { return money(k) })+`]`)
		})},
		{"one long list of States", whole(func(n int) string {
			return record(0, 1, `"implementation":{"states":[`+list(n/6, func(k int) string { return quote(states[k%len(states)]) })+`]}`)
		})},
		{"one long list of links", whole(func(n int) string {
			return record(0, 1, `"links":[`+list(n/16, func(int) string { return `"https://a.b/c"` })+`]`)
		})},
		{"one long list of objectives", whole(func(n int) string {
			return record(0, 1, `"objectives":[`+list(n/3, func(k int) string { return fmt.Sprint(k%23 + 1) })+`]`)
		})},
		{"reports that differ", lines(func(i int) string {
			return record(i, 1, `"deadline":"2024-05","reports":[`+list(40, func(k int) string { return progress(i + k) })+`]`)
		})},
		{"one long list of reports", whole(func(n int) string {
			return record(0, 1, `"reports":[`+list(n/50, progress)+`]`)
		})},
		{"one long list of indicators", whole(func(n int) string {
			return record(0, 1, `"reports":[{"date":"2024","indicators":[`+list(n/30, func(k int) string { return fmt.Sprintf(`{"name":"%x","actual":"%d.5"}`, k, k) })+`]}]`)
		})},
		{"one long text", whole(func(n int) string { return record(0, 1, `"title":"`+strings.Repeat("a ", n/2)+`"`) })},
		{"one long text of escapes", whole(func(n int) string { return record(0, 1, `"description":"`+strings.Repeat(`\u0041\n`, n/8)+`"`) })},
		{"long names", lines(func(i int) string { return record(i, 1, `"pledgers":[`+pledger(i, 20_000)+`]`) })},
		{"members that nobody knows", whole(func(n int) string {
			return record(0, 1, list(n/12, func(k int) string { return fmt.Sprintf(`"m%07x":1`, k) }))
		})},
		{"members that look alike", whole(func(n int) string {
			return record(0, 1, list(n/16, func(k int) string { return fmt.Sprintf(`"ab%08xyz":1`, k) }))
		})},
		{"an unknown member like a feed's, again and again", whole(func(n int) string {
			return record(0, 1, `"x":"`+strings.Repeat("a ", n/4)+`"`+strings.Repeat(`,"pledges":[]`, n/24))
		})},
		{"problems", lines(func(i int) string {
			return record(i, 1, `"themes":[`+list(30, func(int) string { return "1" })+`],"links":[`+list(30, func(int) string { return "{}" })+`]`)
		})},
		{"one record of problems", whole(func(n int) string {
			return record(0, 1, `"objectives":[`+list(n/3, func(int) string { return "77" })+`]`)
		})},
		{"records without an id", lines(func(i int) string { return `{"title":"t"}` })},
		{"records that are broken", lines(func(i int) string { return `{"id":"` })},
		{"brackets", whole(func(n int) string { return strings.Repeat("[", n) })},
		{"brackets in a record", whole(func(n int) string { return record(0, 1, `"x":`+strings.Repeat("[", n/2)+strings.Repeat("]", n/2)) })},
		{"braces in a record", whole(func(n int) string {
			return record(0, 1, `"x":`+strings.Repeat(`{"a":`, n/6)+"1"+strings.Repeat("}", n/6))
		})},
		{"blanks", whole(func(n int) string { return strings.Repeat(" \n", n/2) + record(0, 1, `"title":"t"`) })},
		{"blanks in a record", whole(func(n int) string { return record(0, 1, strings.Repeat(" ", n)+`"title":"t"`) })},
		{"an array", func(n int) []byte {
			return []byte("[" + strings.TrimSuffix(strings.ReplaceAll(string(lines(func(i int) string { return large(revised(i), i) })(n)), "\n", ","), ",") + "]")
		}},
		{"a header", whole(func(n int) string {
			return `{"title":"` + strings.Repeat("a", n/2) + `","pledges":[],"publisher":"` + strings.Repeat("b", n/2) + `"}`
		})},
	}
}

// lines returns records, one a line.
func lines(record func(i int) string) func(n int) []byte {
	return func(n int) (all []byte) {
		for i := 0; len(all) < n; i++ {
			all = append(append(all, record(i)...), '\n')
		}
		return all
	}
}

func whole(text func(n int) string) func(n int) []byte {
	return func(n int) []byte { return []byte(text(n)) }
}

func record(pledge, revision int, members string) string {
	return fmt.Sprintf(`{"id":"0190a0b0-c0d0-7e0f-8a1b-%012x","updated":"%04d-%02d-%02dT%02d:%02d:00Z",%s}`,
		pledge, 2020+revision/483840%1000, 1+revision/40320%12, 1+revision/1440%28, revision/60%24, revision%60, members)
}

// large returns a revision of which the lists are as long as they usually may be.
func large(pledge, revision int) string {
	return record(pledge, revision, `"themes":[`+list(60, func(k int) string { return theme((pledge + k) % 500) })+
		`],"pledgers":[`+list(120, func(k int) string { return pledger((pledge+k)%1000, 20) })+
		`],"contributions":[`+list(40, money)+`]`)
}

// revised numbers pledges so that every second record is a revision of the oldest
// one that hasn't had its second.
func revised(i int) int {
	if i%2 == 0 {
		return i
	}
	return i / 4 * 2
}

func theme(k int) string { return quote(fmt.Sprintf("theme-%d", k)) }

func pledger(i, bytes int) string {
	return fmt.Sprintf(`{"name":"%0*d","category":"ngo","state":"%s"}`, bytes, i, states[i%len(states)])
}

func progress(k int) string {
	return fmt.Sprintf(`{"date":"%04d-%02d","status":"%s","links":["https://a.b/%x"]}`, 1900+k/12%200, 1+k%12, [...]string{"planned", "in-progress", "fulfilled"}[k%3], k)
}

func money(k int) string {
	return fmt.Sprintf(`{"amount":"%d","currency":"%s"}`, k+1, [...]string{"EUR", "USD", "CHF", "GBP", "JPY"}[k%5])
}

func quote(s string) string { return `"` + s + `"` }

func list(n int, element func(k int) string) string {
	all := make([]string, n)
	for k := range all {
		all[k] = element(k)
	}
	return strings.Join(all, ",")
}

var states = [...]string{"DEU", "FRA", "BGD", "PHL", "MAR", "MEX", "KEN", "CAN", "PRT", "IRQ", "NPL", "ECU", "GHA", "EGY", "IDN", "BRA"}
