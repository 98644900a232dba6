// The Confusion view at 5, 100, 1,000 and 5,000 classes, beside a bare page that paints the same
// file with one `putImageData` (canvas.html). Alone: confusion.mjs SITE [REPEATS] writes its section
// of docs/benchmarks.md to standard output.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { launch } from "./browser.mjs";
import { random } from "./random.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";

const PATH = "/some/repo/pr/12/";
const DENSE = [5, 100, 1000];
const STATES = ["norm=row", "scale=log", "order=support", "scale=quantile", "transpose=1", "norm=col&order=error"];

/** Writes the files that are measured; gives their names. */
function makeFiles(dir) {
  const next = random(7);
  const below = (n) => Math.floor(next() * n);
  const labels = (n) => Array.from({ length: n }, (_, idx) => `class ${idx}`);
  for (const n of DENSE) {
    const matrix = labels(n).map((_, row) => labels(n).map((_, column) => (row === column ? 999 : below(60))));
    writeFileSync(`${dir}/confusion_matrix_${n}.json`, JSON.stringify({ labels: labels(n), confusion_matrix: matrix }));
  }
  // 200,000 filled cells of 25 million.
  const pairs = labels(5000).map((label) => `${label},${label}`);
  for (let row = 0; row < 200_000; row += 1) pairs.push(`class ${below(5000)},class ${below(5000)}`);
  writeFileSync(`${dir}/predictions_5000.csv`, `actual,predicted\n${pairs.join("\n")}\n`);
  const rows = Array.from({ length: 1_000_000 }, () => {
    const actual = below(10);
    return `c${actual},c${below(4) > 0 ? actual : below(10)}`;
  });
  writeFileSync(`${dir}/predictions_1m.csv`, `actual,predicted\n${rows.join("\n")}\n`);
}

/** In the page: resolves once the matrix is painted, with the time since navigation. */
function whenPainted() {
  return new Promise((resolve) => {
    const look = () => {
      const { state } = document.documentElement.dataset;
      const canvas = document.querySelector("#matrix canvas");
      const isPainted = () => {
        if (!canvas?.width) return false;
        const at = canvas.width - 20;
        const [r, g, b] = canvas.getContext("2d", { willReadFrequently: false }).getImageData(at - 3, at - 3, 1, 1).data;
        return r + g + b > 0;
      };
      const done = state === "painted" || (state === "ready" && (document.querySelector("table#matrix") || isPainted()));
      if (!done) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    look();
  });
}

async function load(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1200 } });
  const page = await context.newPage();
  await page.goto(url);
  const time = await page.evaluate(whenPainted);
  return { context, page, time };
}

/** The longest task of the page's main thread while `act` runs, in milliseconds of its own time, from a trace. */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "devtools.timeline", "toplevel"] });
  await act();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  // The page is the busiest thread of that name.
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const tasks = (thread) => traceEvents.filter(({ name, pid, tid, ph }) => ph === "X" && /RunTask$/.test(name) && pid === thread.pid && tid === thread.tid);
  // What other programs take of the processor is not the page's.
  const own = ({ dur, tdur }) => tdur ?? dur;
  const sum = (events) => events.reduce((sum, event) => sum + own(event), 0);
  const of = threads.map(tasks).sort((a, b) => sum(b) - sum(a))[0] ?? [];
  return Math.max(0, ...of.map(own)) / 1000;
}

const settled = (page) => page.evaluate(() => new Promise((resolve) => {
  // A picture is made in slices: it is there once nothing changes for a while.
  let last = performance.now();
  const observer = new MutationObserver(() => (last = performance.now()));
  observer.observe(document.querySelector("main"), { childList: true, subtree: true, attributes: true });
  const look = () => (performance.now() - last > 400 ? (observer.disconnect(), resolve()) : requestAnimationFrame(look));
  look();
}));

/** Bytes of the program's memory and of the page's objects, after collection. */
async function memory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { result } = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, it) => sum + it.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return usedSize + sum.result.value;
}

