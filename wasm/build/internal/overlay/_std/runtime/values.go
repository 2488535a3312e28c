// Formatting the values that print and panics show. Numbers with a fraction are
// shown by their bits, so that what formats them, and its tables, come along only
// if a program formats some. Of a type that a program has made the name is shown,
// and the value if it is text.
package runtime

//overlay:from print.go 994a9f50159a
func printfloat64(v float64) { printhex(float64bits(v)) }

//overlay:from print.go b42bd9c5e315
func printfloat32(v float32) { printhex(float64bits(float64(v))) }

//overlay:from print.go 1aeceb2f59ed
func printcomplex128(c complex128) { print(real(c), " ", imag(c)) }

//overlay:from print.go 673ab766cadf
func printcomplex64(c complex64) { print(real(c), " ", imag(c)) }

//overlay:from error.go 60111b428605
func printanycustomtype(i any) {
	eface := efaceOf(&i)
	typestring := toRType(eface._type).string()
	if eface._type.Kind() == abi.String {
		print(typestring, `("`)
		printindented(*(*string)(eface.data))
		print(`")`)
		return
	}
	print("(", typestring, ") ", eface.data)
}
