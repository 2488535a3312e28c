//go:build !js

package task

import "encoding/json"

func parse(text []byte) (job Job, err error) {
	return job, json.Unmarshal(text, &job)
}
