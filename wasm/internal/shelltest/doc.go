// Package shelltest tests the custom elements of wasm/shell in three browsers, with
// the engines as they are shipped.
package shelltest
