// What the ECMAScript Intl says about numbers, plural forms, dates, amounts of
// money and the order of names in the six languages. Write it to intl.tsv with a Node whose CLDR is the one that
// doc.go names:
//
//	node intl.mjs > intl.tsv

import { readFileSync } from "node:fs";

const languages = ["en", "fr", "es", "ar", "ru", "zh"];
const row = (kind, value, say) => console.log([kind, value, ...languages.map(say)].join("\t"));

console.log(`# Printed by intl.mjs with CLDR ${process.versions.cldr}. An empty line or one that begins with # holds no data.`);
console.log(["kind", "value", ...languages].join("\t"));

const numbers = new Set([-12345, -10000, -1234, -1000, -111, -21, -5, -2, -1]);
for (let n = 0; n <= 130; n++) numbers.add(n);
for (const base of [200, 300, 1000, 1100, 2000, 9990, 10000, 12000, 99990, 100000, 999990, 1000000]) {
  for (let n = 0; n <= 12; n++) numbers.add(base + n);
}
for (const n of [1234567, 2000000, 3500000, 10000000, 12345678, 123456789, 1e9, 2000000011, 1e12, 2 ** 53 - 1]) numbers.add(n);
for (const n of numbers) row("number", n, (l) => new Intl.NumberFormat(l).format(n));
for (const n of numbers) row("plural", n, (l) => new Intl.PluralRules(l).select(n));

const say = (value, options) => (l) =>
  new Intl.DateTimeFormat(l, { ...options, timeZone: "UTC" }).format(new Date(value.padEnd(7, "-01").padEnd(10, "-01") + "T00:00:00Z"));
const days = ["0005-05-08", "1999-12-31", "2018-12-10", "2024-02-29", "2026-05-08", "9999-12-31"];
for (let m = 1; m <= 12; m++) days.push(`2022-${String(m).padStart(2, "0")}-01`, `2022-${String(m).padStart(2, "0")}-20`);
for (const d of days) row("date", d, say(d, { dateStyle: "long" }));
for (let m = 1; m <= 12; m++) row("date", `2022-${String(m).padStart(2, "0")}`, say(`2022-${String(m).padStart(2, "0")}`, { year: "numeric", month: "long" }));
for (const y of ["0005", "0999", "2022", "9999"]) row("date", y, say(y, { year: "numeric" }));

const amounts = ["0.00", "0.05", "1.00", "999.99", "1000.00", "1234.50", "9999.00", "10000.00", "200000.00", "1234567.89", "12345678901234567890123.45", "-0.05", "-1234.50"];
const money = [...amounts.map((a) => ["EUR", a]), ["JPY", "1234"], ["JPY", "12345"], ["KWD", "1234.125"], ["CLF", "12345.6789"]];
for (const [currency, amount] of money) {
  const minimumFractionDigits = amount.split(".")[1]?.length ?? 0;
  row("money", `${currency} ${amount}`, (l) => new Intl.NumberFormat(l, { style: "currency", currency, currencyDisplay: "code", minimumFractionDigits }).format(amount));
}

// The States by name; Chinese ones in the order of pinyin.
const [head, ...states] = readFileSync(new URL("../../../../gcm/states.tsv", import.meta.url), "utf8")
  .split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
const order = languages.map((lang) => {
  const { compare } = new Intl.Collator(lang);
  return states.toSorted((a, b) => compare(a[head.indexOf(lang)], b[head.indexOf(lang)])).map((s) => s[0]);
});
states.forEach((_, i) => row("order", i, (l) => order[languages.indexOf(l)][i]));
