// Changed functions of github.com/hack-pad/safejs, which is under the Apache
// License 2.0.

package catch

import "errors"

// recoverValueToError words the value of a panic without fmt. syscall/js panics
// with errors and with strings; of anything else the type isn't worth its
// bytes.
//
//overlay:from catch.go 0b6aa68484e7
func recoverValueToError(value any) error {
	switch value := value.(type) {
	case nil:
		return nil
	case error:
		return value
	case js.Value:
		return js.Error{Value: value}
	case string:
		return errors.New(value)
	case interface{ String() string }:
		return errors.New(value.String())
	default:
		return errors.New("a panic with a value that is neither text nor an error")
	}
}
