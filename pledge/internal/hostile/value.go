package hostile

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// array writes an array of values.
func (s source) array(n int, value func() string) string {
	if s.in(1500) { // as long as lists may be, or a value longer
		n = pick(s, 50, 64, 100, 197, 500) + s.IntN(2)
	}
	all := make([]string, n)
	for i := range all {
		if all[i] = value(); s.in(60) {
			all[i] = s.odd()
		}
	}
	comma := pick(s, ",", ",", ", ")
	return "[" + strings.Join(all, comma) + "]"
}

// odd is a value of another type than that of a field, or one that says nothing.
func (s source) odd() string {
	return pick(s, "null", "null", `""`, "true", "false", "0", "-0", "1", "24", "1.0", "1e0", "12E-1", "-7", "99999999999999999999999999", "1e999", "0.1",
		"[]", "{}", "[[]]", `[null]`, `{"id":1}`, `{"name":{"name":[]}}`, "[1,[2,[3,[4]]]]", s.quote(s.junk()), s.quote(s.name()))
}

// broken is what no JSON has in it.
func (s source) broken() string {
	return pick(s, "01", "1.", ".5", "+1", "1e", "-", "NaN", "Infinity", "tru", "nulll", "True", "'a'", "0x1", "[1,]", "[,]", `{"a" 1}`, `{"a":1,}`, `{a:1}`, `{"a":1,"a":2}`,
		`{"a":{"b":[{"c":0,"\u0063":1}]}}`, "// no", "/**/1", "1 2", "", s.oddString())
}

