// Reading a large `exp show` file in the browser: the viewer's wasm in a worker, against
// JSON.parse and flattening into the same columns, in a worker of the same page.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";

import { launch } from "./browser.mjs";
import { table, times } from "./markdown.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";

const LARGE = "target/bench/exp-show.json";
const NATIVE = ["bench", "--locked", "--no-default-features", "--bench", "exp_show"];

/** `{ megabytes, wasm, js, ratio }`: MB/s by median, and how many times faster wasm is. */
async function measure(site, file, repeats) {
  const dir = "target/bench/read";
  cpSync(site, dir, { recursive: true });
  for (const name of ["read-in-wasm.js", "read-in-js.js", "blank.html"]) cpSync(`bench/${name}`, `${dir}/${name}`);
  cpSync(file, `${dir}/exp-show.json`);
  const [glue] = /viewer-[0-9a-f]+\.js/.exec(readFileSync(`${dir}/index.html`, "utf8"));
  const server = await serve(dir, "/some/repo/pr/12/");
  const browser = await launch();
  const seen = { wasm: [], js: [] };
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    // A fresh page each time: nothing is warm that wouldn't be for a reader.
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.address}blank.html`);
    const order = repeat % 2 === 0 ? ["wasm", "js"] : ["js", "wasm"];
    for (const way of order) {
      const took = await page.evaluate(readOnce, { way, glue: `${server.address}${glue}` });
      if (repeat >= 0) seen[way].push(took);
    }
    await context.close();
  }
  await browser.close();
  await server.close();
  const megabytes = readFileSync(file).length / 1e6;
  const speed = (list) => (megabytes / median(list)) * 1000;
  return { megabytes, wasm: speed(seen.wasm), js: speed(seen.js), ratio: ratio(seen.js, seen.wasm) };
}

// Runs in the page.
async function readOnce({ way, glue }) {
  const bytes = await (await fetch("exp-show.json")).arrayBuffer();
  const worker = new Worker(`read-in-${way}.js`, { type: "module" });
  let request = { bytes };
  if (way === "wasm") {
    request = { paths: ["exp-show.json"], files: [bytes] };
    request.glue = glue;
    request.module = await WebAssembly.compileStreaming(fetch(glue.replace(/\.js$/, "_bg.wasm")));
    // The page has run the program by then, so the engine has compiled it fully.
  }
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(request, [bytes]);
  });
  worker.terminate();
  return typeof answer === "number" ? answer : answer.took;
}

/** MB/s of the reader on this machine, by cargo's bench of it. */
function native() {
  const said = execFileSync("cargo", NATIVE, { encoding: "utf8" });
  const speed = /: ([0-9]+) MB\/s/.exec(said);
  if (!speed) throw new Error(`no MB/s in what the bench said:\n${said}`);
  return Number(speed[1]);
}

/** The section of docs/benchmarks.md. */
export async function readSection(repeats) {
  execFileSync("cargo", [...NATIVE, "--", LARGE]);
  const read = await measure("target/demo/site", LARGE, repeats);
  const rows = [
    ["natively, bytes to columns", native().toFixed(0)],
    ["viewer's worker: digest, bytes to columns, report, bundle", read.wasm.toFixed(0)],
    ["Chromium's `JSON.parse` and flattening into the same columns, in a worker", read.js.toFixed(0)],
  ];
  return `## Reading \`dvc exp show --json\`

10,000 experiments, ${read.megabytes.toFixed(1)} MB, made by \`benches/exp_show.rs\`; medians of ${repeats} interleaved repeats.

${table(["", "MB/s"], rows)}

The viewer's worker is ${times(read.ratio)} times as fast as the browser's own means.
`;
}
