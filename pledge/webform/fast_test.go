//go:build !race && !js

package webform

// slowly is explained where it is true.
const slowly = false
