package webform

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// members returns the members of a pledge's JSON object.
func members(p *pledge.Pledge) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(p.AppendJSON(nil), &m) != nil {
		return nil // a pledge's JSON is an object
	}
	return m
}

// others returns, as a JSON object, the members of p that read doesn't have
// alike; null for those that p doesn't have. It is "" if there are none.
func others(p, read *pledge.Pledge) string {
	if bytes.Equal(p.AppendJSON(nil), read.AppendJSON(nil)) {
		return ""
	}
	differ := make(map[string]json.RawMessage)
	want, have := members(p), members(read)
	for name, value := range want {
		if !bytes.Equal(value, have[name]) {
			differ[name] = value
		}
	}
	for name := range have {
		if want[name] == nil {
			differ[name] = json.RawMessage("null")
		}
	}
	b, err := json.Marshal(differ)
	if err != nil {
		return "" // of JSON that was just made
	}
	return string(b)
}

// addOthers puts the members of a JSON object into p, in place of what cells
// said. It reports whether it is one whose values a pledge can have; what it
// can't have is left out.
func addOthers(p *pledge.Pledge, object string) bool {
	var m map[string]json.RawMessage
	if json.Unmarshal([]byte(object), &m) != nil {
		return false
	}
	all := members(p)
	for name, value := range m {
		if name == "id" {
			continue // has a column, and decides which pledge it is
		}
		if string(value) == "null" {
			delete(all, name)
		} else {
			all[name] = value
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		return false
	}
	var changed pledge.Pledge
	err = changed.UnmarshalJSON(b)
	var found *pledge.ProblemsError
	if errors.As(err, &found) && slices.ContainsFunc(found.Problems, func(f tally.Problem) bool { return f.Lost }) {
		return false
	}
	*p = changed
	return err == nil
}
