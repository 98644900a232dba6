// The command line under test, and what it writes for the tests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** The program. */
export const CAREO = resolve(process.env.CAREO ?? join(ROOT, "target/debug/careo"));

/** The path of a fixture: `fixture("nba/metrics.json")`. */
export const fixture = (path) => join(ROOT, "tests/fixtures", path);

/** A folder that goes away with the test file. */
export function scratch() {
  const dir = mkdtempSync(join(tmpdir(), "careo-e2e-"));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs careo; anything but exit code 0 is an error with what it said. */
export function careo(args, { cwd = ROOT } = {}) {
  return run(CAREO, args, cwd);
}

/** The NBA case of the demo: `{ site, packed }`. */
export function nba() {
  const out = scratch();
  run(join(ROOT, "scripts/nba.sh"), [CAREO, out], ROOT);
  return { site: join(out, "site"), packed: join(out, "nba.html") };
}

/** A site of any inputs; paths are relative to `cwd`. */
export function site(inputs, { cwd } = {}) {
  const dir = join(scratch(), "site");
  careo(["site", ...inputs, "-o", dir], { cwd });
  return dir;
}

function run(command, args, cwd) {
  // Not this machine's: a pull request of the CI that runs the tests is no part of them.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const done = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    throw new Error(`careo ${args.join(" ")}: exit code ${done.status}\n${done.stderr}`);
  }
  return done.stdout;
}
