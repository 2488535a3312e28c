package view

import "github.com/gcmkit/gcmkit/pledge/view/locale"

// steps is how many numbers a count has; at 60 a second it takes 0.4 seconds.
const steps = 24

// CountFrom returns the numbers that a count from the total of an older view to
// that of v passes, quickly at first and slowly at the end, each as the language
// writes it and without the last one. There are none if nothing lies between the
// two, or if old is nil, the zero View or one in another language: nobody has
// counted from a number that wasn't there.
func (v *View) CountFrom(old *View) []string {
	if old == nil || old.lang != v.lang {
		return nil
	}
	from, way := old.total, v.total-old.total
	if way >= -1 && way <= 1 || way > 1<<40 || way < -1<<40 { // int64 has room to multiply
		return nil
	}
	var numbers []string
	for left := steps - 1; left > 0; left-- {
		// What is left to go falls with the third power of the time that is left.
		const whole = steps * steps * steps
		gone := int64(way) * int64(whole-left*left*left) / whole
		numbers = append(numbers, locale.Number(v.lang, from+int(gone)))
	}
	return numbers
}
