package peephole

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

// names are instructions as tests write them, with how many numbers follow.
var names = map[string]struct {
	op      byte
	numbers int
	signed  bool
}{
	"block": {opBlock, 0, false}, "loop": {opLoop, 0, false}, "if": {opIf, 0, false}, "else": {opElse, 0, false}, "end": {opEnd, 0, false},
	"br": {opBr, 1, false}, "br_if": {opBrIf, 1, false}, "br_table": {opBrTable, -1, false}, "return": {opReturn, 0, false},
	"unreachable": {0x00, 0, false}, "call": {opCall, 1, false}, "drop": {opDrop, 0, false}, "select": {opSelect, 0, false},
	"get": {opLocalGet, 1, false}, "set": {opLocalSet, 1, false}, "tee": {opLocalTee, 1, false},
	"gget": {opGlobalGet, 1, false}, "gset": {opGlobalSet, 1, false},
	"i32": {opI32Const, 1, true}, "i64": {opI64Const, 1, true}, "i32.eqz": {0x45, 0, false}, "i64.eqz": {0x50, 0, false},
	"i32.add": {opI32Add, 0, false}, "i32.sub": {0x6b, 0, false}, "i64.add": {opI64Add, 0, false}, "i64.or": {opI64Or, 0, false},
	"wrap": {opI32WrapI64, 0, false}, "extend": {opI64ExtendI32, 0, false},
	"load": {0x29, 2, false}, "store": {opStoreI64, 2, false}, "load8": {0x2d, 2, false}, "store8": {0x3a, 2, false}, "store32": {0x36, 2, false},
}

