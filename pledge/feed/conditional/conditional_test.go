package conditional

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func request(method string, fields ...string) *http.Request {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	return r
}

func TestConditionsHoldAsRFC9110Says(t *testing.T) {
	current := Tag{Opaque: "a,b"}
	for _, test := range []struct {
		name   string
		method string
		fields []string
		want   int
	}{
		{"none", "GET", nil, 0},
		{"the tag, which has a comma", "PUT", []string{"If-Match", `"a,b"`}, 0},
		{"one of a list", "PUT", []string{"If-Match", `"x", "a,b" , "y"`}, 0},
		{"a list over two lines", "PUT", []string{"If-Match", `"x"`, "If-Match", `"a,b"`}, 0},
		{"elements that say nothing", "PUT", []string{"If-Match", `, ,"a,b",,`}, 0},
		{"any", "PUT", []string{"If-Match", " * "}, 0},
		{"another", "PUT", []string{"If-Match", `"x"`}, 412},
		{"parts of a tag", "PUT", []string{"If-Match", `"a", "b"`}, 412},
		{"a weak tag matches nothing strongly", "PUT", []string{"If-Match", `W/"a,b"`}, 412},
		{"any isn't an element", "PUT", []string{"If-Match", `"x", *`}, 412},
		{"nothing", "PUT", []string{"If-Match", ""}, 412},
		{"no quotes", "PUT", []string{"If-Match", "a,b"}, 412},
		{"no comma", "PUT", []string{"If-Match", `"x" "a,b"`}, 412},
		{"w/ in small letters", "PUT", []string{"If-None-Match", `w/"a,b"`}, 0},
		{"none of these", "PUT", []string{"If-None-Match", `"x"`}, 0},
		{"it is one of these", "PUT", []string{"If-None-Match", `"x", W/"a,b"`}, 412},
		{"it must not be there", "PUT", []string{"If-None-Match", "*"}, 412},
		{"a reader who has it", "GET", []string{"If-None-Match", `"x", W/"a,b"`}, 304},
		{"a reader who has it from Apache", "GET", []string{"If-None-Match", `"a,b-gzip"`}, 304},
		{"a reader who has it from Apache in brotli", "GET", []string{"If-None-Match", `"a,b-br"`}, 304},
		{"a tag that begins like it", "GET", []string{"If-None-Match", `"a,b-", "a,b-zip", "a,b-gzip-br", "a-gzip", "-gzip"`}, 0},
		{"no strong condition holds through Apache", "PUT", []string{"If-Match", `"a,b-gzip"`}, 412},
		{"a reader who has it, for HEAD", "HEAD", []string{"If-None-Match", `"a,b"`}, 304},
		{"a list that can't be read matches nothing", "GET", []string{"If-None-Match", `"a,b", x`}, 0},
		{"If-Match comes first", "GET", []string{"If-Match", `"x"`, "If-None-Match", `"a,b"`}, 412},
		{"both hold", "GET", []string{"If-Match", `"a,b"`, "If-None-Match", `"x"`}, 0},
		{"dates", "GET", []string{"If-Unmodified-Since", "Fri, 20 May 2022 00:00:00 GMT", "If-Modified-Since", "Fri, 20 May 2022 00:00:00 GMT"}, 0},
	} {
		if got := Check(request(test.method, test.fields...), current); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
	if CheckNone(request("POST", "If-Match", "*")) != 412 || CheckNone(request("POST", "If-None-Match", "*")) != 0 {
		t.Error("where nothing is, nothing matches")
	}
	if Check(request("GET", "If-Match", `W/"a"`), Tag{"a", true}) != 412 || Check(request("GET", "If-None-Match", `"a"`), Tag{"a", true}) != 304 {
		t.Error("a weak tag is compared weakly only")
	}
}

func TestRangesAreThoseOfRFC9110(t *testing.T) {
	body := []byte("0123456789")
	const most = "99999999999999999999999999"
	for _, test := range []struct {
		field, ifRange string
		status         int
		want           string // of the body, or Content-Range
	}{
		{"bytes=0-3", "", 206, "0123"}, {"bytes=8-", "", 206, "89"}, {"bytes=-3", "", 206, "789"}, {"bytes=9-9", "", 206, "9"},
		{"Bytes=0-0", "", 206, "0"}, {"bytes= 0-0 ", "", 206, "0"}, {"bytes=,0-0,", "", 206, "0"}, {"bytes=00-000", "", 206, "0"},
		{"bytes=-0", "", 416, ""}, {"bytes=-00", "", 416, ""}, {"bytes=10-", "", 416, ""}, {"bytes=10-11", "", 416, ""}, {"bytes=" + most + "-", "", 416, ""},
		{"bytes=-10", "", 206, "0123456789"}, {"bytes=-11", "", 206, "0123456789"}, {"bytes=-" + most, "", 206, "0123456789"}, {"bytes=5-" + most, "", 206, "56789"},
		{"bytes=9223372036854775807-9223372036854775807", "", 416, ""}, {"bytes=9-9223372036854775808", "", 206, "9"},
		{"bytes=0-1,4-5", "", 200, ""}, {"bytes=20-,-0", "", 200, ""}, {"bytes=3-2", "", 200, ""}, {"bytes=-", "", 200, ""}, {"bytes=", "", 200, ""}, {"bytes=,", "", 200, ""},
		{"bytes=--1", "", 200, ""}, {"bytes=+1-2", "", 200, ""}, {"bytes=1-+2", "", 200, ""}, {"bytes=0x1-2", "", 200, ""}, {"bytes=1 - 2", "", 200, ""}, {"bytes", "", 200, ""},
		{"lines=0-3", "", 200, ""}, {"bytes=0-1;2-3", "", 200, ""}, {"bytes=٣-٤", "", 200, ""},
		{"bytes=0-3", `"t"`, 206, "0123"}, {"bytes=0-3", ` "t"`, 206, "0123"}, {"bytes=0-3", `W/"t"`, 200, ""}, {"bytes=0-3", `"x"`, 200, ""},
		{"bytes=0-3", `"t", "x"`, 200, ""}, {"bytes=0-3", "*", 200, ""}, {"bytes=0-3", "Fri, 20 May 2022 00:00:00 GMT", 200, ""}, {"bytes=10-", `"x"`, 200, ""},
	} {
		fields := []string{"Range", test.field}
		if test.ifRange != "" {
			fields = append(fields, "If-Range", test.ifRange)
		}
		for _, method := range []string{"GET", "HEAD"} {
			w := httptest.NewRecorder()
			Serve(w, request(method, fields...), Tag{Opaque: "t"}, body, w.WriteHeader)
			status, want := test.status, test.want
			if method == "HEAD" { // of which there is no range
				status = 200
			}
			if status == 200 {
				want = string(body)
			}
			if got := w.Body.String(); w.Code != status || method == "GET" && got != want || method == "HEAD" && got != "" || w.Header().Get("ETag") != `"t"` {
				t.Errorf("%s %s %s: %d %q %v", method, test.field, test.ifRange, w.Code, got, w.Header())
			}
			if length := w.Header().Get("Content-Length"); status < 300 && length != strconv.Itoa(len(want)) {
				t.Errorf("%s %s: Content-Length is %s", method, test.field, length)
			}
			if got := w.Header().Get("Content-Range"); status == 416 && got != "bytes */10" || status == 200 && got != "" {
				t.Errorf("%s %s: Content-Range is %q", method, test.field, got)
			}
		}
	}
	for _, fields := range [][]string{{"Range", "bytes=0-1", "Range", "bytes=2-3"}, {"Range", "bytes=0-1", "If-Range", `"t"`, "If-Range", `"t"`}} {
		w := httptest.NewRecorder()
		if Serve(w, request("GET", fields...), Tag{Opaque: "t"}, body, w.WriteHeader); w.Code != 200 {
			t.Errorf("%q: %d", fields, w.Code)
		}
	}
	w := httptest.NewRecorder()
	if Serve(w, request("GET", "Range", "bytes=-1"), Tag{Opaque: "t"}, nil, w.WriteHeader); w.Code != 200 {
		t.Errorf("of nothing: %d", w.Code)
	}
}

// The library of Go says the same, but for what it gets wrong: a suffix of no
// bytes has a negative range there, and it reads lists up to where they end to
// be lists.
func FuzzAnswersAreThoseOfServeContent(f *testing.F) {
	const tag = `"3-abc"`
	for _, seed := range [][4]string{
		{tag, "", "bytes=0-3", ""}, {"*", "", "", ""}, {`W/"3-abc", "x"`, "", "bytes=-5", tag}, {`"a,"3-abc"`, tag, "bytes=5-", ""}, {`"x" "3-abc"`, "*", "bytes=9-3", ""},
		{"", `"x"`, "bytes=0-1", "W/" + tag}, {`,, "3-abc"`, "", "lines=1-2", ""}, {"", "", "bytes=--1", ""}, {"", "", "bytes=500-", ""}, {"", "", "bytes=-500", ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	body := bytes.Repeat([]byte("0123456789"), 10)
	f.Fuzz(func(t *testing.T, ifNoneMatch, ifMatch, span, ifRange string) {
		r := request("GET")
		for name, value := range map[string]string{"If-None-Match": ifNoneMatch, "If-Match": ifMatch, "Range": span, "If-Range": ifRange} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		ours := httptest.NewRecorder()
		Serve(ours, r, Tag{Opaque: "3-abc"}, body, ours.WriteHeader)
		if ours.Code == 206 {
			from, rest, _ := strings.Cut(strings.TrimPrefix(ours.Header().Get("Content-Range"), "bytes "), "-")
			to, _, _ := strings.Cut(rest, "/")
			first, err1 := strconv.Atoi(from)
			last, err2 := strconv.Atoi(to)
			if err1 != nil || err2 != nil || last >= len(body) || ours.Body.String() != string(body[first:last+1]) {
				t.Errorf("%v: %q", ours.Header(), ours.Body)
			}
		}
		for _, field := range []string{ifNoneMatch, ifMatch} {
			if _, ok := ParseTags([]string{field}); field != "" && !ok || strings.Contains(field, "3-abc-") {
				return // or a tag as Apache makes it
			}
		}
		theirs := httptest.NewRecorder()
		theirs.Header().Set("ETag", tag)
		theirs.Header().Set("Content-Type", "text/plain")
		http.ServeContent(theirs, r, "", time.Time{}, bytes.NewReader(body))
		if strings.Contains(span, ",") || theirs.Code == 416 && ours.Code == 200 || strings.Trim(span, "bytes= -0\t") == "" || theirs.Code == 200 && ours.Code == 206 {
			return // several ranges, and those that are passed over or reach beyond an int64
		}
		if ours.Code != theirs.Code && !(theirs.Code == 416 && ours.Code == 206) || ours.Code != 416 && ours.Code != 412 && ours.Body.String() != theirs.Body.String() {
			t.Errorf("%d %q, and theirs %d %q", ours.Code, ours.Body, theirs.Code, theirs.Body)
		}
	})
}
