//go:build js && wasm

// Command binding prints what the binding says of everything that goes wrong.
package main

import (
	"errors"
	"syscall/js"

	"github.com/hack-pad/safejs"
)

func main() {
	say := func(what string, err error) {
		if err == nil {
			println(what, "-")
			return
		}
		var exception js.Error
		var value *js.ValueError
		println(what, err.Error(), errors.As(err, &exception), errors.As(err, &value), errors.Unwrap(err) != nil)
	}
	object := safejs.Safe(js.Global().Get("Object").New())
	array := safejs.Safe(js.Global().Get("Array"))

	_, err := safejs.Undefined().Get("x")
	say("property of undefined", err)
	_, err = object.Call("missing")
	say("missing method", err)
	_, err = array.New(-1)
	say("exception", err)
	_, err = safejs.ValueOf(struct{}{})
	say("value of a struct", err)
	_, err = object.Int()
	say("int of an object", err)
	say("value of a channel", object.Set("x", make(chan int)))
	_, err = safejs.CopyBytesToGo(nil, object)
	say("bytes of an object", err)
	_, err = object.InstanceOf(object)
	say("instance of an object", err)
	arrow, err := safejs.Safe(js.Global().Get("Function")).New("return () => 0")
	say("function", err)
	arrow, err = arrow.Invoke()
	say("arrow", err)
	_, err = object.InstanceOf(arrow)
	say("instance of an arrow", err)
	is, err := object.InstanceOf(safejs.Safe(js.Global().Get("Object")))
	say("instance", err)
	println(is)
	is, err = object.InstanceOf(array)
	say("no instance", err)
	println(is)
}
