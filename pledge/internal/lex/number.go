package lex

// Number reads a number and returns it as it is written: nothing is rounded,
// and nothing overflows. It reports whether there is one.
func (l *Lexer) Number() (string, bool) {
	first := l.peek()
	start := l.pos
	if first == '-' {
		l.pos++
	}
	if l.at() == '0' {
		l.pos++
	} else if !l.digits() {
		return "", false
	}
	if l.at() == '.' {
		if l.pos++; !l.digits() {
			return "", false
		}
	}
	if c := l.at(); c == 'e' || c == 'E' {
		l.pos++
		if c := l.at(); c == '+' || c == '-' {
			l.pos++
		}
		if !l.digits() {
			return "", false
		}
	}
	return l.text[start:l.pos], true
}

// digits reads at least one digit.
func (l *Lexer) digits() bool {
	start := l.pos
	for c := l.at(); '0' <= c && c <= '9'; c = l.at() {
		l.pos++
	}
	if l.pos == start {
		l.unexpected()
		return false
	}
	return true
}
