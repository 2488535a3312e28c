//go:build !js

package bundle

import "testing"

func TestCounterStyleHasWhatACounterNeeds(t *testing.T) {
	for _, test := range []struct{ name, css, want string }{
		{"its parts", `[part~=number]{color:red}[part~=bar]{color:red}`, `[part~=number]{color:red}`},
		{"one selector of several", `p,table,[part~=row] p,[part~=foot]>summary{margin:0}`, `p,[part~=foot]>summary{margin:0}`},
		{"what stands in parentheses may be anything", `[part~=head]:not([part~=row],table)>p{margin:0}`, `[part~=head]:not([part~=row],table)>p{margin:0}`},
		{"one of a choice", `[part~=zero] :is([part~=number],[part~=bar]){top:0}`, `[part~=zero] :is([part~=number]){top:0}`},
		{"a choice without one", `[open]:is([part~=fold],[part~=data])>summary:before,p{top:0}`, `p{top:0}`},
		{"other sizes", `:host([size="inline" i]),p{top:0}button:disabled{top:0}`, `p{top:0}`},
		{"rules within rules", `@media print{tr{margin:0}}@media screen{@supports (a:b){li,a{margin:0}}}`, `@media screen{@supports (a:b){a{margin:0}}}`},
		{"other rules", `@charset "x;{";@keyframes a{from{top:0}to{top:1px}}`, `@charset "x;{";@keyframes a{from{top:0}to{top:1px}}`},
		{"braces in strings", `a:after{content:"}table{\""}ol{top:0}`, `a:after{content:"}table{\""}`},
		{"properties that are used", `:host{--a:var(--b);--b:1px;--c:2px;--d:3px}p{top:var(--a)}li{top:var(--c)}`, `:host{--a:var(--b);--b:1px;}p{top:var(--a)}`},
		{"names that begin alike", `tablex,thx{top:0}a table,a>th,a td:first-child{top:0}`, `tablex,thx{top:0}`},
	} {
		if got := counterStyle(test.css); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
