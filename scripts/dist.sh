#!/usr/bin/env bash
# What a release has, as far as this machine can make it, into target/dist; each part is installed
# and reads the NBA case. Needs `scripts/build.sh`, and `scripts/setup.sh python`.
# PROFILE=dev is quicker, to try these steps themselves: the programs are large and slow then.
# The rest (other systems, attestations, the container) is in .github/workflows/release.yml.
source "$(dirname "$0")/lib.sh"

OUT=$PWD/target/dist
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
PROFILE=${PROFILE:-release}
TRIED=$(mktemp -d)
trap 'rm -rf "$TRIED"' EXIT
mkdir -p "$OUT"

# try CAREO: the program packs the NBA case, away from this checkout.
try() {
  local program=$1 folder
  folder=$(mktemp -d -p "$TRIED")
  cp tests/fixtures/nba/{metrics.json,predictions.csv,careo.toml} "$folder"
  cp -r tests/fixtures/nba/baselines "$folder"
  (
    cd "$folder"
    [ "$("$program" --version)" = "careo $VERSION" ] || fail "$program --version" "is it of this checkout?"
    "$program" pack metrics.json predictions.csv --baseline baselines/C10 -o nba.html --quiet ||
      fail "$program pack"
    # The first view is in the page, and the viewer with it.
    grep -q 'data-verdict="no-clear-change"' nba.html || fail "$program packs another verdict"
    [ "$(wc -c <nba.html)" -gt 300000 ] || fail "$program packs no viewer"
  )
  note "tried: $(basename "$program") packs the NBA case"
}

crate() {
  say "crate: with the viewer inside, installed from its own archive"
  [ "$(cat dist/version.txt 2>/dev/null)" = "$VERSION" ] || fail "no viewer in dist/" "run: make build"
  # Dirty: the viewer is not kept by git. Compiling is the next step's, from the unpacked archive.
  cargo package --locked --allow-dirty --no-verify --quiet
  local archive=target/package/careo-$VERSION.crate
  cp "$archive" "$OUT"
  tar xzf "$archive" -C "$TRIED"
  [ -e "$TRIED/careo-$VERSION/dist/version.txt" ] || fail "the archive has no viewer"
  # What a compiler and a lawyer need, and nothing else of this checkout.
  local needed more
  needed=$(cd "$TRIED/careo-$VERSION" && ls Cargo.lock Cargo.toml LICENSE-APACHE LICENSE-MIT README.md build.rs) ||
    fail "the archive lacks a file"
  more=$(tar tzf "$archive" | cut -d / -f 2- | grep -vE '^(src|dist)/' |
    grep -vxF -e "$needed" -e .cargo_vcs_info.json -e Cargo.toml.orig -e CHANGELOG.md -e index.html) || true
  [ -z "$more" ] || fail "the archive has what it should not: $more" "see include in Cargo.toml"
  cargo install --locked --path "$TRIED/careo-$VERSION" --root "$TRIED/cargo" --no-track --quiet --profile "$PROFILE" ||
    fail "cargo install from the unpacked crate"
  try "$TRIED/cargo/bin/careo"
}

wheel() {
  say "wheel: built by maturin, installed in a clean environment"
  rm -f "$OUT"/*.whl
  "$PYTHON_ROOT/bin/maturin" build --profile "$PROFILE" --locked --out "$OUT" --quiet || fail "maturin build"
  python3 -m venv "$TRIED/venv"
  "$TRIED/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$OUT"/careo-*.whl ||
    fail "pip install of the wheel"
  try "$TRIED/venv/bin/careo"
  # What is in the program, as CycloneDX: maturin puts it into the wheel.
  "$TRIED/venv/bin/python" - "$OUT" <<'PYTHON'
import glob, json, sys, zipfile
out = sys.argv[1]
(wheel,) = glob.glob(f"{out}/careo-*.whl")
with zipfile.ZipFile(wheel) as opened:
    (name,) = [it for it in opened.namelist() if it.endswith(".cyclonedx.json")]
    text = opened.read(name)
components = {it["name"] for it in json.loads(text)["components"]}
assert {"leptos", "ureq", "serde_json"} <= components, sorted(components)
with open(f"{out}/careo.cdx.json", "wb") as file:
    file.write(text)
print(f"    SBOM: {len(components)} components")
PYTHON
}

archive() {
  local target
  target=$(rustc -vV | sed -n 's/^host: //p')
  say "archive: careo-$target.tar.gz, with its checksum"
  tar czf "$OUT/careo-$target.tar.gz" -C "target/${PROFILE/dev/debug}" careo -C "$PWD" README.md LICENSE-MIT LICENSE-APACHE
  (cd "$OUT" && sha256sum -- *.tar.gz *.whl *.crate *.cdx.json >SHA256SUMS && sha256sum --check --quiet SHA256SUMS)
  tar xzf "$OUT/careo-$target.tar.gz" -C "$TRIED"
  try "$TRIED/careo"
}

[ $# -gt 0 ] || set -- crate wheel archive
for part in "$@"; do
  case $part in
    crate | wheel | archive) "$part" ;;
    *) fail "dist.sh $part" "use: crate, wheel, archive" ;;
  esac
done
say "target/dist"
ls -lh "$OUT" >&2
