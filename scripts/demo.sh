#!/usr/bin/env bash
# Writes the NBA case to target/demo/, by the command line that `make build` left, and serves it.
# PORT: 8080 unless given, the next free one if taken. SERVE=0: only write.
source "$(dirname "$0")/lib.sh"

say "demo: the NBA case, as a site and as one file"
scripts/nba.sh target/release/careo target/demo || fail "writing target/demo" "run: make build"

echo "  the site:      target/demo/site/"
echo "  the one file:  file://$PWD/target/demo/nba.html"
[ "${SERVE:-1}" != 0 ] || exit 0
# Pages serves a repository under its name, and a pull request below that.
exec target/release/careo serve target/demo/site --under /dvc_tutorial/pr/3/ --port "${PORT:-8080}"
