# What every script here shares: where things are, and how they say what happens. To be sourced.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
# The tool that writes the glue has to be of the very version that the crate has.
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen = .*version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
MIN_RUST=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
MIN_NODE=20

CACHE=${CAREO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/careo}
TOOLS=$CACHE/tools
TRUNK_ROOT=$TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_ROOT=$TOOLS/wasm-bindgen-cli-$WASM_BINDGEN_VERSION
BINARYEN_ROOT=$TOOLS/binaryen-$BINARYEN_VERSION
# By its contents: another list is another environment.
PYTHON_ROOT=$TOOLS/python-$(cksum <scripts/requirements.txt | cut -d ' ' -f 1)
SCIPY_ROOT=$TOOLS/scipy-$(cksum <bench/requirements.txt | cut -d ' ' -f 1)
BROWSERS_ROOT=$CACHE/browsers
export PLAYWRIGHT_BROWSERS_PATH=$BROWSERS_ROOT/playwright

# rustup puts itself here, but a shell that was open before doesn't know it.
PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH:/usr/sbin
TOOL_PATH=$TRUNK_ROOT/bin:$WASM_BINDGEN_ROOT/bin:$BINARYEN_ROOT/node_modules/.bin
export PATH=$TOOL_PATH:$PATH
# `make build` promises target/release/careo, whatever the machine's own setting is.
export CARGO_TARGET_DIR=$PWD/target
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-$([ -t 2 ] && echo always || echo never)}

if [ -t 2 ]; then bold=$'\e[1m' red=$'\e[1;31m' plain=$'\e[0m'; else bold='' red='' plain=''; fi

say() { printf '\n%s==> %s%s\n' "$bold" "$*" "$plain" >&2; }
note() { printf '    %s\n' "$*" >&2; }

# fail WHAT [HELP…]: the last words of a script.
fail() {
  printf '\n%sfailed:%s %s\n' "$red" "$plain" "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  help: %s\n' "$line" >&2; done
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least HAVE WANT: compares dotted version numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Debian's `rustc-web`, a current compiler beside rustup's, with the sources of its library.
has_debian_rust() {
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/clippy-driver ] && [ -x /usr/bin/rust-lld ] &&
    [ -d /usr/lib/rustlib/src/rust/library ] &&
    at_least "$(/usr/bin/rustc --version | cut -d ' ' -f 2)" "$MIN_RUST"
}

has_rustup_wasm() {
  [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown/lib" ]
}

# The way to the wasm target that is there: rustup, debian or none.
# CAREO_WASM_TOOLCHAIN forces one.
wasm_toolchain() {
  if [ -n "${CAREO_WASM_TOOLCHAIN:-}" ]; then
    echo "$CAREO_WASM_TOOLCHAIN"
  elif has_rustup_wasm; then
    echo rustup
  elif has_debian_rust; then
    echo debian
  else
    echo none
  fi
}

# Sets up this shell for builds to wasm, with a target folder of their own: two compilers would
# build everything anew at each turn.
use_wasm_toolchain() {
  case "$(wasm_toolchain)" in
    rustup) export CARGO_TARGET_DIR=$PWD/target/wasm ;;
    debian)
      # Debian's compiler has no wasm library; it builds it from the sources that come with it.
      export CARGO_TARGET_DIR=$PWD/target/wasm-debian
      export PATH=$TOOL_PATH:/usr/bin:$PATH RUSTC=/usr/bin/rustc
      export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
      ;;
    none) fail "there is no compiler for wasm" "run: make setup" ;;
    *) fail "CAREO_WASM_TOOLCHAIN=$CAREO_WASM_TOOLCHAIN" "use rustup or debian" ;;
  esac
}

# Sets up this shell for a small viewer. SHA-256 is a loop; and where the standard library's sources
# are, it is built for size too: a panic is a bare trap, which public/loader.js turns into a
# sentence, and what nobody would read (places, `Debug` texts) is left out. Stable compilers take these flags by RUSTC_BOOTSTRAP.
use_small_library() {
  export RUSTFLAGS="--cfg sha2_backend_soft=\"compact\""
  if [ -d "$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/src/rust/library" ]; then
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
    RUSTFLAGS+=" -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"
  else
    note "no sources of Rust's library: the viewer becomes some 10 % larger (make setup)"
  fi
}

# newest PATTERN: the last of the files that fit, by version; nothing where none does.
newest() { compgen -G "$1" | sort -V | tail -n 1 || true; }

# The browser for tests: $CHROMIUM, else one on PATH that answers (Ubuntu's package is a stub
# that doesn't), else the one that setup downloaded.
find_chromium() {
  local command
  for command in "${CHROMIUM:-}" chromium google-chrome google-chrome-stable chrome; do
    if [ -n "$command" ] && "$command" --version >/dev/null 2>&1; then
      command -v "$command"
      return
    fi
  done
  newest "$PLAYWRIGHT_BROWSERS_PATH/chromium-*/chrome-linux*/chrome"
}

find_chromedriver() {
  if have "${CHROMEDRIVER:-chromedriver}" && "${CHROMEDRIVER:-chromedriver}" --version >/dev/null 2>&1; then
    command -v "${CHROMEDRIVER:-chromedriver}"
  else
    newest "$BROWSERS_ROOT/chromedriver/*/*/chromedriver"
  fi
}

find_firefox() {
  local command
  for command in "${FIREFOX:-}" firefox-esr firefox; do
    if [ -n "$command" ] && "$command" --version >/dev/null 2>&1; then
      command -v "$command"
      return
    fi
  done
  newest "$BROWSERS_ROOT/firefox/*/firefox/firefox"
}
