package schema_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/schema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const base2020 = "https://json-schema.org/draft/2020-12/schema"

// files are the schemas by the last part of their $id.
var files = map[string]func() []byte{
	"pledge.schema.json":            schema.Pledge,
	"pledge-submission.schema.json": schema.Submission,
	"feed.schema.json":              schema.Feed,
}

const address = "https://github.com/gcmkit/gcmkit/schema/"

type compiled struct {
	record, submission, feed *jsonschema.Schema
}

func (c compiled) of(p pledge.Profile) *jsonschema.Schema {
	if p == pledge.PublicationProfile {
		return c.record
	}
	return c.submission
}

// compile compiles the schemas. Each knows the others by their $id; nothing is
// fetched.
func compile(t testing.TB) compiled {
	t.Helper()
	c := jsonschema.NewCompiler()
	for name, file := range files {
		if err := c.AddResource(address+name, parse(t, file())); err != nil {
			t.Fatal(err)
		}
	}
	get := func(name string) *jsonschema.Schema {
		s, err := c.Compile(address + name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return compiled{get("pledge.schema.json"), get("pledge-submission.schema.json"), get("feed.schema.json")}
}

func parse(t testing.TB, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// validate returns what the schema says about a text.
func validate(s *jsonschema.Schema, text []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

func TestSchemasAreOnesOf2020(t *testing.T) {
	meta, err := jsonschema.NewCompiler().Compile(base2020)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		if err := meta.Validate(parse(t, file())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var head struct {
			Schema string `json:"$schema"`
			ID     string `json:"$id"`
		}
		if err := json.Unmarshal(file(), &head); err != nil {
			t.Fatal(err)
		}
		if head.Schema != base2020 || head.ID != address+name {
			t.Errorf("%s is %s in %s", name, head.ID, head.Schema)
		}
	}
}

func TestBytesAreTheCallers(t *testing.T) {
	for name, file := range files {
		clear(file())
		if !json.Valid(file()) {
			t.Errorf("%s can be changed by whoever reads it", name)
		}
	}
}
