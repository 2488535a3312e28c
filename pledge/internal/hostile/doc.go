// Package hostile draws feeds as the world sends them, broken and messy, and
// recounts them plainly. It is for tests only: see [Run].
//
// [Draw] makes a feed of a seed: the same one each time, on every platform.
// [Recount] is the oracle. It reads JSON by jsontext, cuts a stream and interprets
// its records byte by byte and value by value, keeps all in maps, and counts in
// one loop. It shares nothing with what it checks but the vocabulary (gcm and
// objectives), and is meant to be read beside the documentation of package tally.
package hostile
