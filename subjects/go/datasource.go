package main

import (
	"context"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"
)

// The SDK finds out by type assertion what an instance serves and answers UNIMPLEMENTED for the rest, so a
// misspelled method would go unnoticed without these lines. Chunked queries are left to the SDK on purpose.
var (
	_ backend.QueryDataHandler    = (*Datasource)(nil)
	_ backend.CallResourceHandler = (*Datasource)(nil)
	_ backend.CheckHealthHandler  = (*Datasource)(nil)
	_ backend.StreamHandler       = (*Datasource)(nil)
)

// Datasource is one configured data source. The SDK makes a new one whenever its settings change.
type Datasource struct {
	backend.CallResourceHandler
	settings settings
}

// newDatasource is the instance factory given to the SDK.
func newDatasource(_ context.Context, config backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	settings, err := readSettings(config.JSONData)
	if err != nil {
		return nil, err
	}
	return &Datasource{
		CallResourceHandler: httpadapter.New(newResources()),
		settings:            settings,
	}, nil
}

// CheckHealth says OK unless the settings ask for a failure.
func (d *Datasource) CheckHealth(context.Context, *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if d.settings.Fail {
		return &backend.CheckHealthResult{
			Status:  backend.HealthStatusError,
			Message: "The data source fails because its settings say so (jsonData.fail is true)",
		}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: "The data source works"}, nil
}
