package site

import (
	_ "embed"
	"html/template"
	"io"
)

//go:embed form.html
var formHTML string

var formTemplate = template.Must(template.New("form").Parse(formHTML))

//go:embed form.js
var formScript []byte

// FormScript returns the script form.js of the page with the form.
func FormScript() []byte { return append([]byte(nil), formScript...) }

// WriteForm writes the page with the pledge form.
func (p Page) WriteForm(w io.Writer) error {
	home := p.Path(p.Language)
	p.Path = p.FormPath
	return formTemplate.Execute(w, struct {
		Page
		Home string
	}{p, home})
}

// Form is the address of the page with the form, in this page's language.
func (p Page) Form() string { return p.FormPath(p.Language) }
