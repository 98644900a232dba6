// Measures and writes docs/benchmarks.md, the whole or the named sections: run.mjs [SECTION…] [REPEATS].
// scripts/bench.sh calls it. A section that isn't measured stays as it is.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

import { launch } from "./browser.mjs";
import { confusionSection } from "./confusion.mjs";
import { evidenceSection } from "./evidence.mjs";
import { loadSection } from "./load.mjs";
import { publishSection } from "./publish.mjs";
import { readSection } from "./read.mjs";
import { sizeSections } from "./sizes.mjs";
import { tableSection } from "./table.mjs";

const PAGE = "docs/benchmarks.md";
const HEAD = `# Benchmarks

Written by \`make bench\`, section by section (\`scripts/bench.sh table confusion\` renews two); each says when and where it was measured. None of these numbers is a test, but the sizes have a budget that a test holds.
Browser figures are medians of interleaved visits with cold caches, ratios have a bootstrap 90 % interval.

`;
/** Each `section(repeats, tell)` gives its Markdown; beside it how often it repeats by itself. */
const SECTIONS = {
  sizes: [sizeSections, 1],
  load: [loadSection, 21],
  read: [readSection, 21],
  publish: [publishSection, 7],
  table: [tableSection, 11],
  evidence: [evidenceSection, 7],
  confusion: [confusionSection, 11],
};

const given = process.argv.slice(2);
const wanted = given.filter((it) => !/^[0-9]+$/.test(it));
const asked = given.find((it) => /^[0-9]+$/.test(it));
const unknown = wanted.filter((it) => !(it in SECTIONS));
if (unknown.length > 0) {
  console.error(`there is no section ${unknown.join(", ")}\n  help: ${Object.keys(SECTIONS).join(", ")}`);
  process.exit(2);
}

const tell = (text) => console.error(`    ${text}`);
const rustc = execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim();
const browser = await launch();
const versions = [rustc, `Chromium ${browser.version()}`, `Node.js ${process.version}`];
await browser.close();
const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;

for (const [name, [section, repeats]] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const load = loadavg()[0];
  if (load > 0.7) tell(`the machine is busy (load ${load.toFixed(1)}): times will be worth little`);
  tell(`measuring: ${name}`);
  const start = Date.now();
  const text = await section(Number(asked ?? repeats), tell);
  const minutes = Math.ceil((Date.now() - start) / 60_000);
  const command = `\`scripts/bench.sh ${[name, asked].filter(Boolean).join(" ")}\`, ${minutes} min`;
  const day = new Date(start).toISOString().slice(0, 10);
  put(text, `*${[`${day}, ${command}`, `${machine}, load ${load.toFixed(1)} before`, ...versions].join("; ")}.*`);
}
put(readFileSync("bench/notes.md", "utf8"));
tell(`written: ${PAGE}`);

/** Puts each section of `text` where the one of the same heading is, or at the end; below it, how it came to be. */
function put(text, how) {
  const split = (text) => text.split(/^(?=## )/m);
  const headingOf = (part) => part.split("\n", 1)[0];
  const parts = [HEAD, ...(existsSync(PAGE) ? split(readFileSync(PAGE, "utf8")).slice(1) : [])];
  for (const part of split(text)) {
    const heading = headingOf(part);
    const at = parts.findIndex((it) => headingOf(it) === heading);
    parts[at < 0 ? parts.length : at] = how ? part.replace(heading, () => `${heading}\n\n${how}`) : part;
  }
  writeFileSync(PAGE, `${parts.map((it) => it.trimEnd()).join("\n\n")}\n`);
}
