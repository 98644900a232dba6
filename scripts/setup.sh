#!/usr/bin/env bash
# Installs what is missing, and only that: setup.sh [rust] [viewer] [browsers] [python] [scipy]; without
# names, all but SciPy, which only benchmarks need.
# Everything that isn't the system's own goes to ${CAREO_CACHE:-~/.cache/careo}, by version.
source "$(dirname "$0")/lib.sh"

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    return 1
  fi
}

# apt_install PACKAGE…: names them first.
apt_install() {
  have apt-get || fail "missing: $*" "install these (names as in Debian) and run this again"
  note "installing Debian packages: $*"
  if [ "$(id -u)" != 0 ] && ! have sudo; then
    fail "not root, and there is no sudo" "have someone run: apt-get install $*"
  fi
  if [ -z "${apt_updated:-}" ]; then
    as_root apt-get update -qq || note "apt-get update failed; trying with the lists that are there"
    apt_updated=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    >"$CACHE/apt.log" 2>&1 || {
    tail -n 15 "$CACHE/apt.log" >&2
    fail "apt-get install $*" "the whole output is in $CACHE/apt.log"
  }
}

is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

need_node() {
  have node || fail "there is no Node.js" "install Node $MIN_NODE or newer, with npm: https://nodejs.org/en/download"
  at_least "$(node --version | tr -d v)" $MIN_NODE ||
    fail "Node.js is $(node --version), and $MIN_NODE or newer is needed" "https://nodejs.org/en/download"
  have npm || fail "there is no npm beside Node.js" "install npm"
}

setup_rust() {
  have cc || apt_install gcc libc6-dev
  have git || apt_install git
  have rustc || have rustup || fail "there is no Rust" "install rustup: https://rustup.rs"
  if ! rustc --version >/dev/null 2>&1; then
    note "installing Rust, stable, by rustup"
    rustup toolchain install stable --profile default || fail "rustup toolchain install stable"
    rustup default stable
  fi
  local version
  version=$(rustc --version | cut -d ' ' -f 2)
  at_least "$version" "$MIN_RUST" ||
    fail "rustc is $version, and $MIN_RUST or newer is needed" "rustup update stable"
  local component
  for component in rustfmt clippy; do
    if ! cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1; then
      note "installing the Rust component $component by rustup"
      rustup component add "$component" || fail "rustup component add $component"
    fi
  done
}

# Two ways: the target as rustup serves it, or Debian's newer compiler with its library's sources.
setup_wasm_target() {
  case "${CAREO_WASM_TOOLCHAIN:-any}" in
    rustup) add_wasm_target || fail "rustup target add wasm32-unknown-unknown" "try CAREO_WASM_TOOLCHAIN=debian" ;;
    debian) install_debian_rust ;;
    any) has_rustup_wasm || has_debian_rust || add_wasm_target || install_debian_rust ;;
    *) fail "CAREO_WASM_TOOLCHAIN=$CAREO_WASM_TOOLCHAIN" "use rustup or debian" ;;
  esac
  [ "$(wasm_toolchain)" != rustup ] || add_library_sources
}

add_wasm_target() {
  has_rustup_wasm && return
  have rustup || return 1
  note "installing the Rust target wasm32-unknown-unknown by rustup"
  timeout 60 rustup target add wasm32-unknown-unknown
}

# For the viewer's size only: it is built without, if that can't be had.
add_library_sources() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ] || ! have rustup && return
  note "installing the sources of Rust's library (rust-src) by rustup"
  timeout 60 rustup component add rust-src || note "they can't be had; the viewer becomes larger"
}

install_debian_rust() {
  has_debian_rust && return
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy
  # The linker is only recommended; its package has the name that this link leads to: lld-22.
  [ -x /usr/bin/rust-lld ] || apt_install "$(readlink /usr/bin/rust-lld)"
}

# As build tools they need no optimising: that would take a quarter of an hour.
# install_tool ROOT NAME VERSION OPT_LEVEL [CARGO-OPTION…]
install_tool() {
  local root=$1 name=$2 version=$3 level=$4
  shift 4
  if have cargo-binstall; then
    note "installing $name $version with cargo binstall, into $root"
    cargo binstall --no-confirm --root "$root" "$name@$version" && return
  fi
  note "compiling $name $version, some minutes, into $root"
  # Not into our target folder: its parts are of no use to the project.
  CARGO_TARGET_DIR=$CACHE/build \
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=$level \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install "$name" --version "$version" --root "$root" "$@" ||
    fail "cargo install $name --version $version"
  rm -rf "$CACHE/build"
}

