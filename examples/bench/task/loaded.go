package task

// Loaded is what loading a file of pledges took, and what was loaded.
type Loaded struct {
	Seconds   float64  `json:"seconds"`
	Allocated int64    `json:"allocated"` // bytes
	Objects   int64    `json:"objects"`   // allocated
	Kept      int64    `json:"kept"`      // bytes, as long as the pledges are held
	Pledges   int      `json:"pledges"`
	Sum       [32]byte `json:"sum"` // the same for the same pledges, whatever their order
}
