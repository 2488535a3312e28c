package spreadsheet

import (
	"strings"
	"testing"
)

func TestFormulasAreProtectedWhereverACellCouldBegin(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "a", "a=1": "a=1", "a - b": "a - b", "-": "'-", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)",
		"\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1",
		"x;=HYPERLINK(A1)": "x;'=HYPERLINK(A1)", "x,=1": "x,'=1", "x\t=1": "x\t'=1", "x|@A": "x|'@A", "x\n- y": "x\n'- y", "x\r\n+y": "x\r'\n'+y",
		"x;\"=1": "x;\"'=1", "x; =1": "x; '=1", "x;\" ' =1": "x;\" ' '=1", "x;y=1": "x;y=1", "x;'=1": "x;''=1",
		"'=1": "''=1", "''=1": "'''=1", "'a": "'a", "'": "'", "é;=1": "é;'=1", "=;=": "'=;'=", "--": "'--",
		"＝1": "'＝1", "＋1;－1": "'＋1;'－1", "a＠b": "a＠b", "\u00a0=1": "\u00a0'=1", "\u3000＠A": "\u3000'＠A", " \t=1": " '\t'=1", "\xef\xbc=1": "\xef\xbc=1", "x;\xbc": "x;\xbc",
	} {
		if got := Protect(text); got != want {
			t.Errorf("%q has become %q, want %q", text, got, want)
		}
		if got := Unprotect(want); got != text {
			t.Errorf("%q has come back as %q, want %q", want, got, text)
		}
	}
	for text, want := range map[string]string{"'=1": "=1", "''=1": "'=1", "x;'=1": "x;'=1", "'x": "'x", "=1": "=1", "'": "'", "": "", "'-1;'-2": "-1;'-2", " '=1": " '=1", "' =1": "' =1"} {
		if got := UnprotectFirst(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzProtectedTextHasNoFormulaAndComesBack(f *testing.F) {
	for _, seed := range []string{"", "=1", "x;=1", "'", "''=", ";'=", "\r\n-", "\";=", "x,\" '=1\t+", "\u3000＝;\u00a0＠", "\xef=\xbc\x9d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		protected := Protect(text)
		if got := Unprotect(protected); got != text {
			t.Errorf("%q has come back as %q", text, got)
		}
		// As a spreadsheet has it that divides at one of the characters, and
		// knows no quoting.
		for _, divider := range []string{"\n", "\r", ",", ";", "\t", "|"} {
			for cell := range strings.SplitSeq(protected, divider) {
				cell = strings.TrimLeft(cell, "\" \u00a0\u3000")
				for _, sign := range [...]string{"＝", "＋", "－", "＠"} {
					if strings.HasPrefix(cell, sign) {
						t.Errorf("%q begins a formula in %q", cell, protected)
					}
				}
				if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 && (cell[0] != '\t' && cell[0] != '\r' || strings.Trim(cell, "\t\r\" ") != "") {
					t.Errorf("%q begins a formula in %q, divided at %q", cell, protected, divider)
				}
			}
		}
	})
}