setup_viewer() {
  need_node
  setup_wasm_target
  if [ "$(trunk --version 2>/dev/null)" != "trunk $TRUNK_VERSION" ]; then
    install_tool "$TRUNK_ROOT" trunk "$TRUNK_VERSION" 0 --locked
  fi
  if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $WASM_BINDGEN_VERSION" ]; then
    # Its lock file names versions that not every registry serves.
    install_tool "$WASM_BINDGEN_ROOT" wasm-bindgen-cli "$WASM_BINDGEN_VERSION" 1
  fi
  if [ ! -x "$BINARYEN_ROOT/node_modules/.bin/wasm-opt" ]; then
    note "installing wasm-opt (binaryen $BINARYEN_VERSION) from npm, into $BINARYEN_ROOT"
    npm install --silent --no-fund --no-audit --prefix "$BINARYEN_ROOT" "binaryen@$BINARYEN_VERSION" ||
      note "that failed; the viewer works without it, only larger"
  fi
}

setup_browsers() {
  need_node
  local lock stamp=tests/e2e/node_modules/.installed
  lock=$(cksum <tests/e2e/package-lock.json)
  if [ "$(cat $stamp 2>/dev/null)" != "$lock" ]; then
    note "installing the test tools of tests/e2e/package.json from npm"
    npm ci --silent --prefix tests/e2e || fail "npm ci in tests/e2e"
    echo "$lock" >$stamp
  fi
  have nginx || apt_install nginx-light
  if is_ubuntu; then
    download_browsers
  else
    local missing=()
    [ -n "$(find_chromium)" ] || missing+=(chromium)
    [ -n "$(find_chromedriver)" ] || missing+=(chromium-driver)
    [ -n "$(find_firefox)" ] || missing+=(firefox-esr)
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
  fi
}

# Tools that come as wheels: linters of workflows, and the maker of our own wheel.
setup_python() { python_environment "$PYTHON_ROOT" scripts/requirements.txt; }

# What statistics are compared with.
setup_scipy() { python_environment "$SCIPY_ROOT" bench/requirements.txt; }

# python_environment ROOT REQUIREMENTS
python_environment() {
  local root=$1 wanted=$2
  cmp -s "$wanted" "$root/installed.txt" && return
  # Debian keeps the part that makes environments in a package of its own.
  have python3 && python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3 python3-venv
  note "installing from PyPI, into $root: $(grep -v '^#' "$wanted" | tr '\n' ' ')"
  rm -rf "$root"
  python3 -m venv "$root" || fail "python3 -m venv $root"
  "$root/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" ||
    fail "pip install --requirement $wanted" "is the registry reachable?"
  cp "$wanted" "$root/installed.txt"
}

# Ubuntu's own packages of both browsers are stubs for snap, which neither containers nor
# WebDriver can use.
download_browsers() {
  local bin=tests/e2e/node_modules/.bin version
  if [ -z "$(find_chromium)" ]; then
    note "downloading Chromium (Playwright's), with the system libraries it needs, into $BROWSERS_ROOT"
    "$bin/playwright-core" install --with-deps chromium || fail "playwright-core install chromium" \
      "install a Chromium and name it: CHROMIUM=/path/to/chrome"
  fi
  if [ -z "$(find_chromedriver)" ]; then
    version=$("$(find_chromium)" --version | grep -o '[0-9][0-9.]*' | head -n 1)
    note "downloading chromedriver $version into $BROWSERS_ROOT"
    "$bin/browsers" install "chromedriver@$version" --path "$BROWSERS_ROOT" || fail "chromedriver $version" \
      "install one for this browser and name it: CHROMEDRIVER=/path/to/chromedriver"
  fi
  if [ -z "$(find_firefox)" ]; then
    note "downloading Firefox into $BROWSERS_ROOT"
    "$bin/browsers" install firefox@stable --path "$BROWSERS_ROOT" || fail "firefox" \
      "install a Firefox and name it: FIREFOX=/path/to/firefox"
  fi
}

mkdir -p "$TOOLS"
say "tools: installing what is missing"
[ $# -gt 0 ] || set -- rust viewer browsers python
for part in "$@"; do
  case $part in
    rust | viewer | browsers | python | scipy) "setup_$part" ;;
    *) fail "setup.sh $part" "use: rust, viewer, browsers, python, scipy" ;;
  esac
done
