//go:build !js || gcmwords

package engine

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// views are options of every kind of view in a language, by names.
func views(lang gcm.Language) map[string]string {
	const asked = `{"source":"s","read":"2026-11-01T10:00:00Z","now":"2026-11-02T10:00:00Z","lang":"`
	options := map[string]string{
		"chosen":   asked + lang.String() + `","view":"dashboard","objective":"7","region":"africa","choices":"objective region","missing":"2"}`,
		"filtered": asked + lang.String() + `","principle":"human-rights","state":"PHL","category":"member-state","nature":"policy","status":"planned","mirror":"true"}`,
	}
	for k := range view.Kinds() {
		options[k.String()] = asked + lang.String() + `","view":"` + k.String() + `"}`
	}
	return options
}
