package view_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestKindsHaveNames(t *testing.T) {
	for k := range view.Kinds() {
		text, err := k.MarshalText()
		if err != nil || string(text) != k.String() || !k.IsValid() {
			t.Errorf("%d: %q, %v", k, text, err)
		}
		got := view.Kind(77)
		if err := got.UnmarshalText(text); err != nil || got != k {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if got, err := view.ParseKind(k.String()); got != k || err != nil {
			t.Errorf("%q is parsed as %v, %v", text, got, err)
		}
	}
}

func TestTheEmptyNameIsACounter(t *testing.T) {
	if k, err := view.ParseKind(""); k != view.Counter || err != nil {
		t.Errorf("%v, %v", k, err)
	}
}

func TestNamesOfNoKind(t *testing.T) {
	long := "é" + strings.Repeat("éé", 100)
	for name, want := range map[string]string{
		"Counter": `view: view "Counter": no such view`,
		"<b>\x00": `view: view "<b>\x00": no such view`,
		long:      `view: view "` + long[:64] + `"...: no such view`,
	} {
		k, err := view.ParseKind(name)
		if k != 0 || !errors.Is(err, view.ErrUnknown) || err.Error() != want {
			t.Errorf("%q: %v, %v", name, k, err)
		}
		k = view.Objectives
		if err := k.UnmarshalText([]byte(name)); err == nil || k != view.Objectives {
			t.Errorf("%q is read as %v", name, k)
		}
	}
	if text, err := view.Kind(77).MarshalText(); err == nil {
		t.Errorf("Kind(77) has the text %q", text)
	}
}
