package bundle

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// WriteTable writes a line for each file: its name, and its bytes raw, with gzip and
// with brotli.
func (r *Result) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "raw\tgzip\tbrotli\t  file")
	for _, f := range r.Files {
		fmt.Fprintf(t, "%s\t%s\t%s\t  %s\n", bytesOf(f.Size), bytesOf(f.Gzip), bytesOf(f.Brotli), f.Name)
	}
	return t.Flush()
}

// bytesOf groups the digits: 2,719,638; "-" if there is no such file.
func bytesOf(n int) string {
	if n == 0 {
		return "-"
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
