#!/bin/bash
# timed.sh NAME COMMAND…: run a step, then say on stderr how long it took and how it ended.
set -uo pipefail
name=$1
shift
start=$EPOCHREALTIME
"$@"
code=$?
awk -v n="$name" -v a="$start" -v b="$EPOCHREALTIME" -v c="$code" \
    'BEGIN { printf "[%s] %.1f s%s\n", n, b - a, c ? " FAILED (" c ")" : "" }' >&2
exit "$code"
