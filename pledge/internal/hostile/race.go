//go:build race

package hostile

// usual is how many feeds are drawn unless a flag says so. The race detector takes
// about fifteen times as long, and counts nothing else.
const usual = 200
