package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Pace of the stream `tick`, and the paces that `tick/<ms>` can be asked for.
const (
	defaultPace = time.Second
	fastestPace = time.Millisecond
	slowestPace = time.Hour
)

// SubscribeStream gives a subscriber the schema, so that later packets can be rows only.
func (d *Datasource) SubscribeStream(_ context.Context, req *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	if _, found := paceOf(req.Path); !found {
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusNotFound}, nil
	}
	schema, err := backend.NewInitialFrame(tickFrame(), data.IncludeSchemaOnly)
	if err != nil {
		return nil, err
	}
	return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusOK, InitialData: schema}, nil
}

// RunStream sends one row at once and then one per tick, until the host has no subscriber left.
func (d *Datasource) RunStream(ctx context.Context, req *backend.RunStreamRequest, sender *backend.StreamSender) error {
	pace, found := paceOf(req.Path)
	if !found {
		return status.Errorf(codes.NotFound, "there is no stream %q", req.Path)
	}
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for at := time.Now(); ; {
		frame := tickFrame()
		frame.AppendRow(at, loadOf(hosts[0], at))
		if err := sender.SendFrame(frame, data.IncludeDataOnly); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case at = <-ticker.C:
		}
	}
}

// PublishStream lets nobody publish: the plugin is the only source of its streams.
func (d *Datasource) PublishStream(context.Context, *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	return &backend.PublishStreamResponse{Status: backend.PublishStreamStatusPermissionDenied}, nil
}

// paceOf reads the paths `tick` and `tick/<ms>`.
func paceOf(path string) (time.Duration, bool) {
	if path == "tick" {
		return defaultPace, true
	}
	text, found := strings.CutPrefix(path, "tick/")
	if !found {
		return 0, false
	}
	ms, err := strconv.ParseUint(text, 10, 32)
	pace := time.Duration(ms) * time.Millisecond
	return pace, err == nil && pace >= fastestPace && pace <= slowestPace
}

func tickFrame() *data.Frame {
	return data.NewFrame("tick",
		data.NewField(data.TimeSeriesTimeFieldName, nil, []time.Time{}),
		data.NewField(data.TimeSeriesValueFieldName, nil, []float64{}),
	)
}
