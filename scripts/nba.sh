#!/usr/bin/env bash
# Writes the NBA case as a site and as a packed file: nba.sh CAREO OUT (site/ and nba.html in OUT).
# Demo, end-to-end tests and benchmarks all show this one.
set -euo pipefail
careo=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")

# From inside, so that the artifacts have the names that the pipeline gave them.
cd "$(dirname "$0")/../tests/fixtures/nba"
report=(
  metrics.json predictions.csv confusion_matrix.json classification_report.json
  exp-show.json experiments/*/predictions.csv conf_mat.png report.md
  --baseline master=baselines/C10
  --pr https://github.com/datacubeR/dvc_tutorial/pull/3
)
rm -rf "$out/site" "$out/nba.html"
"$careo" site "${report[@]}" -o "$out/site"
"$careo" pack "${report[@]}" -o "$out/nba.html"