/** From the pointer's move to the sentence, in milliseconds; median of some cells. */
async function pointing(page, n) {
  const times = [];
  for (const [idx, share] of [0.21, 0.37, 0.53, 0.71, 0.83].entries()) {
    // Another cell each time, or no sentence would change.
    const actual = Math.floor(n * share);
    const labels = [`class ${actual}`, `class ${(actual + idx + 1) % n}`];
    const [x, y] = await page.evaluate(([a, p]) => window.careo.cellAt(a, p), labels);
    times.push(await page.evaluate(([x, y]) => new Promise((resolve) => {
      const start = performance.now();
      const said = () => document.querySelector(".pin-sentence").textContent;
      const before = said();
      const target = document.elementFromPoint(x, y);
      for (const type of ["pointermove", "mouseover"]) target.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true }));
      const look = () => (said() !== before ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(look));
      look();
    }), [x, y]));
  }
  return median(times);
}

/** All figures: `{ loads, states, order, memory, pointing }`. */
export async function measureConfusion(site, repeats) {
  const dir = "target/bench/confusion";
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(site, dir, { recursive: true });
  cpSync("bench/canvas.html", `${dir}/canvas.html`);
  makeFiles(dir);
  const server = await serve(dir, PATH);
  const browser = await launch();
  const files = [...DENSE.map((n) => [n.toLocaleString("en"), `confusion_matrix_${n}.json`, n]), ["5,000, sparse", "predictions_5000.csv", 5000], ["1,000,000 predictions", "predictions_1m.csv", 10]];
  const careo = (file, query = "") => `${server.address}?data=${file}#/confusion${query}`;
  const found = [];
  for (const [name, file, n] of files) {
    const times = { careo: [], canvas: [] };
    for (let repeat = -1; repeat < repeats; repeat += 1) {
      for (const [who, url] of [["careo", careo(file)], ["canvas", `${server.address}canvas.html?data=${file}`]]) {
        const { context, time } = await load(browser, url);
        await context.close();
        if (repeat >= 0) times[who].push(time);
      }
    }
    const { context, page } = await load(browser, careo(file));
    await settled(page);
    const at = name.includes("predictions") ? null : await pointing(page, n);
    const bytes = await memory(page);
    let longest = 0;
    for (const state of STATES) {
      const task = await longestTask(browser, page, async () => {
        await page.evaluate((hash) => (location.hash = hash), `#/confusion?${state}`);
        await settled(page);
      });
      longest = Math.max(longest, task);
    }
    let order = null;
    if (n >= 100) {
      const start = Date.now();
      await page.evaluate(() => (location.hash = "#/confusion?order=similarity"));
      await page.waitForFunction(() => document.querySelector("#matrix-ordering") || document.querySelector("select option[value=similarity]")?.selected);
      await page.locator("#matrix-ordering").waitFor({ state: "detached", timeout: 600_000 });
      order = Date.now() - start;
    }
    await context.close();
    found.push({ name, times, at, bytes, longest, order });
    console.error(`    ${row(found.at(-1))}`);
  }
  await browser.close();
  await server.close();
  return found;
}

/** One line of the table. */
function row({ name, times, at, bytes, longest, order }) {
  const { ratio: of, low, high } = ratio(times.careo, times.canvas);
  const ms = (value) => (value === null ? "–" : value.toFixed(0));
  return `| ${name} | ${ms(median(times.careo))} | ${ms(median(times.canvas))} | ${of.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)}) | ${ms(at)} | ${longest.toFixed(1)} | ${ms(order)} | ${(bytes / 1e6).toFixed(1)} |`;
}

/** The section of docs/benchmarks.md. */
export function confusionSection(found, repeats) {
  return `## The Confusion view

Files of 5, 100 and 1,000 classes are full; 5,000 classes have 200,000 filled cells. The bare page is \`bench/canvas.html\`: it parses the same file and paints it with one \`putImageData\`.
Medians of ${repeats} interleaved loads with cold caches, in milliseconds, of raw files (\`?data=\`); the longest task of the main thread is the worst of ${STATES.length} changes of normalisation, order and scale, from a trace; memory is \`WebAssembly.Memory\` and the JavaScript heap after collection.

| classes | painted | bare canvas | ratio | pointing to sentence | longest task | order by similarity | memory, MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${found.map(row).join("\n")}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const repeats = Number(process.argv[3] ?? 5);
  console.log(confusionSection(await measureConfusion(process.argv[2] ?? "target/demo/site", repeats), repeats));
}
