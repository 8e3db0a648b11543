#!/bin/sh
# watcher.sh OWNER PIDS [FOLDER…]: ends the processes PIDS (space-separated) once OWNER is gone, then removes the folders.
# Ends by itself when all of PIDS have ended, so that it never meets a later process with one of their ids. See watch.ts.
owner=$1
pids=$2
shift 2
alive() {
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && return 0; done
  return 1
}
while kill -0 "$owner" 2>/dev/null; do
  alive || break
  sleep 0.5
done
if ! kill -0 "$owner" 2>/dev/null; then
  # SIGINT is PostgreSQL's fast shutdown and ends the others as well as SIGTERM does.
  for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
  left=100
  while alive && [ "$left" -gt 0 ]; do
    sleep 0.1
    left=$((left - 1))
  done
  for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
  for folder in "$@"; do rm -rf "$folder"; done
fi
exit 0
