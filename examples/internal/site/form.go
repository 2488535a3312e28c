package site

import _ "embed"

//go:embed form.js
var formScript []byte

// FormScript returns the script form.js of the page with the form.
func FormScript() []byte { return append([]byte(nil), formScript...) }
