//go:build gcmwords

package tally

func addSpellings(*[1 << 8]string) {}