// assemble reads instructions, with their numbers behind them. The numbers of a
// br_table are in brackets.
func assemble(t *testing.T, text string) (code []instruction) {
	t.Helper()
	words := strings.Fields(text)
	next := func() string {
		w := words[0]
		words = words[1:]
		return w
	}
	number := func(w string) int {
		n, err := strconv.Atoi(w)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for len(words) > 0 {
		name := next()
		n, ok := names[name]
		if !ok {
			t.Fatalf("no instruction %q", name)
		}
		in := instruction{op: n.op}
		switch {
		case n.op == opBlock || n.op == opLoop || n.op == opIf:
			in.args = void
		case n.signed:
			in.args = signed(int64(number(next())))
		case n.numbers < 0:
			next()
			var depths []int
			for w := next(); w != "]"; w = next() {
				depths = append(depths, number(w))
			}
			in.args = unsigned(len(depths) - 1)
			for _, d := range depths {
				in.args += unsigned(d)
			}
		default:
			for range n.numbers {
				in.args += unsigned(number(next()))
			}
		}
		code = append(code, in)
	}
	return code
}

// disassemble writes what assemble reads.
func disassemble(code []instruction) string {
	var words []string
	for _, in := range code {
		for name, n := range names {
			if n.op != in.op {
				continue
			}
			words = append(words, name)
			switch {
			case n.signed:
				words = append(words, strconv.FormatInt(in.constant(), 10))
			case n.numbers < 0:
				words = append(words, "[")
				for _, d := range in.table() {
					words = append(words, strconv.Itoa(d))
				}
				words = append(words, "]")
			default:
				r := wasmbin.Reader{B: []byte(in.args)}
				for range n.numbers {
					words = append(words, strconv.Itoa(r.Number()))
				}
			}
		}
	}
	return strings.Join(words, " ")
}

// begin and finish are what is around the places of a function with three of them.
const (
	begin  = "gget 0 set 1 block loop block block block get 0 br_table [ 0 1 2 2 ] end "
	finish = " i32 0 return end unreachable end i32 1 end"
)

func TestRules(t *testing.T) {
	var locals = []group{{1, i32}, {3, i64}}
	for _, c := range []struct{ name, before, after string }{
		// Jumps.
		{"a jump forward branches",
			begin + "i32 2 set 0 br 2 end end" + finish,
			begin + "br 1 end end" + finish},
		{"with a condition it is a conditional branch",
			begin + "get 2 i64.eqz if i32 2 set 0 br 3 end end end" + finish,
			begin + "get 2 i64.eqz br_if 1 end end" + finish},
		{"to the next place it leaves one block",
			begin + "get 2 i64.eqz if i32 1 set 0 br 3 end end end" + finish,
			begin + "get 2 i64.eqz br_if 0 end end" + finish},
		{"and what follows is as deep as before",
			begin + "get 2 i64.eqz if i32 2 set 0 br 3 end get 3 i64.eqz if i32 2 set 0 br 3 end i32 1 set 0 br 2 end end" + finish,
			begin + "get 2 i64.eqz br_if 1 get 3 i64.eqz br_if 1 br 0 end end" + finish},
		{"a condition that does more stays, and so does one with an else",
			begin + "get 2 i64.eqz if i32 2 set 0 br 3 unreachable end get 2 i64.eqz if i32 2 set 0 br 3 else get 2 drop end end end" + finish,
			begin + "get 2 i64.eqz if br 2 unreachable end get 2 i64.eqz if br 2 else get 2 drop end end end" + finish},
		{"a jump back stays",
			begin + "end i32 1 set 0 br 1 end" + finish, ""},
		{"a jump to a place that there isn't stays",
			begin + "i32 3 set 0 br 2 i32 -1 set 0 br 2 end end" + finish, ""},
		{"a place that is read elsewhere may matter",
			begin + "i32 2 set 0 br 2 end get 0 drop end" + finish, ""},
		{"a place that is read before the loop may matter",
			"get 0 drop " + begin + "i32 2 set 0 br 2 end end" + finish, ""},
		{"a place that is set and read at once may matter",
			begin + "i32 2 set 0 br 2 end i32 1 tee 0 drop end" + finish, ""},
		{"a place that two tables read may matter",
			begin + "i32 2 set 0 br 2 end get 0 br_table [ 0 1 ] end" + finish, ""},
		{"who goes to the top with a place set before may read another one",
			begin + "i32 2 set 0 br 2 end i32 1 set 0 get 2 set 3 br 1 end" + finish, ""},
		{"and so may who goes there on a condition",
			begin + "i32 2 set 0 br 2 end i32 1 set 0 get 2 wrap br_if 1 end" + finish, ""},
		{"or by a table",
			begin + "i32 2 set 0 br 2 end i32 1 set 0 get 2 wrap br_table [ 0 1 ] end" + finish, ""},
		{"or by another loop around it",
			"loop gget 0 set 1 block loop block block get 0 br_table [ 0 1 ] end i32 1 set 0 br 1 end i32 0 return end unreachable end br 0 end i32 1 end", ""},
		{"what stands between the loop and the table is for each jump",
			"gget 0 set 1 block loop get 2 set 3 block block get 0 br_table [ 0 1 ] end i32 1 set 0 br 1 end i32 0 return end unreachable end i32 1 end", ""},
		{"a table in a condition is behind whoever leaves that",
			"gget 0 set 1 block get 2 wrap if block block get 0 br_table [ 0 1 ] end i32 1 set 0 br 1 end i32 0 return end unreachable end i32 1 end", ""},
		{"a table without a loop is no dispatch",
			"gget 0 set 1 block block block get 0 br_table [ 0 1 ] end i32 1 set 0 br 1 end i32 0 return end i32 1 end", ""},

		// Leaving.
		{"leaving is a return",
			begin + "get 2 i64.eqz br_if 3 end get 2 i64.eqz br_if 2 end" + finish,
			begin + "get 2 i64.eqz if i32 1 return end end get 2 i64.eqz if i32 1 return end end" + finish},
		{"with what the function returns behind its last block",
			"block get 2 i64.eqz br_if 0 end i32 7 end",
			"block get 2 i64.eqz if i32 7 return end end i32 7 end"},
		{"where anything else follows, or isn't a block, it stays",
			"block get 2 i64.eqz br_if 0 end get 2 set 3 i32 1 end", ""},
		{"where what is returned isn't a constant it stays, too",
			"block get 2 i64.eqz br_if 0 end get 1 end", ""},
		{"and in a loop",
			"loop get 2 i64.eqz br_if 0 end i32 1 end", ""},
		{"and where it leaves all blocks with a value of its own",
			"block i32 7 get 2 i64.eqz br_if 1 drop end i32 1 end", ""},
		{"of two blocks the last is meant",
			"block get 2 i64.eqz br_if 0 end block get 2 i64.eqz br_if 0 end i32 1 end",
			"block get 2 i64.eqz br_if 0 end block get 2 i64.eqz if i32 1 return end end i32 1 end"},

		// Return addresses.
		{"return addresses share the number of the function",
			"get 1 i64 327682 store 3 0 i32 0 call 1 drop get 2 set 3 get 1 i64 327684 store 3 0 i32 0 get 2 wrap drop i32 1 end",
			"i64 327680 set 2 get 1 get 2 i64 2 i64.or store 3 0 i32 0 call 1 drop get 3 set 4 get 1 get 2 i64 4 i64.or store 3 0 i32 0 get 3 wrap drop i32 1 end"},
		{"other numbers stay",
			"get 1 i64 327682 store 3 0 i32 0 call 1 drop get 1 i64 400000 store 3 0 get 1 i64 327683 store 3 8 i64 327683 set 4 i32 1 end",
			"i64 327680 set 2 get 1 get 2 i64 2 i64.or store 3 0 i32 0 call 1 drop get 1 i64 400000 store 3 0 get 1 i64 327683 store 3 8 i64 327683 set 5 i32 1 end"},
		{"small ones and negative ones are no addresses",
			"get 1 i64 2 store 3 0 i32 0 call 1 drop get 1 i64 -70000 store 3 0 i32 0 call 1 drop i32 1 end", ""},

		// Addresses.
		{"what is added to the stack pointer becomes an offset",
			"get 1 extend i64 16 i64.add wrap load 3 0 set 2 get 1 extend i64 24 i64.add wrap get 2 store 3 8 i32 1 end",
			"get 1 load 3 16 set 2 get 1 get 2 store 3 32 i32 1 end"},
		{"also of a store whose value is loaded",
			"get 1 extend i64 8 i64.add wrap get 1 extend i64 16 i64.add wrap load8 0 1 extend i64 1 i64.add store 3 0 i32 1 end",
			"get 1 get 1 load8 0 17 extend i64 1 i64.add store 3 8 i32 1 end"},
		{"and of one whose value is chosen",
			"get 1 extend i64 8 i64.add wrap get 2 get 3 get 2 wrap select store 3 0 i32 1 end",
			"get 1 get 2 get 3 get 2 wrap select store 3 8 i32 1 end"},
		{"and of one that stores a condition",
			"get 1 extend i64 8 i64.add wrap get 2 i64.eqz store32 2 0 i32 1 end",
			"get 1 get 2 i64.eqz store32 2 8 i32 1 end"},
		{"where the address itself is used it is one addition",
			"get 1 extend i64 8 i64.add wrap extend set 2 get 2 wrap get 1 extend i64 16 i64.add wrap extend store 3 0 get 1 extend i64 8 i64.add wrap get 1 i32.add i32.eqz drop i32 1 end",
			"get 1 i32 8 i32.add extend set 2 get 2 wrap get 1 i32 16 i32.add extend store 3 0 get 1 i32 8 i32.add get 1 i32.add i32.eqz drop i32 1 end"},
		{"and so it is where it is what is stored",
			"get 2 wrap get 1 extend i64 8 i64.add wrap store32 2 0 i32 1 end",
			"get 2 wrap get 1 i32 8 i32.add store32 2 0 i32 1 end"},
		{"and where a block or a call comes before its use",
			"get 1 extend i64 8 i64.add wrap get 2 block end store 3 0 get 1 extend i64 8 i64.add wrap i32 0 call 1 drop get 2 store 3 0 i32 1 end",
			"get 1 i32 8 i32.add get 2 block end store 3 0 get 1 i32 8 i32.add i32 0 call 1 drop get 2 store 3 0 i32 1 end"},
		{"what is taken off, or is more than a frame, is no offset",
			"get 1 extend i64 -8 i64.add wrap load 3 0 get 1 extend i64 65536 i64.add wrap load 3 0 drop drop i32 1 end",
			"get 1 i32 -8 i32.add load 3 0 get 1 i32 65536 i32.add load 3 0 drop drop i32 1 end"},
		{"other variables may be near the end of the memory",
			"get 2 wrap set 5 get 5 extend i64 8 i64.add wrap load 3 0 drop i32 1 end", ""},
		{"and so may local 1 where it isn't the stack pointer",
			"i32 5 set 1 get 1 extend i64 8 i64.add wrap load 3 0 drop i32 1 end", ""},
		{"or is set to something else on the way",
			"gget 0 set 1 i32 5 tee 1 drop get 1 extend i64 8 i64.add wrap load 3 0 drop i32 1 end", ""},
		{"or to another global",
			"gget 2 set 1 get 1 extend i64 8 i64.add wrap load 3 0 drop i32 1 end", ""},
		{"a stack pointer that is moved is one still",
			"gget 0 set 1 get 1 i32 32 i32.sub tee 1 gset 0 get 1 extend i64 8 i64.add wrap load 3 0 drop i32 1 end",
			"gget 0 set 1 get 1 i32 32 i32.sub tee 1 gset 0 get 1 load 3 8 drop i32 1 end"},
	} {
		f := function{slices.Clone(locals), assemble(t, c.before)}
		before := f.append(nil)
		got, ok := parse(rewrite(before))
		if !ok {
			t.Fatalf("%s: nothing known", c.name)
		}
		want := c.after
		if want == "" {
			want = c.before
		}
		if text := disassemble(got.code); text != want {
			t.Errorf("%s:\n%s\nis\n%s\nwant\n%s", c.name, c.before, text, want)
		}
	}
}

// A function of which the variables aren't as they should be keeps its addresses.
func TestReturnAddressesNeedTheirVariable(t *testing.T) {
	code := assemble(t, "get 1 i64 327682 store 3 0 i32 0 call 1 drop i32 1 end")
	for _, c := range []struct {
		before, after []group
	}{
		{[]group{{1, i32}, {3, i64}}, []group{{1, i32}, {4, i64}}},
		{[]group{{1, i32}}, []group{{1, i32}, {1, i64}}},
		{[]group{{1, i32}, {2, i32}}, []group{{1, i32}, {1, i64}, {2, i32}}},
		{[]group{{2, i32}, {3, i64}}, nil},
		{[]group{{1, i64}}, nil},
		{nil, nil},
	} {
		f := function{slices.Clone(c.before), code}
		got, _ := parse(rewrite(f.append(nil)))
		if c.after == nil {
			if !slices.Equal(got.code, code) {
				t.Errorf("%v: %s", c.before, disassemble(got.code))
			}
		} else if !slices.Equal(got.locals, c.after) || len(got.code) == len(code) {
			t.Errorf("%v: %v, %s", c.before, got.locals, disassemble(got.code))
		}
	}
}

// What isn't known is left alone.
func TestUnknownFunctionsStay(t *testing.T) {
	known := "\x01\x01\x7f" + "\x20\x01\xad\x42\x08\x7c\xa7\x29\x03\x00\x1a" // an address that is folded
	for name, rest := range map[string]string{
		"an unknown opcode":      "\xfb\x00\x0b",
		"a block with a value":   "\x02\x7f\x41\x00\x0b\x1a\x41\x01\x0b",
		"an unknown instruction": "\xfc\x0c\x00\x00\x41\x01\x0b",
		"a cut number":           "\x41\x80",
		"a cut table":            "\x0e\x05\x00",
	} {
		if got := string(rewrite([]byte(known + rest))); got != known+rest {
			t.Errorf("%s: %q", name, got)
		}
	}
	all := known + "\xfc\x02\xfc\x0a\x00\x00\xfc\x0b\x00\x43abcd\x44abcdefgh\x3f\x00\x40\x00\x11\x00\x00\x0b"
	if got := string(rewrite([]byte(all))); got != "\x01\x01\x7f\x20\x01\x29\x03\x08\x1a"+all[len(known):] {
		t.Errorf("%q", got)
	}
}

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for _, n := range []int64{0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8193, 1<<31 - 1, -1 << 31, 1<<63 - 1, -1 << 63, 415563811} {
		if got := (instruction{opI64Const, signed(n)}).constant(); got != n {
			t.Errorf("%d is read as %d", n, got)
		}
	}
}
