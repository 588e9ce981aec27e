package main

import (
	"encoding/json"
	"fmt"
)

// settings is what this plugin reads from the jsonData of a data source. Unknown keys are ignored.
type settings struct {
	// Fail makes the health check answer ERROR.
	Fail bool `json:"fail"`
}

// readSettings accepts no bytes and null as "all defaults", since Grafana may send either (CTX-109).
func readSettings(jsonData []byte) (settings, error) {
	var read settings
	if len(jsonData) == 0 {
		return read, nil
	}
	if err := json.Unmarshal(jsonData, &read); err != nil {
		return settings{}, fmt.Errorf("read jsonData: %w", err)
	}
	return read, nil
}
