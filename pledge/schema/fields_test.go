package schema_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/schema"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// object returns a member of a JSON object that is one, too.
func object(t *testing.T, v any, path ...string) map[string]any {
	t.Helper()
	m, ok := v.(map[string]any)
	for _, name := range path {
		if ok {
			m, ok = m[name].(map[string]any)
		}
	}
	if !ok {
		t.Fatalf("no object at %v", path)
	}
	return m
}

func names(m map[string]any) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), " ")
}

// A field that the encoder writes is in the schema, and none is that it doesn't.
func TestSchemaHasTheFieldsThatAreWritten(t *testing.T) {
	full, err := overlay(base, []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	var p pledge.Pledge
	if err := p.UnmarshalJSON(full); err != nil {
		t.Fatal(err)
	}
	header := tally.Header{Feed: "a", Title: "a", Publisher: "a", License: "a", AsOf: p.Updated, Illustrative: true, Sequence: 1}
	written := parse(t, p.AppendJSON(nil))
	feed := parse(t, append(header.AppendJSON([]byte("{")), `,"pledges":[]}`...))
	first := func(list string) any { return written.(map[string]any)[list].([]any)[0] }
	s, f := parse(t, schema.Pledge()), parse(t, schema.Feed())
	for _, test := range []struct {
		name    string
		schema  map[string]any
		written any
	}{
		{"pledge", object(t, s, "properties"), written},
		{"matches", object(t, s, "properties", "matches", "properties"), object(t, written, "matches")},
		{"implementation", object(t, s, "properties", "implementation", "properties"), object(t, written, "implementation")},
		{"pledger", object(t, s, "$defs", "pledger", "properties"), first("pledgers")},
		{"contribution", object(t, s, "$defs", "contribution", "properties"), first("contributions")},
		{"report", object(t, s, "$defs", "report", "properties"), first("reports")},
		{"indicator", object(t, s, "$defs", "indicator", "properties"), first("reports").(map[string]any)["indicators"].([]any)[0]},
		{"feed", object(t, f, "properties"), feed},
	} {
		if got, want := names(test.schema), names(object(t, test.written)); got != want {
			t.Errorf("%s: the schema has %s, and written is %s", test.name, got, want)
		}
		for name, property := range test.schema {
			property := object(t, property)
			if property["title"] == nil || property["description"] == nil || property["examples"] == nil {
				t.Errorf("%s: %s lacks a title, a description or an example", test.name, name)
			}
		}
	}
}

// Every example is one of what it stands beside.
func TestExamplesOfTheSchemasAreSound(t *testing.T) {
	c := jsonschema.NewCompiler()
	for name, file := range files {
		if err := c.AddResource(address+name, parse(t, file())); err != nil {
			t.Fatal(err)
		}
	}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		if examples, ok := m["examples"].([]any); ok {
			s, err := c.Compile(at)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range examples {
				if err := s.Validate(e); err != nil {
					t.Errorf("%v", err)
				}
			}
		}
		for name, v := range m {
			walk(at+"/"+name, v)
		}
	}
	for name, file := range files {
		walk(address+name+"#", parse(t, file()))
	}
}

// Enumerations are short to write and easy to get wrong: the schema knows no
// more States and no fewer than the vocabulary, and so on. The generator sees
// to that; this looks at the ends.
func TestSchemaKnowsTheWholeVocabulary(t *testing.T) {
	var s struct {
		Properties struct {
			Objectives struct {
				Items struct{ Enum []any }
			}
			Principles struct {
				Items struct{ Enum []any }
			}
		}
		Defs struct {
			State struct{ Enum []any }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schema.Pledge(), &s); err != nil {
		t.Fatal(err)
	}
	if n := len(s.Properties.Objectives.Items.Enum); n != 23+1 {
		t.Errorf("%d objectives with null", n)
	}
	if n := len(s.Properties.Principles.Items.Enum); n != 10+2 {
		t.Errorf("%d principles with empty and null", n)
	}
	if n := len(s.Defs.State.Enum); n != 197+2 {
		t.Errorf("%d States with empty and null", n)
	}
}
