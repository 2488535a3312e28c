package bundle

import (
	"bytes"
	"encoding/json"
	"strings"
)

// quoteJSON returns a value as JSON.
func quoteJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("  ", "  ")
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), err
}

// cell returns text for a cell of a table in Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ").Replace(text)
}

// lines returns text as the lines of a comment.
func lines(indent, text string) string {
	return strings.ReplaceAll(text, "\n", "\n"+indent)
}
