// Package overlay makes engines smaller by compiling a few functions of Go's
// library and of the binding in a shorter form. Both were written for programs
// of every kind; an engine in a page
//
//   - isn't traced, profiled or debugged by environment variables, and prints no
//     tracebacks, for which it has no tables (package trim takes them out);
//   - can't give memory back, and has one thread;
//   - formats no errors with %+v, for which the binding brings package fmt.
//
// The linker leaves out what can't be reached any more, so an edit of one line
// may save thousands. Each file below _std is one edit: functions of one aim in
// the form that takes the place of the original, each with the file that it is in
// and the sum of the source that it was written for, without comments. Where one
// of its functions is another one, or where the sources around them don't go with
// it, the edit is left out alone. The files below _safejs are one edit together.
// The compiler sees the edited files in place of the originals; nothing on the
// disk changes.
//
// An edit of Go's library must save 3,000 bytes of the widget's engine with
// brotli, and there are 15 at most: make sizes says what each saves. After an
// update of Go or of the binding go test -update notes the sums of what there is
// then. Read what has changed in those functions first, and in who calls them.
package overlay
