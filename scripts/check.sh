#!/usr/bin/env bash
# Checks, each by its name: check.sh [STEP…]; without names, all of them.
# Each step's output is also in target/check/STEP.log; the last lines sum up.
source "$(dirname "$0")/lib.sh"

STEPS=(format lint viewer clippy clippy-wasm test test-s3 test-wasm e2e)
LOGS=target/check
mkdir -p $LOGS

step_format() { cargo fmt --check; }

# Workflows and the action: syntax and types, security, schemas.
step_lint() {
  local workflows=(examples/workflows/*.yml .github/workflows/*.yml)
  "$PYTHON_ROOT/bin/actionlint" -shellcheck= -pyflakes= "${workflows[@]}"
  "$PYTHON_ROOT/bin/zizmor" --offline --no-progress --config examples/zizmor.yml "${workflows[@]}" action.yml
  "$PYTHON_ROOT/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
  "$PYTHON_ROOT/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci examples/gitlab/.gitlab-ci.yml
}

step_viewer() { scripts/build.sh viewer; }

step_clippy() { cargo clippy --locked --all-targets -- -D warnings; }

step_clippy_wasm() {
  use_wasm_toolchain
  cargo clippy --locked --target wasm32-unknown-unknown --no-default-features --features viewer \
    --bin viewer --test web --test markup -- -D warnings
}

step_test() { cargo test --locked; }

# Sites in buckets, which a default build has not. A step of its own, and no test of all the rest with
# that feature: only this one differs, and the feature's dependencies compile once.
step_test_s3() {
  cargo clippy --locked --features s3 --lib --test s3 -- -D warnings
  MOTO_SERVER=$PYTHON_ROOT/bin/moto_server cargo test --locked --features s3 --lib --test s3
}

# In headless Chromium, by chromedriver.
step_test_wasm() {
  use_wasm_toolchain
  CHROMEDRIVER=$(find_chromedriver)
  local chromium
  chromium=$(find_chromium)
  [ -n "$chromium" ] && [ -n "$CHROMEDRIVER" ] || fail "no Chromium with its chromedriver" "run: make setup"
  export CHROMEDRIVER WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/target/webdriver.json
  printf '{"goog:chromeOptions": {"binary": "%s", "args": ["--headless=new", "--no-sandbox", "--disable-gpu"]}}\n' \
    "$chromium" >"$WASM_BINDGEN_TEST_WEBDRIVER_JSON"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked --target wasm32-unknown-unknown --no-default-features --features viewer --test web --test markup
}

# Against the viewer in dist/, by a command line that has it inside.
step_e2e() {
  cargo build --locked --bin careo
  CHROMIUM=$(find_chromium) FIREFOX=$(find_firefox) CAREO=$CARGO_TARGET_DIR/debug/careo \
    node --test --test-reporter=spec tests/e2e/*.test.mjs
}

help_for() {
  case $1 in
    format) echo "cargo fmt" ;;
    viewer) echo "scripts/build.sh viewer" ;;
    test) echo "one test alone: cargo test NAME; changed snapshots: cargo insta review" ;;
    e2e) echo "one file alone: scripts/check.sh viewer, then CAREO=target/debug/careo node --test tests/e2e/NAME.test.mjs" ;;
    *) echo "scripts/check.sh $1" ;;
  esac
}

# The last words of a step: how many tests passed and failed, from cargo's or node's own count.
summary_of() {
  sed $'s/\e\\[[0-9;]*m//g' "$LOGS/$1.log" | awk '
    /^test result:/ { passed += $4; failed += $6; seen = 1 }
    / pass [0-9]+$/ { passed += $3; seen = 1 }
    / fail [0-9]+$/ { failed += $3 }
    END { if (seen) printf "%d passed, %d failed", passed, failed }'
}

# One step, in a process of its own: each sets up its own environment, and stops at its first error.
if [ "${1:-}" = --step ]; then
  "step_${2//-/_}"
  exit
fi

[ $# -gt 0 ] || set -- "${STEPS[@]}"
summary=()
for step in "$@"; do
  [[ " ${STEPS[*]} " == *" $step "* ]] || fail "check.sh $step" "steps: ${STEPS[*]}"
  say "check: $step"
  started=$SECONDS
  if scripts/check.sh --step "$step" 2>&1 | tee "$LOGS/$step.log"; then word=ok; else word=FAILED; fi
  summary+=("$(printf '%-12s %-7s %4d s  %s' "$step" $word $((SECONDS - started)) "$(summary_of "$step")")")
  [ $word = ok ] || break
done

say "summary"
printf '%s\n' "${summary[@]}"
[ $word = ok ] || fail "check: $step" "$(help_for "$step")" "the whole output: $LOGS/$step.log"
