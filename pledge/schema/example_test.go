package schema_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/schema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A schema that builds on another one names it by its $id; a validator is given
// both, and fetches nothing.
func Example() {
	const address = "https://github.com/gcmkit/gcmkit/schema/"
	c := jsonschema.NewCompiler()
	for name, text := range map[string][]byte{
		"pledge.schema.json": schema.Pledge(),
		"feed.schema.json":   schema.Feed(),
	} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := c.AddResource(address+name, doc); err != nil {
			fmt.Println(err)
			return
		}
	}
	feed, err := c.Compile(address + "feed.schema.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{
		`{"pledges": [{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "objectives": [7, 13]}]}`,
		`{"pledges": [{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "objectives": [24]}]}`,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(feed.Validate(v) == nil)
	}
	// Output:
	// true
	// false
}
