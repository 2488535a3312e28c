package locale

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// calendar is how a language writes a date in full.
type calendar struct {
	day, month, year Template // what is known of the date: all, its month, its year
	first            string   // the first day of a month, where it isn't written "1"
	ofDay            *[12]string
	alone            *[12]string // the names of months where there is no day
}

var calendars = [count]calendar{
	{"{month} {d}, {y}", "{month} {y}", "{y}", "", &english, &english},
	{"{d} {month} {y}", "{month} {y}", "{y}", "1er", &french, &french}, // CLDR has 1
	{"{d} de {month} de {y}", "{month} de {y}", "{y}", "", &spanish, &spanish},
	{"{d} {month} {y}", "{month} {y}", "{y}", "", &arabicMonths, &arabicMonths},
	{"{d} {month} {y} г.", "{month} {y} г.", "{y}", "", &russianOfDay, &russianAlone},
	{"{y}年{month}{d}日", "{y}年{month}", "{y}年", "", &chinese, &chinese},
}

var (
	english = [12]string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"}
	french = [12]string{"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	spanish = [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio",
		"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}
	arabicMonths = [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
		"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}
	russianOfDay = [12]string{"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря"}
	russianAlone = [12]string{"январь", "февраль", "март", "апрель", "май", "июнь",
		"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}
	chinese = [12]string{"1月", "2月", "3月", "4月", "5月", "6月",
		"7月", "8月", "9月", "10月", "11月", "12月"}
)

// Date returns a date in CLDR's long form, with as much of it as is known:
// "May 20, 2022", "May 2022" or "2022"; but in French the first of a month is
// "1er", as everyone writes. It returns "" for the zero Date.
func Date(lang gcm.Language, d gcm.Date) string {
	c := &calendars[index(lang)]
	year := Value{"y", strconv.Itoa(d.Year())}
	switch {
	case !d.IsValid():
		return ""
	case d.Month() == 0:
		return c.year.Fill(year)
	case d.Day() == 0:
		return c.month.Fill(year, Value{"month", c.alone[d.Month()-1]})
	}
	day := strconv.Itoa(d.Day())
	if d.Day() == 1 && c.first != "" {
		day = c.first
	}
	return c.day.Fill(year, Value{"month", c.ofDay[d.Month()-1]}, Value{"d", day})
}