func (s source) id() string {
	id := "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f60" + strconv.Itoa(10+s.upTo(29))
	if s.large {
		id = "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5" + strconv.Itoa(10_000+s.IntN(80_000))
	}
	if s.in(60) {
		id = pick(s, strings.ToUpper(id), strings.ToUpper(id), strings.ReplaceAll(id, "-", ""), "{"+id+"}", "urn:uuid:"+id, id+" ", id[1:], id+"0",
			strings.Replace(id, "0", "g", 1), strings.Replace(id, "-", "0", 1), "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "é"+id[2:])
	}
	return s.quote(id)
}

func (s source) instant() string {
	if s.in(30) {
		return s.quote(pick(s, "2022-05-20", "2022-05-20T23:59:60Z", "2022-06-31T00:00:00Z", "2023-02-29T00:00:00Z", "2022-05-20T24:00:00Z", "2022-05-20T10:00Z", "20220520T100000Z",
			"2022-05-20 10:00:00Z", "2022-05-20T10:00:00", "2022-05-20T10:00:00.Z", "2022-05-20T10:00:00,5Z", "2022-05-20T10:00:00+0200", "2022-05-20T10:00:00+24:00", "0000-01-01T00:00:00Z",
			"0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-00:01", "+2022-05-20T10:00:00Z", "2022-05-20T10:00:00Z ", "1653040800", "２０２２-05-20T10:00:00Z", "2022-05-20T10:00:0\u00b2Z"))
	}
	return s.quote(pick(s, "2022-05-20T10:00:00Z", "2022-05-20T10:00:00Z", "2022-05-20T10:00:00Z", "2022-05-20T12:00:00+02:00", "2022-05-20t10:00:00z", "2022-05-20T10:00:00.000000000Z",
		"2022-05-20T10:00:00.5Z", "2022-05-20T10:00:00.5000000009Z", "2022-05-20T09:59:59.999999999-00:00", "2022-05-21T10:00:00Z", "2024-02-29T00:00:00Z", "1970-01-01T00:00:00Z",
		"1969-12-31T23:59:59Z", "2106-02-07T06:28:15Z", "2106-02-07T06:28:16Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"))
}

func (s source) date() string {
	if s.in(30) {
		return s.quote(pick(s, "2022-00", "2022-13", "2022-02-30", "2022-04-31", "2023-02-29", "1900-02-29", "0000", "0000-01-01", "2022-5", "2022-05-1", "2022-05-00", "2022/05/20", "20-05-2022", "22",
			"2022-", "2022-05-", "-2022", "May 2022", "2022-05-20T00:00:00Z", " 2022", "2022 ", "99999", "2022-W20", "2022-140"))
	}
	return s.quote(pick(s, "2022", "2022-05", "2022-05-20", "2022-05-31", "2022-12", "2022-12-01", "2021", "2023-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "9999", "0400-02-29"))
}

// code draws one of the codes of an enumeration, or what seems to be one.
func (s source) code(codes ...string) string {
	code := pick(s, codes...)
	if s.in(40) {
		code = pick(s, strings.ToUpper(code), code+" ", " "+code, strings.ReplaceAll(code, "-", "_"), code+"s", code[:len(code)-1], strings.ToUpper(code[:1])+code[1:], s.junk())
	}
	return s.quote(code)
}

func codes[E interface{ String() string }](all func(func(E) bool)) (codes []string) {
	for e := range all {
		codes = append(codes, e.String())
	}
	return codes
}

var (
	typeCodes      = codes(gcm.Types())
	statusCodes    = codes(gcm.Statuses())
	natureCodes    = codes(gcm.Natures())
	principleCodes = codes(gcm.Principles())
	categoryCodes  = codes(gcm.Categories())
	levelCodes     = codes(gcm.Levels())
	stageCodes     = codes(gcm.Stages())
	currencyCodes  = codes(gcm.Currencies())
	states         = func() (all []gcm.State) {
		for state := range gcm.States() {
			all = append(all, state)
		}
		return all
	}()
)

func (s source) state() string {
	if !s.in(6) {
		return s.quote(pick(s, "DEU", "FRA", "KEN", "PSE", "VAT", "TUV", "COK"))
	}
	state := pick(s, states...)
	return s.quote(pick(s, state.Alpha3(), state.Alpha3(), state.Alpha3(), state.Alpha3(), state.Alpha2(), state.M49(), strings.ToLower(state.Alpha3()),
		state.Name(pick(s, gcm.English, gcm.French, gcm.Arabic, gcm.Chinese, gcm.Russian, gcm.Spanish)), "USSR", "EU", "XXX", ""))
}

func (s source) theme() string {
	theme := pick(s, "climate", "data", "child-detention", "xn--", "thème", "the\u0300me")
	if s.in(10) {
		theme = pick(s, strings.ToUpper(theme), theme+" ", theme+strconv.Itoa(s.IntN(300)), s.junk())
	}
	return s.quote(theme)
}

func (s source) pledger() string {
	if s.in(4) { // the same bytes again and again, as most feeds have them
		return pick(s, `{"name":"IOM","category":"international-organization"}`, `{"name":"Germany","category":"member-state","state":"DEU"}`,
			`{"category":"member-state","state":"KEN"}`, `{"name":"A","x":[[[1]]]}`, `{"name":"City of Y","category":"local-authority","state":"KEN"}`)
	}
	var m members
	if !s.in(12) {
		m.add(s, "name", s.quote(s.name()))
	}
	if !s.in(6) {
		m.add(s, "category", s.code(append(categoryCodes, "member-state", "member-state", "member-state")...))
	}
	if s.in(2) {
		m.add(s, "state", s.state())
	}
	if s.in(9) {
		m.add(s, "via", s.quote(s.name()))
	}
	return m.object(s)
}

func (s source) implementation() string {
	if s.in(3) {
		return pick(s, `{"states":["KEN"]}`, `{"global":true}`, `{"states":["KEN"],"x":[[[1]]]}`, `{"states":["KEN","SLE"],"level":"national"}`)
	}
	var m members
	if !s.in(3) {
		m.add(s, "states", s.array(s.upTo(5), s.state))
	}
	if s.in(3) {
		m.add(s, "global", pick(s, "true", "false"))
	}
	if s.in(3) {
		m.add(s, "level", s.code(levelCodes...))
	}
	return m.object(s)
}

func (s source) contribution() string {
	var m members
	if !s.in(15) {
		amount := pick(s, "1", "200000", "200000.5", "200000.00", "0", "0.0", "00012", "9223372036854775807", "92233720368547758.07", "9223372036854775.807")
		if s.in(10) {
			amount = pick(s, "200.000", "200,000.00", "200 000", "1e5", "-5", "+5", ".5", "5.", "9223372036854775808", "999999999999999999999999999999999999999", "0x10", "٢٠٠", "1/2", "€5", "", " 5", "5\n")
		}
		if strings.Trim(amount, "0123456789.") == "" && amount != "" && amount[0] != '0' && s.in(3) || s.in(40) {
			m.add(s, "amount", amount)
		} else {
			m.add(s, "amount", s.quote(amount))
		}
	}
	if !s.in(15) {
		m.add(s, "currency", s.code(append(currencyCodes[:3:3], "EUR", "EUR", "USD", "JPY", "TND", "CLF")...))
	}
	if s.in(2) {
		m.add(s, "stage", s.code(stageCodes...))
	}
	if s.in(6) {
		m.add(s, "to", s.quote("Migration MPTF"))
	}
	return m.object(s)
}

func (s source) objective() string {
	if s.in(40) {
		return pick(s, "0", "24", "-1", "1.0", "7e0", "70e-1", "007", "1e2", "-0", "23.5", "123456789012345678901234567890", `"7"`)
	}
	return strconv.Itoa(1 + s.IntN(23))
}
