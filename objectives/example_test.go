package objectives_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Web forms and web sites write an objective in many ways.
func ExampleParse() {
	for _, s := range []string{
		"7. Address and reduce vulnerabilities in migration",
		"13 – Alternatives à la rétention",
		"salvar vidas",
		"General",
		"7. Save lives",
	} {
		o, err := objectives.Parse(s)
		switch {
		case errors.Is(err, objectives.ErrUnknown):
			fmt.Println("skipped:", err)
		case err != nil:
			fmt.Println("refused:", err)
		default:
			fmt.Println(o, o.Slug())
		}
	}
	// Output:
	// 7 reduce-vulnerabilities
	// 13 alternatives-to-detention
	// 8 save-lives
	// skipped: objectives: unknown objective "General": no objective has this title
	// skipped: objectives: unknown objective "7. Save lives": number 7 with the title of objective 8
}

// A page in Arabic shows the English title, marked as English.
func ExampleObjective_Short() {
	for _, lang := range []gcm.Language{gcm.French, gcm.Arabic} {
		text, given := objectives.Objective(13).Short(lang)
		fmt.Printf("<li lang=\"%v\">%s</li>\n", given, text)
	}
	// Output:
	// <li lang="fr">Alternatives à la rétention</li>
	// <li lang="en">Alternatives to detention</li>
}

// Which of the objectives of a pledge does round table 2 review?
func ExampleSet() {
	var table2 objectives.Set
	for o := range objectives.All() {
		if o.RoundTable() == 2 {
			table2 = table2.With(o)
		}
	}

	var pledge struct {
		Objectives objectives.Set `json:"objectives"`
	}
	if err := json.Unmarshal([]byte(`{"objectives": [13, 7, 10]}`), &pledge); err != nil {
		fmt.Println(err)
		return
	}
	for o := range pledge.Objectives.Intersect(table2).All() {
		title, _ := o.Short(gcm.English)
		fmt.Printf("%v, paragraph %d: %s\n", o, o.Paragraph(), title)
	}
	// Output:
	// 10, paragraph 26: Eradicate trafficking
	// 13, paragraph 29: Alternatives to detention
}
