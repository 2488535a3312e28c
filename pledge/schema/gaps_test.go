package schema_test

// gaps are what the schemas can't express, and why. Each is exercised by
// rows of testdata/records.txt or testdata/feeds.txt that the Go code refuses
// and the schema lets pass; a gap without such a row is an error.
var gaps = map[string]string{
	"encoding":        "a schema sees text that has been decoded, where half a surrogate pair has become U+FFFD",
	"duplicate-key":   "a schema sees one of the two members",
	"depth":           "a schema knows no limits to what it doesn't name",
	"instant-range":   "the offset moves the instant out of the years 1 to 9999: a schema can't calculate",
	"number-spelling": "to a schema 7, 7.0 and 7e0 are one number; the decoder takes numbers as they are written, so that nothing is rounded",
	"number-decimals": "multipleOf 0.01 could say it, but implementations that calculate in binary refuse 19.99 then",
	"match-self":      "a schema can't compare two members",
	"dates-order":     "a schema can't compare two members",
	"report-ahead":    "a schema can't compare two members",
	"report-pledger":  "a schema can't compare two members, or know that Allemagne is Germany",
	"number-digits":   "zeros that could be left out don't count, and a pattern for that would be longer than all others",
	"ipv6":            "which groups an address of IPv6 may leave out would be a pattern longer than all others",
	"amount-limit":    "the limit is 2 to the power of 63 minor units, and a pattern counts digits",
}
