package gcm_test

import (
	"errors"
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
)

// Exports of the pledging site write States in several ways.
func ExampleParseState() {
	for _, s := range []string{"Sierra Leone (217)", "Congo, Dem. Rep.", "Corée du Sud", "刚果（金）", "Global (23641)"} {
		state, err := gcm.ParseState(s)
		switch {
		case errors.Is(err, gcm.ErrUnknown):
			fmt.Println(err)
		case err == nil:
			fmt.Println(state, state.Name(gcm.English))
		}
	}
	// Output:
	// SLE Sierra Leone
	// COD Democratic Republic of the Congo
	// KOR Republic of Korea
	// COD Democratic Republic of the Congo
	// gcm: State "Global (23641)": unknown
}

func ExampleState() {
	state, _ := gcm.StateFromAlpha3("KEN")
	fmt.Println(state.Alpha2(), state.M49(), state.IsMember())
	fmt.Println(state.Name(gcm.Arabic), "–", state.Region().Name(gcm.French), "–", state.Subregion())
	// Output:
	// KE 404 true
	// كينيا – Afrique – Sub-Saharan Africa
}
