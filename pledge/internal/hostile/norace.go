//go:build !race

package hostile

// usual is how many feeds are drawn unless a flag says so.
const usual = 2000
