package bundle

import (
	"fmt"
	"regexp"
	"strings"
)

// A declaration is what the manifest takes from the types of an element: the
// comments there are the only description of a property or an event.
type declaration struct {
	about   string
	members []member
	events  []event
	states  []event           // without a detail
	types   map[string]string // aliases of unions of words: GcmView
}

// A member is a property or a method of the class.
type member struct {
	name, about string
	get, set    string // types; "" = can't be read, can't be set
	parameters  string // of a method
	method      bool
}

// An event is one that the element sends.
type event struct{ name, about, detail string }

var (
	comment   = regexp.MustCompile(`(?s)/\*\*(.*?)\*/`)
	aliasLine = regexp.MustCompile(`(?s)export type (\w+) =([^;{]*);`)
	stateLine = regexp.MustCompile("(?m)^ \\* - `:state\\((\\w+)\\)`: (.+)$")
	eventLine = regexp.MustCompile(`"([a-z-]+)": CustomEvent<(\w+)>;`)

	getter = regexp.MustCompile(`^get (\w+)\(\): (.+)$`)
	setter = regexp.MustCompile(`^set (\w+)\(\w+: (.+)\)$`)
	method = regexp.MustCompile(`^(\w+)\((.*)\): (.+)$`)
	field  = regexp.MustCompile(`^(readonly )?(\w+): (.+)$`)
	note   = regexp.MustCompile(`(?m)^\s*//.*$`) // for whoever edits the types
)

// readDeclaration reads the types of the element of a class. They are written in
// the way of this module's own; anything else is an error.
func readDeclaration(text, class string) (*declaration, error) {
	before, rest, found := strings.Cut(text, "\nexport declare class "+class+" extends HTMLElement {\n")
	body, rest, ended := strings.Cut(rest, "\n}\n")
	if !found || !ended {
		return nil, fmt.Errorf("the types declare no class %s", class)
	}
	d := &declaration{about: commentBefore(before), types: map[string]string{}}
	for _, m := range aliasLine.FindAllStringSubmatch(text, -1) {
		d.types[m[1]] = strings.TrimPrefix(strings.Join(strings.Fields(m[2]), " "), "| ")
	}
	for _, m := range stateLine.FindAllStringSubmatch(before[strings.LastIndex(before, "/**")+1:], -1) {
		d.states = append(d.states, event{name: m[1], about: m[2]})
	}
	events, _, _ := strings.Cut(rest, "\n}\n") // of the same file
	for _, m := range eventLine.FindAllStringSubmatch(events, -1) {
		d.events = append(d.events, event{m[1], aboutDetail(text, m[2]), m[2]})
	}
	return d, d.readMembers(note.ReplaceAllString(body, ""))
}

func (d *declaration) readMembers(body string) error {
	for body = strings.TrimSpace(body); body != ""; body = strings.TrimSpace(body) {
		about := ""
		if m := comment.FindStringSubmatchIndex(body); m != nil && m[0] == 0 {
			about, body = prose(body[m[2]:m[3]]), strings.TrimSpace(body[m[1]:])
		}
		line, rest, ok := strings.Cut(body, ";\n")
		if !ok {
			line, rest = strings.TrimSuffix(body, ";"), ""
		}
		body = rest
		if err := d.read(strings.Join(strings.Fields(line), " "), about); err != nil {
			return err
		}
	}
	return nil
}

// read takes in one line of the class.
func (d *declaration) read(line, about string) error {
	if strings.HasPrefix(line, "static ") {
		return nil
	}
	if m := getter.FindStringSubmatch(line); m != nil {
		d.member(m[1], about).get = m[2]
	} else if m := setter.FindStringSubmatch(line); m != nil {
		d.member(m[1], about).set = m[2]
	} else if m := method.FindStringSubmatch(line); m != nil {
		found := d.member(m[1], about)
		found.method, found.parameters, found.get = true, m[2], m[3]
	} else if m := field.FindStringSubmatch(line); m != nil {
		found := d.member(m[2], about)
		if found.get = m[3]; m[1] == "" {
			found.set = m[3]
		}
	} else {
		return fmt.Errorf("the types have a member that can't be read: %s", line)
	}
	return nil
}

// member returns the member of this name, which is made if need be.
func (d *declaration) member(name, about string) *member {
	for i := range d.members {
		if d.members[i].name == name {
			return &d.members[i]
		}
	}
	d.members = append(d.members, member{name: name, about: about})
	return &d.members[len(d.members)-1]
}

// resolve replaces the name of an alias by what it stands for, unless that are so many
// values that a list of them helps nobody.
func (d *declaration) resolve(text string) string {
	if alias, ok := d.types[text]; ok && strings.Count(alias, "|") < mostListed {
		return alias
	}
	return text
}

// aboutDetail returns what the comment of an event's detail says, without the
// words that name the event.
func aboutDetail(text, detail string) string {
	before, _, ok := strings.Cut(text, "export interface "+detail+" ")
	if !ok {
		return ""
	}
	about := commentBefore(before)
	if _, after, ok := strings.Cut(about, "`: "); ok {
		about = strings.ToUpper(after[:1]) + after[1:]
	}
	return about
}

// commentBefore returns the comment at the end of the text.
func commentBefore(text string) string {
	text = strings.TrimSpace(text)
	start := strings.LastIndex(text, "/**")
	if start < 0 || !strings.HasSuffix(text, "*/") {
		return ""
	}
	return prose(strings.TrimSuffix(text[start+3:], "*/"))
}

var stars = regexp.MustCompile(`(?m)^\s*\* ?`)

// prose is the text of a comment: its paragraphs with a line break between.
func prose(comment string) string {
	text := stars.ReplaceAllString(comment, "")
	var paragraphs []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n")
}
