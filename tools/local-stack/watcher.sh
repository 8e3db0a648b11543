#!/bin/sh
# watcher.sh OWNER PIDFILE [FOLDER…]: once OWNER is gone, ends the processes that PIDFILE lists and removes the folders.
# OWNER keeps the list to what lives; with the list gone or empty there is nothing left to watch. See watch.ts.
owner=$1
file=$2
shift 2
while kill -0 "$owner" 2>/dev/null; do
  [ -s "$file" ] || exit 0
  sleep 1
done
pids=$(cat "$file" 2>/dev/null)
alive() {
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && return 0; done
  return 1
}
# SIGINT is PostgreSQL's fast shutdown and ends the others as well as SIGTERM does.
for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
left=100
while alive && [ "$left" -gt 0 ]; do
  sleep 0.1
  left=$((left - 1))
done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
rm -f "$file"
for folder in "$@"; do rm -rf "$folder"; done
exit 0
