package wasm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm"
)

func TestKindsHaveNames(t *testing.T) {
	for k := range wasm.Kinds() {
		text, err := k.MarshalText()
		if err != nil || string(text) != k.String() || !k.IsValid() {
			t.Errorf("%d: %q, %v", k, text, err)
		}
		got := wasm.Kind(77)
		if err := got.UnmarshalText(text); err != nil || got != k {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if got, err := wasm.ParseKind(k.String()); got != k || err != nil {
			t.Errorf("%q is parsed as %v, %v", text, got, err)
		}
	}
}

func TestTheEmptyNameIsACounter(t *testing.T) {
	if k, err := wasm.ParseKind(""); k != wasm.Counter || err != nil {
		t.Errorf("%v, %v", k, err)
	}
}

func TestNamesOfNoKind(t *testing.T) {
	long := "é" + strings.Repeat("éé", 100)
	for name, want := range map[string]string{
		"Counter": `wasm: view "Counter": no such view`,
		"<b>\x00": `wasm: view "<b>\x00": no such view`,
		long:      `wasm: view "` + long[:64] + `"...: no such view`,
	} {
		k, err := wasm.ParseKind(name)
		if k != 0 || !errors.Is(err, wasm.ErrUnknown) || err.Error() != want {
			t.Errorf("%q: %v, %v", name, k, err)
		}
		k = wasm.Objectives
		if err := k.UnmarshalText([]byte(name)); err == nil || k != wasm.Objectives {
			t.Errorf("%q is read as %v", name, k)
		}
	}
	if text, err := wasm.Kind(77).MarshalText(); err == nil {
		t.Errorf("Kind(77) has the text %q", text)
	}
}
