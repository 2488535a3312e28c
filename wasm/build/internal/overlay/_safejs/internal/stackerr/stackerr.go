// Changed functions of github.com/hack-pad/safejs, which is under the Apache
// License 2.0.

package stackerr

// WithStack wraps err as ever. The stack isn't collected: nobody formats the
// error with %+v, and the engine has no tables to look it up in.
//
//overlay:from stackerr.go 5dec77c09d3f
func WithStack(err error) error {
	if err == nil {
		return nil
	}
	return &stackError{err: err}
}

// Format and what it prints bring fmt along.
//
//overlay:remove stackerr.go ee5335dd499e (*stackError).Format
//overlay:remove stackerr.go 91aaf5e73792 collectStacktrace
//overlay:remove stackerr.go 5ae94f4ab5f5 (*stacktrace).String
