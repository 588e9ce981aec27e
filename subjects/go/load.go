package main

import (
	"math"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// mostPoints bounds a time series whatever maxDataPoints says: a subject has to be quick, not detailed.
const mostPoints = 100

// pointsIn spreads points over the query's time range, at its interval where that gives no more than allowed.
// A range that is empty or runs backwards has the one point at its start.
func pointsIn(query backend.DataQuery) []time.Time {
	limit := time.Duration(mostPoints)
	if query.MaxDataPoints > 0 && query.MaxDataPoints < mostPoints {
		limit = time.Duration(query.MaxDataPoints)
	}
	from, span := query.TimeRange.From.UTC(), query.TimeRange.Duration()
	if span <= 0 {
		return []time.Time{from}
	}
	step := max(query.Interval, span/limit)
	times := make([]time.Time, 0, limit)
	for offset := time.Duration(0); offset <= span-step || offset == 0; offset += step {
		times = append(times, from.Add(offset))
	}
	return times
}

// loadOf is a wave that depends on nothing but its arguments, so that the same query has the same answer.
func loadOf(host string, at time.Time) float64 {
	phase := float64(len(host))
	return 1 + math.Sin(float64(at.Unix())/60+phase)
}

func loadField(host string, times []time.Time) *data.Field {
	values := make([]float64, len(times))
	for i, at := range times {
		values[i] = loadOf(host, at)
	}
	return data.NewField("load", data.Labels{"host": host}, values)
}
