#!/usr/bin/env bash
# Measures and writes docs/benchmarks.md, all of it or the named sections: bench.sh [SECTION…] [REPEATS]
# with sizes, load, read, publish, table, evidence, confusion. Needs what `make build` leaves.
source "$(dirname "$0")/lib.sh"

say "bench: the NBA case and a large file"
scripts/nba.sh target/release/careo target/demo || fail "writing target/demo" "run: make build"
mkdir -p target/bench
say "bench: what table and matrix are measured against"
npm ci --prefix bench --no-audit --no-fund || fail "npm ci in bench" "is the npm registry there?"
say "bench: measuring"
CHROMIUM=$(find_chromium) SCIPY=$SCIPY_ROOT/bin/python node bench/run.mjs "$@" || fail "measuring" "the lines above say why"
