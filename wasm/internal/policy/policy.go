// Package policy holds no code: its test states which package may import
// which, and what a web page never links.
package policy
