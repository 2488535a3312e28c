// Labels uses names of package gcm: it shows that the test which looks for names
// in what codes is built to would find them.
package main

import (
	"os"

	"github.com/gcmkit/gcmkit/gcm"
)

func main() {
	state, _ := gcm.ParseState(os.Args[1])
	category, _ := gcm.ParseCategory(os.Args[1])
	println(state.Name(gcm.French), category.Label(gcm.Russian))
}
