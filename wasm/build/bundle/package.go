package bundle

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"

	"github.com/evanw/esbuild/pkg/api"
)

// Names of the files that make the directory a package, and of the pages in it.
const (
	StyleName = "gcm-pledges.css"

	// DashboardStyleName is the style sheet of dashboards: StyleName, and what only
	// they need.
	DashboardStyleName = "gcm-pledges-dashboard.css"

	RoomName          = "gcm-pledges-room.css"
	EmbedName         = "embed.html"
	EmbedParentName   = "embed-parent.js"
	BuilderName       = "builder.html"
	ElementsName      = "custom-elements.json"
	JSXName           = "jsx.d.ts"
	AssetsName        = "assets.js"
	AssetsTypesName   = "assets.d.ts"
	PackageName       = "package.json"
	ReadmeName        = "README.md"
	TextName          = "llms.txt"
	LicenseName       = "LICENSE"
	OtherLicensesName = "THIRD-PARTY.txt"
)

const (
	// packageName is the name of the npm package.
	packageName = "gcm-pledges"

	// builderPolicy is the policy of builder.html, which reads feeds of any
	// address that is encrypted, and of its own site. That of embed.html is in
	// the page.
	builderPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' https:; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"

	// sandbox is what an iframe with embed.html needs: to run the widget, and
	// to open its source in another tab, as a page like any other. It needs no
	// origin.
	sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
)

// A page is what the templates of the package are filled with.
type page struct {
	Name, Version string
	Repository    string
	Policy        string // of builder.html
	Sandbox       string
	Script, Form  string // of the two modules
	Room          string // of the style sheet for the page
	Scripts       []File // that embed.html loads
	Widget        *manifestElement
	PledgeForm    *manifestElement
	Vocabulary    vocabulary
	Files         []string // of the npm package, without package.json
	Assets        []string // those that the modules ask for
}

// assemblePackage makes the files beside the elements: pages to embed with,
// descriptions for tools, what npm wants. made are the elements' own files.
func assemblePackage(made []artifact, src *source) ([]artifact, error) {
	v, err := readVocabulary()
	if err != nil {
		return nil, err
	}
	manifest, err := newManifest(v, src.views)
	if err != nil {
		return nil, err
	}
	elementsJSON, err := manifest.json()
	if err != nil {
		return nil, err
	}
	style, err := sharedStyle(elements[0].style, StyleName)
	if err != nil {
		return nil, err
	}
	room, err := sharedStyle("widget/room.css", RoomName)
	if err != nil {
		return nil, err
	}
	dashboard, err := sharedStyle("widget/dashboard.css", DashboardStyleName)
	if err != nil {
		return nil, err
	}
	counter := newArtifact(CounterStyleName, []byte(counterStyle(string(style))))
	all := []artifact{newArtifact(StyleName, style), newArtifact(StyleName+".txt", dashboard), counter, newArtifact(DashboardStyleName, dashboard)}
	p := page{
		Name: packageName, Version: src.version, Repository: modulePath, Policy: builderPolicy, Sandbox: sandbox,
		Script: ScriptName, Form: FormScriptName, Room: RoomName,
		Widget: manifest.Modules[0].Declarations[0], PledgeForm: manifest.Modules[1].Declarations[0],
		Vocabulary: v,
	}
	for _, name := range []string{"embed", "embed-parent", "builder"} {
		js, err := p.script(name)
		if err != nil {
			return nil, err
		}
		all = append(all, newArtifact(name+".js", js))
	}
	p.Scripts = []File{all[4].File, made[0].File}
	for _, f := range made[3*len(elements):] { // a policy of hashes lets no script load another one
		if path.Ext(f.Name) == ".js" {
			p.Scripts = append(p.Scripts, f.File)
		}
	}
	all = append(all, newArtifact(RoomName, room))
	css, err := readStyle("builder.css")
	if err != nil {
		return nil, err
	}
	all = append(all, newArtifact("builder.css", []byte(css)))
	for _, name := range []string{EmbedName, BuilderName} {
		html, err := p.fill(name)
		if err != nil {
			return nil, err
		}
		all = append(all, newArtifact(name, html))
	}
	all = append(all,
		newArtifact(ElementsName, elementsJSON),
		newArtifact(LicenseName, src.license),
		newArtifact(OtherLicensesName, src.otherLicenses))
	for _, f := range slices.Concat(made, all) {
		p.Files = append(p.Files, f.Name)
	}
	for _, f := range slices.Concat(made, all[:4]) {
		switch {
		case f.gzip != nil: // which the page unpacks
			p.Assets = append(p.Assets, f.Name+".gz")
			p.Files = append(p.Files, f.Name+".gz")
		case isLoaded(f.Name), path.Ext(f.Name) == ".txt":
			p.Assets = append(p.Assets, f.Name)
		}
	}
	p.Files = append(p.Files, JSXName, AssetsName, AssetsTypesName, ReadmeName, TextName)
	slices.Sort(p.Files)
	for _, name := range []string{JSXName, AssetsName, AssetsTypesName, ReadmeName, TextName, PackageName} {
		text, err := p.fill(name)
		if err != nil {
			return nil, err
		}
		all = append(all, newArtifact(name, text))
	}
	return all, nil
}

