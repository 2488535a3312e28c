// Package schema holds the JSON Schemas (2020-12) of pledges and of feeds, for
// people and programs without Go. They say what the decoder and the rules of
// package pledge say, as far as a schema can, and its tests hold the two
// against each other.
//
// # Files
//
// The schemas are in this directory, one file each:
//
//   - pledge.schema.json: one pledge as it is published. Only the id is
//     required, and what is there must be right.
//   - pledge-submission.schema.json: one pledge as it is submitted: the same,
//     and what the form requires must be there.
//   - feed.schema.json: a feed object or an array, of pledges as published. Of
//     a file with one pledge a line, each line is one pledge.
//
// The last two build on the first, which they name by its $id; nothing is to
// be fetched, so give your validator both. null and the empty text count as
// not stated. Members that the schemas don't name are allowed.
//
// # Checking a feed in JavaScript
//
//	npx ajv-cli validate --spec=draft2020 --allow-union-types \
//	    -r pledge.schema.json -s feed.schema.json -d pledges.json
//
// # Checking a feed in Python
//
//	import json
//	from jsonschema import Draft202012Validator
//	from referencing import Registry, Resource
//
//	schemas = [json.load(open(f)) for f in ("pledge.schema.json", "feed.schema.json")]
//	known = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas)
//	for e in Draft202012Validator(schemas[1], registry=known).iter_errors(json.load(open("pledges.json"))):
//	    print(e.json_path, e.message)
//
// # What a schema can't say
//
// That a deadline isn't before the announcement, that a pledge doesn't match
// itself, that no report is of a day after the revision or by a pledger as
// another body, that the pledges of a feed go together (an id or a ref that is there
// twice, a matched pledge that isn't there), that no name is there twice in an
// object, that half of a surrogate pair is no text, and that a record has 1 MiB
// and 32 levels at most. Numbers are values to a schema, where the decoder
// looks at how they are written: 7.0 is no objective, and 1.005 no amount in
// euros. An instant at the very ends of the years 1 to 9999, an amount beyond
// the limit of 2 to the power of 63 minor units and an address of IPv6 that
// isn't one may pass as well. Warnings are the rules' alone: a schema only
// knows errors.
package schema

import _ "embed"

//go:generate go run gen.go

//go:embed pledge.schema.json
var pledge []byte

//go:embed pledge-submission.schema.json
var submission []byte

//go:embed feed.schema.json
var feed []byte

// Pledge returns the schema of one pledge as it is published: only the id is
// required. The bytes are the caller's.
func Pledge() []byte { return append([]byte(nil), pledge...) }

// Submission returns the schema of one pledge as it is submitted, which builds
// on that of [Pledge]. The bytes are the caller's.
func Submission() []byte { return append([]byte(nil), submission...) }

// Feed returns the schema of a feed, which builds on that of [Pledge]. The
// bytes are the caller's.
func Feed() []byte { return append([]byte(nil), feed...) }
