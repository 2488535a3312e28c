package cpu

// Settings for processors that come by GODEBUG.
//
//overlay:from cpu.go dcbdaaee4fd9
func processOptions(env string) {}
