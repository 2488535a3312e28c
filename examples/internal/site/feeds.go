package site

import "github.com/gcmkit/gcmkit/wasm"

// Published is the section on published pledges.
func Published(source string) Feed {
	return Feed{
		Heading: "Published pledges",
		Note: "A selection of pledges that are published on pages of the United Nations: facts only, " +
			"each with a link to its page. What a page doesn’t state is counted as not stated.",
		Source: source,
		Widgets: []Widget{
			{View: wasm.Counter},
			{View: wasm.Counter, Filter: map[string]string{"category": "un-system"}},
			{View: wasm.Counter, Filter: map[string]string{"category": "member-state"}},
		},
	}
}

// Illustrative is the section on generated pledges.
func Illustrative(source string) Feed {
	return Feed{
		Heading: "What a full feed looks like",
		Note: "Generated pledges whose counts give the headline of May 2022: " +
			"158 pledges, over 100 of them by 25 Member States.",
		Source: source,
		Widgets: []Widget{
			{View: wasm.Counter},
			{View: wasm.Counter, Filter: map[string]string{"objective": "7"}},
			{View: wasm.Counter, Filter: map[string]string{"region": "africa"}},
			{View: wasm.Objectives},
		},
	}
}
