#!/bin/sh
# Builds the plugin for this machine into dist/, as Grafana expects to find it: plugin.json and, beside it,
# the executable with the suffix _<os>_<arch>. Honours GOOS and GOARCH.
set -eu
cd "$(dirname "$0")"

executable="gpx_conformance_go_$(go env GOOS)_$(go env GOARCH)$(go env GOEXE)"

mkdir -p dist/img
CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o "dist/$executable" .
cp plugin.json dist/plugin.json
cp img/logo.svg dist/img/logo.svg

echo "Built subjects/go/dist/$executable ($(wc -c <"dist/$executable" | tr -d ' ') bytes) and plugin.json"
