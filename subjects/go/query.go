package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const defaultScenario = "wide"

// queryModel is what this plugin reads from the JSON of a query. Unknown keys are ignored.
type queryModel struct {
	Scenario string `json:"scenario"`
}

// QueryData answers each query on its own: what is wrong with one is the error of that one.
func (d *Datasource) QueryData(_ context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	response := backend.NewQueryDataResponse()
	for _, query := range req.Queries {
		response.Responses[query.RefID] = answer(query)
	}
	return response, nil
}

func answer(query backend.DataQuery) backend.DataResponse {
	model := queryModel{Scenario: defaultScenario}
	if err := json.Unmarshal(query.JSON, &model); err != nil {
		message := fmt.Sprintf("The query is not valid JSON of the expected form: %s", err)
		return backend.ErrDataResponseWithSource(backend.StatusBadRequest, backend.ErrorSourcePlugin, message)
	}
	play, known := scenarios[model.Scenario]
	if !known {
		// A user can type any name, so the plugin is not at fault: Grafana counts such errors as downstream.
		message := fmt.Sprintf("There is no scenario %q", model.Scenario)
		return backend.ErrDataResponseWithSource(backend.StatusBadRequest, backend.ErrorSourceDownstream, message)
	}
	response := play(query)
	for _, frame := range response.Frames {
		// The query inspector shows it.
		frame.Meta.ExecutedQueryString = "scenario " + model.Scenario
	}
	return response
}
