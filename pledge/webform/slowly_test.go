//go:build race || js

package webform

// slowly says that everything takes about ten times as long, so that tests of
// large amounts do with less of it.
const slowly = true
