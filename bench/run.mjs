// Measures and writes docs/benchmarks.md: run.mjs [REPEATS]. scripts/bench.sh calls it.
//
// Browser figures are medians of interleaved repeats; ratios have a bootstrap 90 % interval; load
// times are less those of a blank page of the same run.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

import { launch } from "./browser.mjs";
import { confusionSection, measureConfusion } from "./confusion.mjs";
import { evidenceSection, measureEvidence } from "./evidence.mjs";
import { measureLoad } from "./load.mjs";
import { measurePublish, publishSection } from "./publish.mjs";
import { measureRead } from "./read.mjs";
import { codeByCrate, viewerFiles } from "./sizes.mjs";
import { measureTable, tableSection } from "./table.mjs";

const REPEATS = Number(process.argv[2] ?? 21);
const LARGE = "target/bench/exp-show.json";
const NATIVE = ["bench", "--locked", "--no-default-features", "--bench", "exp_show"];

const tell = (text) => console.error(`    ${text}`);
const kb = (bytes) => (bytes / 1000).toFixed(1);
const times = ({ ratio, low, high }) => `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
const first = (command, ...args) => execFileSync(command, args, { encoding: "utf8" }).split("\n")[0].trim();
const table = (head, rows) => [head, head.map((_, idx) => (idx === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const before = loadavg()[0];
if (before > 0.7) tell(`the machine is busy (load ${before.toFixed(1)}): times will be worth little`);

tell(`loading the NBA page, ${REPEATS} times each`);
const load = await measureLoad("target/demo/site", REPEATS);
execFileSync("cargo", [...NATIVE, "--", LARGE]);
tell(`reading ${LARGE} in the browser, ${REPEATS} times each`);
const read = await measureRead("target/demo/site", LARGE, REPEATS);
const few = Math.min(REPEATS, 7);
tell(`publishing into sites of up to 10,000 reports, ${few} times each`);
const publish = await measurePublish(few);
tell(`matrices of up to 5,000 classes, ${few} times each`);
const confusion = await measureConfusion("target/demo/site", few);
tell(`evidence by resampling, ${few} times in the browser`);
const evidence = await measureEvidence(few);
const experiments = await measureTable([[1000, few], [10_000, few], [100_000, Math.min(few, 3)]], tell);
tell("reading it natively");
const native = measureNative();
const browser = await launch();
const chromium = browser.version();
await browser.close();

const files = viewerFiles();
const total = files.reduce((sum, { gzip }) => sum + gzip, 0);
const compressed = files.find(({ name }) => name.endsWith(".wasm"));
const crates = codeByCrate(namedModule());
const code = crates.reduce((sum, { bytes }) => sum + bytes, 0);
const cpu = cpus();

writeFileSync(
  "docs/benchmarks.md",
  `# Benchmarks

Written by \`make bench\`; none of these numbers is a test, but the sizes have a budget that a test holds.

- Machine: ${cpu[0].model.trim()}, ${cpu.length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; load before the run ${before.toFixed(2)}
- ${first("rustc", "--version")}; Chromium ${chromium}; Node.js ${process.version}; Trunk and wasm-opt as \`scripts/lib.sh\` pins them
- Browser figures: medians of ${REPEATS} interleaved repeats in fresh profiles, ratios with a bootstrap 90 % interval

## What a reader downloads

${table(["file", "bytes", "gzip -9"], [...files.map(({ name, bytes, gzip }) => [name, bytes, gzip]), ["**in all**", "", `**${kb(total)} kB** of 250 kB`]])}

The NBA case as one file, \`nba.html\`: ${kb(statSync("target/demo/nba.html").size)} kB on disk, of 520 kB.

## What each dependency costs

Share of the code in the wasm before wasm-opt, and what that share is of the ${kb(compressed.gzip)} kB that are sent.
A generic function counts for the crate that wrote it.

${table(
    ["crate", "code, kB", "share", "sent, kB"],
    crates.filter(({ bytes }) => bytes / code > 0.005).map(({ crate, bytes }) => [crate, kb(bytes), `${((100 * bytes) / code).toFixed(1)} %`, kb((bytes / code) * compressed.gzip)]),
  )}

## How soon the NBA page is there

From a local server, gzipped, nothing cached; the static page is \`bench/static.html\`, written by hand with the same tables.

${table(
    ["", "median, ms"],
    [
      ["blank page, first contentful paint", load.medians.blank.toFixed(0)],
      ["static page, first contentful paint", load.medians.fixed.toFixed(0)],
      ["careo, first contentful paint", load.medians.careo.toFixed(0)],
      ["careo, `ready`", load.medians.ready.toFixed(0)],
    ],
  )}

Less the blank page: careo's first paint takes ${times(load.paint)} times the static page's, \`ready\` ${times(load.ready)} times.
Not taken off: first paint ${times(load.wholePaint)}, \`ready\` ${times(load.wholeReady)}.

## Reading \`dvc exp show --json\`

10,000 experiments, ${read.megabytes.toFixed(1)} MB, made by \`benches/exp_show.rs\`.

${table(
    ["", "MB/s"],
    [
      ["natively, bytes to columns", native.toFixed(0)],
      ["viewer's worker: digest, bytes to columns, report, bundle", read.wasm.toFixed(0)],
      ["Chromium's `JSON.parse` and flattening into the same columns, in a worker", read.js.toFixed(0)],
    ],
  )}

The viewer's worker is ${times(read.ratio)} times as fast as the browser's own means.

${publishSection(publish, few)}
${tableSection(experiments)}
${evidenceSection(evidence, few)}
${confusionSection(confusion, few)}
${readFileSync("bench/notes.md", "utf8")}`,
);
tell("written: docs/benchmarks.md");

/** MB/s of the reader on this machine, by cargo's bench of it. */
function measureNative() {
  const said = execFileSync("cargo", NATIVE, { encoding: "utf8" });
  const speed = /: ([0-9]+) MB\/s/.exec(said);
  if (!speed) throw new Error(`no MB/s in what the bench said:\n${said}`);
  return Number(speed[1]);
}

/** The newest module that wasm-bindgen wrote; it still has the names of its functions. */
function namedModule() {
  const modules = ["target/wasm", "target/wasm-debian"]
    .map((target) => `${target}/wasm-bindgen/release`)
    .filter((dir) => existsSync(dir))
    .flatMap((dir) => readdirSync(dir).map((name) => `${dir}/${name}`))
    .filter((path) => path.endsWith("_bg.wasm"));
  return modules.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}
