package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/shell"
)

// customElements is a custom elements manifest of version 2.1.0: what editors
// and documentation read. All in it comes from the sources of the elements, so
// that it says what they do; see https://github.com/webcomponents/custom-elements-manifest.
type customElements struct {
	SchemaVersion string           `json:"schemaVersion"`
	Readme        string           `json:"readme"`
	Modules       []manifestModule `json:"modules"`
}

type manifestModule struct {
	Kind         string             `json:"kind"`
	Path         string             `json:"path"`
	Declarations []*manifestElement `json:"declarations"`
	Exports      []manifestExport   `json:"exports"`
}

type manifestExport struct {
	Kind        string            `json:"kind"`
	Name        string            `json:"name"`
	Declaration manifestReference `json:"declaration"`
}

type manifestReference struct {
	Name   string `json:"name"`
	Module string `json:"module,omitempty"`
}

type manifestElement struct {
	Kind          string            `json:"kind"`
	CustomElement bool              `json:"customElement"`
	Name          string            `json:"name"`
	TagName       string            `json:"tagName"`
	Description   string            `json:"description"`
	Superclass    manifestReference `json:"superclass"`
	Attributes    []manifestItem    `json:"attributes"`
	Members       []manifestItem    `json:"members"`
	Events        []manifestItem    `json:"events"`
	CSSProperties []manifestItem    `json:"cssProperties"`
	CSSParts      []manifestItem    `json:"cssParts"`
	CSSStates     []manifestItem    `json:"cssStates"`
}

