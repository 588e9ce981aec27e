// Command gpx_conformance_go is a data source plugin on the official Grafana plugin SDK for Go. The harness is
// run on it to prove that it breaks no MUST rule on a plugin whose runtime was written by Grafana Labs.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
)

// pluginID is the id in plugin.json.
const pluginID = "conformance-go-datasource"

func main() {
	if err := datasource.Manage(pluginID, newDatasource, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("Could not serve the plugin", "error", err)
		os.Exit(1)
	}
}
