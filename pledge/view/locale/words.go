package locale

import "github.com/gcmkit/gcmkit/gcm"

// Has reports whether there are words in a language. There are in each, unless the
// program is one that takes them by SetWords: see [gcm.Words].
func Has(lang gcm.Language) bool { return texts[index(lang)] != nil }

// Words returns the texts of all messages in a language. Languages have different
// numbers of them, as they have different plural forms. [gcm.Words] says what they
// are for.
func Words(lang gcm.Language) []string { return append([]string(nil), texts[index(lang)]...) }
