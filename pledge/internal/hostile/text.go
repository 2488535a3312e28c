package hostile

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// source draws everything that a feed consists of.
type source struct {
	*rand.Rand
	large bool // many pledges, and little that ends a feed
}

func newSource(seed uint64) source { return source{Rand: rand.New(rand.NewPCG(seed, 0x6863))} }

// pick returns one of some values.
func pick[T any](s source, all ...T) T { return all[s.IntN(len(all))] }

// in reports true once in n times.
func (s source) in(n int) bool { return s.IntN(n) == 0 }

// ends reports true once in n times, for what may end a feed.
func (s source) ends(n int) bool { return !s.large && s.in(n) }

// upTo returns a number from 0 to n, mostly a small one.
func (s source) upTo(n int) int { return s.IntN(1 + s.IntN(n+1)) }

// quote writes a JSON string, a few of its characters as escapes.
func (s source) quote(text string) string {
	escapes := s.in(8)
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || escapes && s.in(4):
			b.WriteString(s.escape(r))
		case r == '/' && escapes:
			b.WriteString(`\/`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// escape writes a character as one or two escapes, in one of the two cases.
func (s source) escape(r rune) string {
	var b strings.Builder
	units := []rune{r}
	if r > 0xffff {
		units = []rune{0xd800 + (r-0x10000)>>10, 0xdc00 + (r-0x10000)&0x3ff}
	}
	for _, u := range units {
		digits := strconv.FormatInt(int64(u), 16)
		if s.in(2) {
			digits = strings.ToUpper(digits)
		}
		b.WriteString(`\u` + strings.Repeat("0", 4-len(digits)) + digits)
	}
	return b.String()
}

// name draws who pledges: few names, in many spellings.
func (s source) name() string {
	name := pick(s, "IOM", "International Organization for Migration", "City of Łódź", "Straße", "İstanbul", "ΟΔΟΣ",
		"Élysée", "E\u0301lyse\u0301e", "国連移住ネットワーク", "شبكة", "ＩＯＭ", "a/b~c", "<b>&amp;</b>", "\U0001f600", "x")
	for s.in(3) {
		switch s.IntN(7) {
		case 0:
			name = strings.ToUpper(name)
		case 1:
			name = strings.ToLower(name)
		case 2:
			name = strings.ReplaceAll(name, " ", pick(s, "  ", "\t", "\u00a0", "\u2003", "\n", "\u200b", ""))
		case 3:
			name += pick(s, " ", "\u00a0 ", "\u0085", "\u2028", "\x00", ".")
		case 4:
			name = pick(s, " ", "\t ", "\u3000", "\ufeff") + name
		case 5:
			name += strconv.Itoa(s.IntN(30))
		case 6:
			name = strings.Repeat(name, 1+s.IntN(9))
		}
	}
	return name
}

// junk is text that no field is made for.
func (s source) junk() string {
	return pick(s, "", " ", "null", "not-stated", "0", "-1", "\x00", "\u202e", "\ufffd", `"`, `\`, "]}", "{", `"pledges":[`, "\u2028",
		"__proto__", "constructor", "=HYPERLINK(1)", "%00", strings.Repeat("x", s.IntN(90)), strings.Repeat("é", 20+s.IntN(40)))
}

// blanks draws what JSON passes over.
func (s source) blanks() string {
	var b strings.Builder
	for s.in(2) {
		b.WriteString(pick(s, " ", "  ", "\t", "\r", "\n", "\r\n", " \n\t"))
	}
	return b.String()
}

// spoil changes some bytes so that the text isn't what it was; not its brackets
// and quotes, if framed says so.
func (s source) spoil(b []byte, framed bool) []byte {
	const frame = "{}[]\"\\,"
	b = append([]byte(nil), b...)
	for n := 0; n < 1+s.IntN(3) && len(b) > 0; n++ {
		i := s.IntN(len(b))
		if framed && strings.IndexByte(frame, b[i]) >= 0 {
			continue
		}
		c := pick(s, 'x', '0', '-', '.', 'e', ' ', ':', '\t', 0, 0x1f, 0x7f, 0x80, 0xc3, 0xff, 0xed)
		if !framed && s.in(2) {
			c = rune((frame + "\n\r\n")[s.IntN(len(frame)+3)])
		}
		switch s.IntN(3) {
		case 0:
			b[i] = byte(c)
		case 1:
			b = append(b[:i], b[i+1:]...)
		default:
			b = append(b[:i], append([]byte{byte(c)}, b[i:]...)...)
		}
	}
	return b
}

// cut cuts a text somewhere.
func (s source) cut(b []byte) []byte { return b[:s.IntN(len(b)+1)] }

// oddString is a string that is written as none may be.
func (s source) oddString() string {
	return `"a` + pick(s, "\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", `\ud83d`, `\ude00`, `\ud83d\u0041`, `\uZZZZ`, `\u12`, `\x`, `\'`,
		"\x00", "\t", "\x1f", `\ud83d\ude0`, "\xe2\x82", `\U0041`) + pick(s, "", "b", "bcdefghijklmnop") + `"`
}
