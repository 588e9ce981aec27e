package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// scenario answers one query. It sees the whole query, so that one which follows instructions found in
// query.JSON can be added to the table below without touching anything else.
type scenario func(query backend.DataQuery) backend.DataResponse

var scenarios = map[string]scenario{
	"table":   table,
	"wide":    wide,
	"long":    long,
	"multi":   multi,
	"numeric": numeric,
	"logs":    logs,
	"nodata":  noData,
	"error":   failing,
}

// hosts are the machines whose made-up load the scenarios report.
var hosts = []string{"alpha", "beta"}

// Versions of the frame types: 0.1 puts a frame under the dataplane contract, 0.0 is for types outside of it.
var (
	underContract = data.FrameTypeVersion{0, 1}
	noContract    = data.FrameTypeVersion{0, 0}
)

func table(query backend.DataQuery) backend.DataResponse {
	full, none := 0.97, (*float64)(nil)
	frame := data.NewFrame("disks",
		data.NewField("name", nil, []string{"root", "home", "backup"}),
		data.NewField("size", nil, []int64{64, 512, 4096}),
		data.NewField("usage", nil, []*float64{&full, none, none}),
		data.NewField("mounted", nil, []bool{true, true, false}),
		data.NewField("checked", nil, []time.Time{query.TimeRange.From, query.TimeRange.From, query.TimeRange.To}),
	)
	return framesOf(data.FrameTypeTable, noContract, frame)
}

func wide(query backend.DataQuery) backend.DataResponse {
	times := pointsIn(query)
	frame := data.NewFrame("load", data.NewField(data.TimeSeriesTimeFieldName, nil, times))
	for _, host := range hosts {
		frame.Fields = append(frame.Fields, loadField(host, times))
	}
	return framesOf(data.FrameTypeTimeSeriesWide, underContract, frame)
}

func multi(query backend.DataQuery) backend.DataResponse {
	times := pointsIn(query)
	var frames data.Frames
	for _, host := range hosts {
		frames = append(frames, data.NewFrame("load",
			data.NewField(data.TimeSeriesTimeFieldName, nil, times),
			loadField(host, times),
		))
	}
	return framesOf(data.FrameTypeTimeSeriesMulti, underContract, frames...)
}

func long(query backend.DataQuery) backend.DataResponse {
	frame := data.NewFrame("load",
		data.NewField(data.TimeSeriesTimeFieldName, nil, []time.Time{}),
		data.NewField("load", nil, []float64{}),
		data.NewField("host", nil, []string{}),
	)
	for _, at := range pointsIn(query) {
		for _, host := range hosts {
			frame.AppendRow(at, loadOf(host, at), host)
		}
	}
	return framesOf(data.FrameTypeTimeSeriesLong, underContract, frame)
}

func numeric(query backend.DataQuery) backend.DataResponse {
	frame := data.NewFrame("load")
	for _, host := range hosts {
		frame.Fields = append(frame.Fields, loadField(host, []time.Time{query.TimeRange.To}))
	}
	return framesOf(data.FrameTypeNumericWide, underContract, frame)
}

func logs(query backend.DataQuery) backend.DataResponse {
	frame := data.NewFrame("log",
		data.NewField("timestamp", nil, []time.Time{}),
		data.NewField("body", nil, []string{}),
		data.NewField("severity", nil, []string{}),
		data.NewField("id", nil, []string{}),
		data.NewField("labels", nil, []json.RawMessage{}),
	)
	for _, at := range pointsIn(query) {
		for _, host := range hosts {
			body := fmt.Sprintf("load of %s is %.2f", host, loadOf(host, at))
			id := fmt.Sprintf("%s-%d", host, at.UnixNano())
			frame.AppendRow(at, body, "info", id, json.RawMessage(fmt.Sprintf(`{"host":%q}`, host)))
		}
	}
	response := framesOf(data.FrameTypeLogLines, noContract, frame)
	frame.Meta.PreferredVisualization = data.VisTypeLogs
	return response
}

// noData is "no data" in the form that the dataplane contract prefers: one typed frame without fields.
func noData(backend.DataQuery) backend.DataResponse {
	return framesOf(data.FrameTypeTimeSeriesWide, underContract, data.NewFrame("load"))
}

// failing is a database behind the plugin that can not be reached.
func failing(backend.DataQuery) backend.DataResponse {
	message := "The database refused the connection"
	return backend.ErrDataResponseWithSource(http.StatusBadGateway, backend.ErrorSourceDownstream, message)
}

// framesOf declares the same type on every frame, as consumers expect it.
func framesOf(kind data.FrameType, version data.FrameTypeVersion, frames ...*data.Frame) backend.DataResponse {
	for _, frame := range frames {
		frame.Meta = &data.FrameMeta{Type: kind, TypeVersion: version}
	}
	return backend.DataResponse{Frames: frames, Status: backend.StatusOK}
}
