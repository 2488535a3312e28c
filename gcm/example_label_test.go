package gcm_test

import (
	"encoding/json"
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
)

func ExampleParseCategory() {
	category, err := gcm.ParseCategory("Cities, Municipalities, and Local Authority")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(category)
	fmt.Println(category.Label(gcm.Spanish))
	// Output:
	// local-authority
	// Autoridad local
}

// Arabic and Russian titles are not verified: the page says that the text is
// English.
func ExamplePrinciple_Title() {
	for _, lang := range []gcm.Language{gcm.French, gcm.Arabic} {
		text, given := gcm.ChildSensitive.Title(lang)
		fmt.Printf("<span lang=%q>%s</span>\n", given, text)
	}
	// Output:
	// <span lang="fr">Adaptation aux besoins de l’enfant</span>
	// <span lang="en">Child-sensitive</span>
}

func ExampleNatures() {
	var natures gcm.NatureSet
	if err := json.Unmarshal([]byte(`["process","financial"]`), &natures); err != nil {
		fmt.Println(err)
	}
	for n := range natures.All() {
		fmt.Println(n.Label(gcm.English))
	}
	fmt.Println(natures.Has(gcm.Policy), natures == gcm.NatureSetOf(gcm.Financial, gcm.Process))
	// Output:
	// Financial resources
	// Process
	// false true
}
