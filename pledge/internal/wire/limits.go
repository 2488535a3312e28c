package wire

// How many values the lists of a record may have. A record with more can't be read,
// by whoever reads it.
const (
	MaxPledgers      = 500 // all States and as many bodies
	MaxThemes        = 64
	MaxStates        = 197 // as many as there are
	MaxContributions = 100
	MaxLinks         = 50  // of a pledge, and of a report
	MaxReports       = 100 // two a year for fifty years
	MaxIndicators    = 50  // of a report
)
