#!/bin/sh
# Builds the plugin for this machine into dist/, as Grafana expects to find it: plugin.json and, beside it, the executable with the
# suffix _<os>_<arch>. The executable is a script that becomes the Python of a virtual environment in dist/ (LIFE-011).
set -eu
cd "$(dirname "$0")"

python=$(command -v python3)
os=$(uname -s | tr '[:upper:]' '[:lower:]')
case $(uname -m) in
  x86_64) arch=amd64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
executable="gpx_conformance_python_${os}_${arch}"

mkdir -p dist/img
if ! cmp -s requirements.txt dist/requirements.txt; then
  rm -rf dist/venv dist/tools dist/generated
  "$python" -m venv dist/venv
  dist/venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
  "$python" -m venv dist/tools
  dist/tools/bin/pip install --quiet --disable-pip-version-check grpcio-tools==1.85.1
  mkdir -p dist/generated
  dist/tools/bin/python -m grpc_tools.protoc -I ../../proto/grafana -I ../../proto/hashicorp \
    --python_out=dist/generated --grpc_python_out=dist/generated \
    ../../proto/grafana/backend.proto ../../proto/hashicorp/grpc_controller.proto
  rm -rf dist/tools
  cp requirements.txt dist/requirements.txt
fi
rm -rf dist/gpx
cp -R gpx dist/gpx
cp plugin.json dist/plugin.json
cp img/logo.svg dist/img/logo.svg
cat >"dist/$executable" <<'LAUNCHER'
#!/bin/sh
# No PATH is needed, and no variable of the host's Python reaches this one (LIFE-023).
here=${0%/*}
exec "$here/venv/bin/python3" -I "$here/gpx" "$@"
LAUNCHER
chmod 755 "dist/$executable"

echo "Built subjects/python/dist/$executable and plugin.json"
