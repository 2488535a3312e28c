// Package policy holds no code. Its tests state which package may import which,
// what a web page never links, and that the links and the Go of the documents
// are right.
package policy
