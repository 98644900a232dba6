#!/usr/bin/env bash
# Builds what ships: build.sh [viewer] [careo]; without names, both.
# The viewer goes to dist/, the command line, with the viewer inside, to target/release/careo.
source "$(dirname "$0")/lib.sh"

build_viewer() (
  use_wasm_toolchain
  use_small_library
  say "viewer: building with Trunk ($(wasm_toolchain)'s compiler) into dist/"
  # Trunk must not download tools, and hands its `--offline` on to cargo; so the crates come first.
  cargo fetch --locked --target wasm32-unknown-unknown || fail "cargo fetch" "is the registry reachable?"
  trunk build --offline --release --locked --color "$CARGO_TERM_COLOR" || fail "trunk build" \
    "the lines above say why; with a wrong or missing tool: make setup"
)

build_careo() {
  say "careo: building target/release/careo"
  cargo build --release --locked --bin careo || fail "cargo build --release" "the lines above say why"
}

[ $# -gt 0 ] || set -- viewer careo
for part in "$@"; do
  case $part in
    viewer | careo) "build_$part" ;;
    *) fail "build.sh $part" "use: viewer, careo" ;;
  esac
done
