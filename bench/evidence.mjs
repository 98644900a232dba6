// 10,000 BCa resamples of the difference in macro F1 (5 classes, 10,000 samples): careo natively,
// SciPy on the same files, and the worker of the viewer in dist/ while the page stays alive.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";

import { drop } from "../tests/e2e/lib/drop.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { median } from "./stats.mjs";
import { longestTask } from "./trace.mjs";

const BENCH = ["bench", "--locked", "--no-default-features", "--bench", "evidence"];
const FILES = ["metrics-show.json", "predictions.csv", "main/predictions.csv"];
const INPUTS = "target/bench/evidence-files";

/** What the native bench says of a size: `{ bca, permutation, verdict, limits }`, in milliseconds. */
function native(said, size) {
  const line = new RegExp(`^${size} samples: BCa ([0-9.]+) ms, permutation test ([0-9.]+) ms, verdict ([0-9.]+) ms, (.*)$`, "m").exec(said);
  if (!line) throw new Error(`nothing of ${size} samples in what the bench said:\n${said}`);
  return { bca: Number(line[1]), permutation: Number(line[2]), verdict: Number(line[3]), limits: line[4] };
}

/** What SciPy says: `{ bca, limits, version }`. */
function scipy() {
  const said = execFileSync(process.env.SCIPY ?? "python3", ["bench/bca.py", INPUTS], { encoding: "utf8" });
  const [, bca, limits, version] = /^([0-9]+) ms, (.*), (SciPy .*)$/m.exec(said);
  return { bca: Number(bca), limits, version };
}

// Runs in the page: the time that the worker takes to read these files, judge, and hand over.
async function readOnce({ glue, folder, names }) {
  const get = async (name) => (await fetch(`${folder}${name}`)).arrayBuffer();
  const files = await Promise.all(names.map(get));
  const module = await WebAssembly.compileStreaming(fetch(glue.replace(/\.js$/, "_bg.wasm")));
  const worker = new Worker("read-in-wasm.js", { type: "module" });
  const took = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ glue, module, paths: names, files }, files);
  });
  worker.terminate();
  return took;
}

/** All figures: `{ small, large, scipy, wasm, longest }`. */
async function measure(repeats) {
  rmSync(INPUTS, { recursive: true, force: true });
  execFileSync("cargo", [...BENCH, "--", INPUTS]);
  const said = execFileSync("cargo", BENCH, { encoding: "utf8" });
  const found = { small: native(said, 10_000), large: native(said, 1_000_000), scipy: scipy() };
  const dir = "target/bench/evidence";
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync("dist", dir, { recursive: true });
  cpSync("bench/read-in-wasm.js", `${dir}/read-in-wasm.js`);
  cpSync("bench/blank.html", `${dir}/blank.html`);
  cpSync(INPUTS, `${dir}/files`, { recursive: true });
  const [glue] = /viewer-[0-9a-f]+\.js/.exec(readFileSync(`${dir}/index.html`, "utf8"));
  const server = await serve(dir, "/some/repo/pr/12/");
  const browser = await launch();
  const times = { with: [], without: [] };
  const longest = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1200 } });
    const page = await context.newPage();
    await page.goto(`${server.address}blank.html`);
    for (const [which, folder] of [["with", "files/"], ["without", "files/without/"]]) {
      const took = await page.evaluate(readOnce, { glue: `${server.address}${glue}`, folder: `${server.address}${folder}`, names: FILES });
      times[which].push(took);
    }
    await page.goto(server.address);
    await page.locator('html[data-state="ready"]').waitFor({ state: "attached" });
    const dropped = ["metrics-show.json", "predictions.csv", "main"].map((name) => resolve(INPUTS, name));
    longest.push(await longestTask(browser, page, async () => {
      await drop(page, ...dropped);
      await page.locator("#verdict").waitFor();
    }));
    const intervals = await page.locator(".numbers tbody .numbers-ci").allInnerTexts();
    if (intervals.length !== 2) throw new Error(`not both of accuracy and F1 have an interval: ${intervals}`);
    await context.close();
  }
  await browser.close();
  await server.close();
  found.wasm = median(times.with) - median(times.without);
  found.longest = median(longest);
  return found;
}

/** The section of docs/benchmarks.md. */
export async function evidenceSection(repeats) {
  const { small, large, scipy, wasm, longest } = await measure(repeats);
  const ms = (value) => value.toFixed(value < 100 ? 1 : 0);
  const times = (a, b) => (a / b).toFixed(1);
  return `## Evidence

The difference in macro F1 of two models, 5 classes, made by \`benches/evidence.rs\`: a BCa interval of 10,000 resamples, and the permutation test of 19,999 draws. SciPy is \`bootstrap(method="BCa", vectorized=True)\` on the same files (\`bench/bca.py\`), in processor time; natively one thread. In the worker: what \`read_artifacts\` takes longer with the metric than without it, median of ${repeats} fresh workers; there the BCa interval and the test are one.

| | 10,000 samples, ms | 1,000,000 samples, ms | ratio |
| --- | ---: | ---: | ---: |
| BCa, ${scipy.version} | ${ms(scipy.bca)} | – | – |
| BCa, natively | ${ms(small.bca)} | ${ms(large.bca)} | ${times(large.bca, small.bca)} |
| permutation test, natively | ${ms(small.permutation)} | ${ms(large.permutation)} | ${times(large.permutation, small.permutation)} |
| the verdict with both, natively | ${ms(small.verdict)} | ${ms(large.verdict)} | ${times(large.verdict, small.verdict)} |
| the same in the viewer's worker | ${ms(wasm)} | – | – |

The interval: ${small.limits} here, ${scipy.limits} by SciPy. careo is ${times(scipy.bca, small.bca)} times as fast as SciPy (at least 20 are wanted), the worker takes ${times(wasm, small.verdict)} times as long as the native program (at most 3), a hundred times the samples take ${times(large.bca, small.bca)} times the time (at most 3).
While the worker resamples for files that were dropped, the longest task of the page's main thread takes ${ms(longest)} ms of its own time (at most 50), reading and drawing included.
`;
}
