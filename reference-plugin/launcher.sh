#!/bin/sh
# Starts main.js beside this file with Node, also where the environment has no PATH (LIFE-023).
# `exec`, because the process that the host started has to be the plugin itself (LIFE-011).
for node in '@NODE@' /usr/local/bin/node /usr/bin/node /opt/homebrew/bin/node; do
  if [ -x "$node" ]; then exec "$node" "${0%/*}/main.js" "$@"; fi
done
exec node "${0%/*}/main.js" "$@"
