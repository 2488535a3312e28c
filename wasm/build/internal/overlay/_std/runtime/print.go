package runtime

// Numbers with a fraction are printed by their bits, so that what formats them
// comes along only if a program formats some.

//overlay:from print.go 51e4c0c52466
func printfloat64(v float64) { printhex(float64bits(v)) }

//overlay:from print.go f6bcaf413501
func printfloat32(v float32) { printhex(float64bits(float64(v))) }

//overlay:from print.go 4ae03b4dc1a4
func printcomplex128(c complex128) { print(real(c), " ", imag(c)) }

//overlay:from print.go 046e57fd0869
func printcomplex64(c complex64) { print(real(c), " ", imag(c)) }

// printanycustomtype prints the value of a panic that is neither of a basic
// type nor an error nor has a String method: text as it is, of others the type.
//
//overlay:from error.go ebb66cbdcc31
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

// panicwrap takes the method's name from tables that have been left out, and
// a name that isn't of the form it expects is a fatal error to it.
//
//overlay:from error.go fdc562bd44cc
func panicwrap() { panic(plainError("value method called using nil pointer")) }
