// Changed functions of github.com/hack-pad/safejs, which is under the Apache
// License 2.0.

package stackerr

// WithStack wraps err as ever. The stack isn't collected: nobody formats the
// error with %+v, and the engine has no tables to look it up in.
//
//overlay:from stackerr.go e77bbc0495f8
func WithStack(err error) error {
	if err == nil {
		return nil
	}
	return &stackError{err: err}
}

// Format and what it prints bring fmt along.
//
//overlay:remove stackerr.go 4d5ff3accb09 (*stackError).Format
//overlay:remove stackerr.go 80bd798f7799 collectStacktrace
//overlay:remove stackerr.go 637f74fb9047 (*stacktrace).String
