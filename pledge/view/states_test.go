package view_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// No State comes before one with more pledges, or with as many and an earlier
// name, and those folded come after those shown.
func TestStatesAreRanked(t *testing.T) {
	choose := random(6)
	for range 200 {
		s := &tally.Snapshot{}
		number, order, members := map[string]int{}, map[string]string{}, 0
		for state := range gcm.States() {
			if choose(6) > 0 {
				continue
			}
			n := 1 + choose(5)
			s.Counts.States = append(s.Counts.States, tally.StateCount{State: state, Number: n})
			heading := state.Name(gcm.English)
			if state.IsMember() {
				members++
			} else {
				heading += " " + state.Membership().Label(gcm.English)
			}
			number[heading], order[heading] = n, locale.StateOrder(gcm.English, state)
		}
		v := render(t, s, view.Options{View: view.States})
		shown := lines(t, v)
		if len(shown) != len(number) {
			t.Fatalf("%d rows for %d States", len(shown), len(number))
		}
		for i, l := range shown {
			if l.numbers[0] != number[l.heading] {
				t.Errorf("%s has %d, want %d", l.heading, l.numbers[0], number[l.heading])
			}
			delete(number, l.heading)
			if i == 0 {
				continue
			}
			before := shown[i-1]
			if before.numbers[0] < l.numbers[0] || before.numbers[0] == l.numbers[0] && order[before.heading] >= order[l.heading] {
				t.Errorf("%v comes before %v", before, l)
			}
		}
		_, folded, more := strings.Cut(v.HTML(), `<summary part="summary">Show `+strconv.Itoa(len(shown)-20)+" more State")
		if more != (len(shown) > 20) || more && strings.Count(folded, `part="row"`) != len(shown)-20 {
			t.Errorf("that %d of %d are folded is said: %v", len(shown)-20, len(shown), more)
		}
		if of := "by " + strconv.Itoa(members) + " of 193 Member States"; !strings.Contains(v.HTML(), of) {
			t.Errorf("not %s", of)
		}
	}
}

// Names in another language are in the order of that language.
func TestStatesOfOneNumberAreInTheOrderOfTheirNames(t *testing.T) {
	for lang, want := range map[gcm.Language]string{
		gcm.English: "Egypt Estonia Spain",
		gcm.French:  "Égypte Espagne Estonie",
		gcm.Spanish: "Egipto España Estonia",
		gcm.Arabic:  "إسبانيا إستونيا مصر",
		gcm.Russian: "Египет Испания Эстония",
		gcm.Chinese: "埃及 爱沙尼亚 西班牙", // as in English
	} {
		s := &tally.Snapshot{}
		for _, code := range []string{"EGY", "ESP", "EST"} {
			state, _ := gcm.StateFromAlpha3(code)
			s.Counts.States = append(s.Counts.States, tally.StateCount{State: state, Number: 3})
		}
		var got []string
		for _, l := range lines(t, render(t, s, view.Options{View: view.States, Language: lang})) {
			got = append(got, l.heading)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("in %v: %s", lang, got)
		}
	}
}