// constants are what the scripts of pages know at build time: see env.d.ts.
func (p page) constants() map[string]string {
	var attributes, views []string
	for _, a := range p.Widget.Attributes {
		attributes = append(attributes, a.Name)
	}
	for _, view := range p.Choices("view") {
		views = append(views, view.Value)
	}
	return map[string]string{
		"ATTRIBUTES": strconv.Quote(strings.Join(attributes, " ")),
		"SANDBOX":    strconv.Quote(p.Sandbox),
		"VIEWS":      strconv.Quote(strings.Join(views, " ")),
	}
}

// script links the script of a page.
func (p page) script(name string) ([]byte, error) {
	return script{
		entry: path.Join(pages, name+".ts"), out: name + ".js", format: api.FormatIIFE,
		banner: "/*! gcmkit (MIT) */",
		define: p.constants(),
		read: func(name string) ([]byte, error) {
			if name, own := strings.CutPrefix(name, pages); own {
				return files.ReadFile(path.Join("files", name))
			}
			return sourceOf(name)
		},
	}.link()
}

// sharedStyle is a sheet of the shell as a file: that which the widget adopts, and
// which markup that a server has rendered links in its shadow root, or that for
// the page.
func sharedStyle(source, name string) ([]byte, error) {
	css, err := styleSource(source)
	if err != nil {
		return nil, err
	}
	small, err := minifyCSS(name, css)
	return []byte(small), err
}

func readStyle(name string) (string, error) {
	css, err := files.ReadFile("files/" + name)
	if err != nil {
		return "", err
	}
	return minifyCSS(name, css)
}

// fill fills in the template of a file.
func (p page) fill(name string) ([]byte, error) {
	text, err := files.ReadFile("files/" + name + ".tmpl")
	if err != nil {
		return nil, err
	}
	var t interface{ Execute(io.Writer, any) error }
	if path.Ext(name) == ".html" {
		t, err = template.New(name).Parse(string(text))
	} else {
		t, err = texttemplate.New(name).Funcs(texttemplate.FuncMap{"json": quoteJSON, "cell": cell, "lines": lines}).Parse(string(text))
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Filters are the attributes that select pledges, in their order.
func (p page) Filters() (all []manifestItem) {
	for _, a := range p.Widget.Attributes {
		if _, ok := p.Vocabulary[a.Name]; ok && a.Name != "lang" {
			all = append(all, a)
		}
	}
	return all
}

// Choices are the values of an attribute.
func (p page) Choices(attribute string) []choice {
	if c, ok := p.Vocabulary[attribute]; ok {
		return c
	}
	var all []choice
	for _, a := range p.Widget.Attributes {
		if a.Name != attribute {
			continue
		}
		for word := range strings.SplitSeq(a.Type.Text, " | ") {
			if value, err := strconv.Unquote(word); err == nil {
				all = append(all, choice{value, strings.ToUpper(value[:1]) + value[1:]})
			}
		}
	}
	return all
}

// Elements are both elements.
func (p page) Elements() []*manifestElement { return []*manifestElement{p.Widget, p.PledgeForm} }

// WidgetTypes are the names of types in the attributes and events of the widget.
func (p page) WidgetTypes() (names []string) {
	for _, i := range slices.Concat(p.Widget.Attributes, p.Widget.Events) {
		names = append(names, typeName.FindAllString(i.words, -1)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// FormTypes are those of the form that the widget doesn't have.
func (p page) FormTypes() (names []string) {
	widget := p.WidgetTypes()
	for _, i := range p.PledgeForm.Events {
		if name := typeName.FindString(i.words); !slices.Contains(widget, name) {
			names = append(names, name)
		}
	}
	return names
}

var typeName = regexp.MustCompile(`\bGcm\w+`)

// Base is the name of the element's class without its end, GcmPledges.
func (e *manifestElement) Base() string { return strings.TrimSuffix(e.Name, "Element") }

// Has reports whether the widget has an attribute.
func (p page) Has(attribute string) bool {
	return slices.ContainsFunc(p.Widget.Attributes, func(a manifestItem) bool { return a.Name == attribute })
}

// Label is the name of a filter in words.
func (i manifestItem) Label() string {
	switch i.Name {
	case "principle":
		return "Guiding principle"
	case "region":
		return "Region of a pledger"
	case "state":
		return "Pledging State"
	case "category":
		return "Category of pledger"
	case "mirror":
		return "Global Compact on Refugees"
	case "withdrawn":
		return "Withdrawn pledges"
	case "implementing":
		return "State of implementation"
	}
	return strings.ToUpper(i.Name[:1]) + i.Name[1:]
}

// Words is the type of an attribute or an event in JSX.
func (i manifestItem) Words() string { return i.words }

// Handler is the name of an event's listener in React and in Vue.
func (i manifestItem) Handler() struct{ React, Vue string } {
	vue := "on"
	for word := range strings.SplitSeq(i.Name, "-") {
		vue += strings.ToUpper(word[:1]) + word[1:]
	}
	return struct{ React, Vue string }{"on" + i.Name, vue}
}
