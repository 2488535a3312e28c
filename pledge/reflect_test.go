package pledge

import (
	"reflect"
	"strings"
	"testing"
)

// filled returns a pledge in which no list is empty.
func filled() Pledge {
	var p Pledge
	eachList(reflect.ValueOf(&p).Elem(), func(list reflect.Value) {
		list.Set(reflect.MakeSlice(list.Type(), 2, 2))
	})
	return p
}

// eachList calls do for every list of v, and for those in its elements.
func eachList(v reflect.Value, do func(list reflect.Value)) {
	switch v.Kind() {
	case reflect.Slice:
		do(v)
		for i := range v.Len() {
			eachList(v.Index(i), do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachList(v.Field(i), do)
			}
		}
	}
}

// eachText calls do for every text of v.
func eachText(v reflect.Value, do func(text reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		do(v)
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachText(v.Field(i), do)
			}
		}
	}
}

func TestACloneSharesNothing(t *testing.T) {
	p := filled()
	c := p.Clone()
	var ours []uintptr
	eachList(reflect.ValueOf(&p).Elem(), func(list reflect.Value) { ours = append(ours, list.Pointer()) })
	if len(ours) < 5 {
		t.Fatalf("%d lists", len(ours))
	}
	at := 0
	eachList(reflect.ValueOf(&c).Elem(), func(list reflect.Value) {
		if list.Pointer() == ours[at] {
			t.Errorf("a list of %v is shared", list.Type())
		}
		at++
	})
	if !reflect.DeepEqual(p, c) {
		t.Error("the clone differs")
	}
}

// Every text counts for how large a pledge may be, the last of a list as well.
func TestNoTextMakesAPledgeLargerThanItIsTakenFor(t *testing.T) {
	p := filled()
	texts := 0
	eachText(reflect.ValueOf(&p).Elem(), func(text reflect.Value) {
		texts++
		text.SetString(strings.Repeat("\x01", 100<<10))
		if n, most := len(p.AppendJSON(nil)), p.mostBytes(); n > most {
			t.Errorf("text %d: %d bytes, taken for %d at most", texts, n, most)
		}
		text.SetString("")
	})
	if texts < 15 {
		t.Fatalf("%d texts", texts)
	}
}
