package hostile

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a JSON value with its place.
type node struct {
	kind    byte   // { [ " 0 t f n
	text    string // of a string; of a number as it is written
	path    string // JSON pointer
	start   int
	end     int // the offset behind it
	names   []string
	members []node // of an object, or an array
}

// fault is why a text isn't JSON.
type fault struct {
	rule, path string
	offset     int
}

var escapePath = strings.NewReplacer("~", "~0", "/", "~1")

// parse reads a JSON text. Behind a value that isn't an object it doesn't look.
func parse(text []byte) (n node, bad *fault) {
	p := parser{d: jsontext.NewDecoder(bytes.NewReader(text)), text: text}
	if n = p.value(""); p.err != nil {
		return n, p.fault()
	}
	if rest := bytes.TrimLeft(text[n.end:], blank); n.kind == '{' && len(rest) > 0 {
		return n, &fault{"syntax", "", len(text) - len(rest)}
	}
	return n, nil
}

// parser reads one value, up to the first error.
type parser struct {
	d    *jsontext.Decoder
	text []byte
	at   string // the path of the value that has been read or begun last
	err  error

	moved int // where the error is, if jsontext says it's elsewhere
}

func (p *parser) token() jsontext.Token {
	t, err := p.d.ReadToken()
	p.err = err
	return t
}

func (p *parser) value(path string) (n node) {
	n.path, n.kind, p.at = path, byte(p.d.PeekKind()), path
	rest := p.text[p.d.InputOffset():]
	n.start = len(p.text) - len(bytes.TrimLeft(rest, ",:"+blank))
	switch n.kind {
	case '0':
		v, err := p.d.ReadValue()
		n.text, p.err = string(v), err
	case '"':
		t := p.token()
		if p.err == nil {
			n.text = t.String()
		}
	case '{', '[':
		p.token()
		p.members(&n)
	default:
		p.token()
	}
	n.end = int(p.d.InputOffset())
	return n
}

// members reads what is in an object or an array.
func (p *parser) members(n *node) {
	for i := 0; p.err == nil; i++ {
		below := strconv.Itoa(i)
		switch p.d.PeekKind() {
		case jsontext.Kind(n.kind + 2):
			p.token()
			p.at = n.path
			return
		case 0, '}', ']': // nothing, or the other bracket
			if p.token(); i > 0 {
				p.trailing()
			}
			if i > 0 && !strings.HasSuffix(strings.TrimRight(string(p.text[:p.offset()]), blank), ",") {
				return // behind the last one
			}
			if p.at = n.path; n.kind == '[' {
				p.at += "/" + below
			}
			return
		}
		if n.kind == '{' {
			before := p.text[p.d.InputOffset():]
			name := p.token()
			if p.err != nil {
				if p.at = n.path; p.d.PeekKind() != '"' { // but the beginning of another value
					p.moved = len(p.text) - len(bytes.TrimLeft(before, ","+blank))
				}
				return
			}
			below = name.String()
			n.names = append(n.names, below)
		}
		n.members = append(n.members, p.value(n.path+"/"+escapePath.Replace(below)))
	}
}

// trailing moves an error that is a comma with a bracket behind it to the bracket,
// which is what doesn't fit there.
func (p *parser) trailing() {
	before, behind := p.text[:p.offset()], p.text[p.offset():]
	if rest, ok := bytes.CutPrefix(behind, []byte(",")); ok && !bytes.HasSuffix(bytes.TrimRight(before, blank), []byte(",")) {
		rest = bytes.TrimLeft(rest, blank)
		p.moved = len(p.text) - len(rest)
	}
}

// offset is where the error is.
func (p *parser) offset() int {
	if p.moved > 0 {
		return p.moved
	}
	var at *jsontext.SyntacticError
	if errors.As(p.err, &at) && !errors.Is(at, io.ErrUnexpectedEOF) {
		return int(at.ByteOffset)
	}
	return len(p.text) // it ends too early
}

// fault says where a text isn't JSON, and why.
func (p *parser) fault() *fault {
	f := &fault{"syntax", p.at, p.offset()}
	var at *jsontext.SyntacticError
	if !errors.As(p.err, &at) {
		return f
	}
	if f.offset < len(p.text) && p.text[f.offset] >= utf8.RuneSelf && strings.Contains(at.Error(), "UTF-8") {
		f.rule = "utf-8"
	}
	if errors.Is(at, jsontext.ErrDuplicateName) {
		f.rule, f.path = "duplicate-key", string(at.JSONPointer)
		name := jsontext.NewDecoder(bytes.NewReader(p.text[f.offset:]))
		name.ReadToken()
		f.offset += int(name.InputOffset()) // behind the second of the two
	}
	return f
}
