package schema_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

// textPlaces are the places of a record where a text may stand, with what
// stands around it.
var textPlaces = []string{
	`{"id": @}`, `{"ref": @}`, `{"updated": @}`, `{"title": @}`, `{"description": @}`, `{"language": @}`, `{"type": @}`,
	`{"matches": {"id": @}}`, `{"natures": [@]}`, `{"pledgers": [{"name": @, "category": "other"}]}`,
	`{"pledgers": [{"name": "A", "category": @}]}`, `{"pledgers": [{"category": "other", "state": @}]}`,
	`{"principles": [@]}`, `{"themes": [@]}`, `{"implementation": {"states": [@], "level": "local"}}`,
	`{"announced": @}`, `{"status": @}`, `{"links": [@]}`,
	`{"contributions": [{"amount": @, "currency": "EUR"}]}`, `{"contributions": [{"amount": @, "currency": "JPY"}]}`,
	`{"contributions": [{"amount": @, "currency": "KWD"}]}`, `{"contributions": [{"amount": "1", "currency": @}]}`,
}

// Whatever text stands in a place, the schema and the Go code say the same of
// it, apart from the gaps.
func FuzzSchemaAndGoCodeAgreeOnTexts(f *testing.F) {
	for _, text := range []string{
		"", " ", "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "2022-05-20", "2022-05-20T11:30:00.5+02:00", "zh-Hans-CN",
		"a\u2066b\r\n", "1.05", "000.10", "HTTPS://user@example.org:80/%41?%#%2f", "https://é%c3%a9:/?a#b#c", "child-care",
		strings.Repeat("x", 300),
	} {
		for place := range textPlaces {
			f.Add(uint8(place), text)
		}
	}
	all := compile(f)
	f.Fuzz(func(t *testing.T, place uint8, text string) {
		around := textPlaces[int(place)%len(textPlaces)]
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		record, err := overlay(base, []byte(strings.Replace(around, "@", string(quoted), 1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, profile := range []pledge.Profile{pledge.SubmissionProfile, pledge.PublicationProfile} {
			found := brokenRules(record, profile)
			err := validate(all.of(profile), record)
			if (err == nil) != (len(found) == 0) && !isGap(around, text, found) {
				t.Errorf("%s, as %v: the Go code finds %v, and the schema: %v", record, profile, found, err)
			}
		}
	})
}

// isGap reports whether a schema can't say what the Go code finds.
func isGap(around, text string, found []broken) bool {
	return slices.ContainsFunc(found, func(b broken) bool { return b.rule == "dates-order" || b.rule == "match-self" }) ||
		strings.Contains(around, "updated") && (strings.HasPrefix(text, "0001-01-01") || strings.HasPrefix(text, "9999-12-31")) ||
		strings.Contains(around, "links") && strings.Contains(text, "[") ||
		strings.Contains(around, "amount") && len(strings.TrimLeft(text, "0")) > 15
}
