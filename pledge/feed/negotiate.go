package feed

import (
	"iter"
	"strconv"
	"strings"
)

// elements yields the elements of a header field that is a list, with the weight
// of each, and its parameters left out: "gzip;q=0.5, br" is gzip at 500 and br
// at 1000. One of which the weight makes no sense has none.
func elements(field string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for element := range strings.SplitSeq(field, ",") {
			value, parameters, _ := strings.Cut(element, ";")
			value = strings.ToLower(strings.TrimSpace(value))
			if value != "" && !yield(value, weight(parameters)) {
				return
			}
		}
	}
}

// weight returns the weight among parameters in thousandths, 1000 if there is
// none: see RFC 9110, section 12.4.2.
func weight(parameters string) int {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(parameter), "=")
		if !ok || !strings.EqualFold(name, "q") {
			continue
		}
		whole, decimals, _ := strings.Cut(value, ".")
		if whole != "0" && whole != "1" || len(decimals) > 3 {
			return 0
		}
		n, err := strconv.ParseUint(whole+(decimals + "000")[:3], 10, 16)
		if err != nil || n > 1000 {
			return 0
		}
		return int(n)
	}
	return 1000
}

// coding is how an answer is compressed.
type coding uint8

const (
	identity coding = iota
	gzipped
	brotlied
)

var codingNames = [...]string{identity: "identity", gzipped: "gzip", brotlied: "br"}

// codingFor returns the coding that a request prefers, of two alike the denser
// one; and false if it accepts none. fields are those of Accept-Encoding.
func codingFor(fields []string) (best coding, ok bool) {
	weights := [...]int{identity: -1, gzipped: -1, brotlied: -1}
	rest := -1 // of those that aren't named
	for _, field := range fields {
		for name, q := range elements(field) {
			if name == "*" {
				rest = q
			}
			if name == "x-gzip" {
				name = "gzip"
			}
			for c := range weights {
				if name == codingNames[c] {
					weights[c] = q
				}
			}
		}
	}
	for c, q := range weights {
		switch {
		case q < 0 && rest >= 0:
			weights[c] = rest
		case q < 0 && coding(c) == identity:
			weights[c] = 1 // good enough for anybody who doesn't refuse it
		}
	}
	for c, q := range weights {
		if q > 0 && (!ok || q >= weights[best]) {
			best, ok = coding(c), true
		}
	}
	return best, ok
}

// accepts reports whether a request takes one of some media types, which mean
// the same here. fields are those of Accept; without any it takes everything.
func accepts(fields []string, types ...string) bool {
	named := false
	for _, t := range types {
		kind, _, _ := strings.Cut(t, "/")
		best, specific := 0, -1
		for _, field := range fields {
			for name, q := range elements(field) {
				named = true
				level := -1
				switch name {
				case t:
					level = 2
				case kind + "/*":
					level = 1
				case "*/*", "*":
					level = 0
				}
				if level > specific || level == specific && level >= 0 && q > best {
					best, specific = q, level
				}
			}
		}
		if best > 0 {
			return true
		}
	}
	return !named
}