// manifestItem is an attribute, a member, an event, a custom property, a part
// or a state; each kind has some of the fields.
type manifestItem struct {
	Kind        string         `json:"kind,omitempty"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Type        *manifestType  `json:"type,omitempty"`
	Default     string         `json:"default,omitempty"`
	FieldName   string         `json:"fieldName,omitempty"`
	Attribute   string         `json:"attribute,omitempty"`
	Reflects    bool           `json:"reflects,omitempty"`
	Readonly    bool           `json:"readonly,omitempty"`
	Parameters  []manifestItem `json:"parameters,omitempty"`
	Return      *struct {
		Type *manifestType `json:"type"`
	} `json:"return,omitempty"`

	// words is the type of an attribute or an event in JSX.
	words string
}

type manifestType struct {
	Text string `json:"text"`
}

const langAbout = "Language of what it says, with or without a region; by default that of the text around it, else en."

// newManifest makes the manifest of the elements. views is the comment of
// package view, which has the list of the parts of a view.
func newManifest(v vocabulary, views string) (*customElements, error) {
	m := &customElements{SchemaVersion: "2.1.0", Readme: "README.md"}
	var all []byte // an event of both elements is explained once
	for _, e := range elements {
		text, err := types(e)
		if err != nil {
			return nil, err
		}
		all = append(all, text...)
	}
	for i, e := range elements {
		d, err := readDeclaration(string(all), e.class)
		if err != nil {
			return nil, err
		}
		found := &manifestElement{
			Kind: "class", CustomElement: true, Name: e.class, TagName: e.tag, Description: d.about,
			Superclass: manifestReference{Name: "HTMLElement"},
		}
		found.addMembers(d, e, v)
		for _, ev := range d.events {
			of := "CustomEvent<" + ev.detail + ">"
			found.Events = append(found.Events, manifestItem{Name: ev.name, Description: ev.about, Type: &manifestType{of}, words: of})
		}
		if found.CSSProperties, err = cssProperties(e); err != nil {
			return nil, err
		}
		if i == 0 {
			found.CSSParts = viewParts(views)
		} else if found.CSSParts, err = formParts(); err != nil {
			return nil, err
		}
		for _, s := range d.states {
			found.CSSStates = append(found.CSSStates, manifestItem{Name: s.name, Description: s.about})
		}
		if len(found.CSSParts) == 0 || len(found.CSSProperties) == 0 || len(found.Events) == 0 {
			return nil, fmt.Errorf("the sources of <%s> don't say which events, parts and properties it has", e.tag)
		}
		here := manifestReference{e.class, e.script}
		m.Modules = append(m.Modules, manifestModule{
			Kind: "javascript-module", Path: e.script, Declarations: []*manifestElement{found},
			Exports: []manifestExport{{"js", e.class, here}, {"custom-element-definition", e.tag, here}},
		})
	}
	return m, nil
}

// addMembers adds properties and methods, and the attributes that they mirror.
func (found *manifestElement) addMembers(d *declaration, e element, v vocabulary) {
	for _, m := range d.members {
		// A method and an attribute may share a name: refresh.
		called, isMethod := strings.CutPrefix(m.get, "() => ")
		if m.method {
			called, isMethod = m.get, true
		}
		item := manifestItem{Kind: "field", Name: m.name, Description: m.about}
		if isMethod {
			item.Kind = "method"
			item.Return = &struct {
				Type *manifestType `json:"type"`
			}{&manifestType{called}}
			if m.parameters != "" {
				name, of, _ := strings.Cut(m.parameters, ": ")
				item.Parameters = []manifestItem{{Name: strings.TrimSuffix(name, "?"), Type: &manifestType{of}}}
			}
		} else {
			item.Type, item.Readonly = &manifestType{d.resolve(m.get)}, m.set == ""
		}
		if m.set != "" && !slices.Contains(e.properties, m.name) {
			a := manifestItem{Name: m.name, Description: m.about, Default: e.defaults[m.name], Type: &manifestType{d.resolve(strings.TrimSuffix(m.set, ` | ""`))}, words: m.set}
			if values := v.union(m.name); values != "" {
				a.Type.Text = values
			} else if !isMethod && m.set == "string" {
				a.Type.Text, a.words = d.resolve(m.get), m.get
			}
			if !isMethod {
				a.FieldName, item.Attribute, item.Reflects = m.name, m.name, true
			}
			if about, ok := e.attributes[m.name]; ok {
				a.Description = about
			}
			found.Attributes = append(found.Attributes, a)
		}
		found.Members = append(found.Members, item)
	}
	found.Attributes = append(found.Attributes, manifestItem{
		Name: "lang", Description: langAbout, Type: &manifestType{v.union("lang")}, FieldName: "lang", words: "string",
	})
}

var propertyLine = regexp.MustCompile(`(?m)^ \*   (--gcm-[a-z-]+) +(.+)$`)

// cssProperties reads the lists at the heads of the style sheet and of the tokens.
func cssProperties(e element) (items []manifestItem, err error) {
	css, err := styleSource(e.style)
	for _, m := range propertyLine.FindAllSubmatch(css, -1) {
		items = append(items, manifestItem{Name: string(m[1]), Description: string(m[2])})
	}
	return items, err
}

var partLine = regexp.MustCompile(`^([a-z][a-z0-9 -]*?)(?:  +(\S.*))?$`)

// viewParts reads the list in the comment of package view. A line without an
// explanation belongs to the one above it.
func viewParts(views string) (items []manifestItem) {
	_, list, _ := strings.Cut(views, "through the attribute part,")
	_, list, _ = strings.Cut(list, "\n//\n")
	list, _, _ = strings.Cut(list, "\n//\n")
	about := ""
	for line := range strings.Lines(list) {
		m := partLine.FindStringSubmatch(strings.TrimSpace(strings.TrimPrefix(line, "//\t")))
		if m == nil {
			return nil
		}
		if m[2] != "" {
			about = m[2]
		}
		for name := range strings.FieldsSeq(m[1]) {
			items = append(items, manifestItem{Name: name, Description: about})
		}
	}
	if len(items) > 0 && !slices.ContainsFunc(items, func(i manifestItem) bool { return i.Name == "stale" }) {
		items = append(items,
			manifestItem{Name: "stale", Description: "says that the number isn't current; empty while it is"},
			manifestItem{Name: "debug", Description: "what is wrong with the element, if its attribute debug asks for that"})
	}
	return items
}

var formPart = regexp.MustCompile(`\bpart[~*^]?[:=] ?"([a-z -]+)"`)

// formParts finds the parts in the sources of the form. Those that the engine
// names, as the kind of a field and the severity of a problem, aren't in them.
func formParts() (items []manifestItem, err error) {
	names := []string{"boxes", "group", "list", "error", "warning"}
	for _, pattern := range []string{"form/form-*.ts", "form/form.css"} {
		files, _ := fs.Glob(shell.Sources(), pattern)
		for _, name := range files {
			text, err := fs.ReadFile(shell.Sources(), name)
			if err != nil {
				return nil, err
			}
			for _, m := range formPart.FindAllSubmatch(text, -1) {
				names = append(names, strings.Fields(string(m[1]))...)
			}
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		items = append(items, manifestItem{Name: name})
	}
	return items, nil
}

func (m *customElements) json() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // CustomEvent<GcmUpdateDetail>
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}
