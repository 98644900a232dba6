// The Experiments view at 1,000, 10,000 and 100,000 experiments, from raw JSON and from a bundle,
// beside TanStack Table with virtual rows on the same JSON. Alone: table.mjs N,REPEATS… writes its
// section of docs/benchmarks.md to standard output.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { launch } from "./browser.mjs";
import { NEEDLE, writeExperiments } from "./experiments.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";

const CAREO = process.env.CAREO ?? "target/release/careo";
const DIST = process.env.DIST ?? "dist";
const DIR = "target/bench/table";
const METRIC = "metrics.json:test.acc";

/** What is measured, in milliseconds but the last: name, key. */
export const MEASURES = [
  ["navigation to the first right row", "first"],
  ["total blocking time until then", "blocked"],
  ["a click on a metric’s header to sorted rows", "sort"],
  ["typing in the filter to the right count", "filter"],
  ["scrolling by wheel, frame time p95", "frame"],
  ["peak memory of the page’s process, MB", "memory"],
];

// What says on each page that something is there. `values` are the facts of the file.
const careo = {
  ready: ({ first }) => document.documentElement.dataset.state === "ready" &&
    Number(document.querySelector('#table tr[data-revision="workspace"] [data-column="metrics.json:test.acc"]')?.dataset.value) === first,
  sorted: ({ best }) =>
    Number(document.querySelector('#table tr[data-revision]:not([data-baseline]) [data-column="metrics.json:test.acc"]')?.dataset.value) === best,
  filtered: ({ n_found }) => document.getElementById("count")?.dataset.count === String(n_found),
  head: `#table th[data-column="${METRIC}"] button`,
  box: "#table",
};
const tanstack = {
  ready: ({ first }) => Number(document.querySelector('[data-index="0"] [data-column="test.acc"]')?.dataset.value) === first,
  sorted: ({ best }) => Number(document.querySelector('[data-index="0"] [data-column="test.acc"]')?.dataset.value) === best,
  filtered: ({ n_found }) => document.getElementById("count").textContent === String(n_found),
  head: '#head [data-column="test.acc"]',
  box: "#box",
};

/** The subjects by name, with the address below the server's. */
const SUBJECTS = {
  raw: { ...careo, path: (n) => `careo/?data=data/${n}.json#/experiments` },
  bundle: { ...careo, path: (n) => `careo/${n}/#/experiments` },
  tanstack: { ...tanstack, path: (n) => `tanstack.html?data=careo/data/${n}.json` },
};

/**
 * For each size, with its repeats: `{ n, megabytes, of }`, where `of` has, for each measure, the
 * medians of each subject and the ratios of careo's to TanStack's. Subjects are interleaved, each
 * in a browser of its own.
 */
export async function measureTable(sizes, tell) {
  rmSync(DIR, { recursive: true, force: true });
  mkdirSync(`${DIR}/careo/data`, { recursive: true });
  cpSync(DIST, `${DIR}/careo`, { recursive: true });
  cpSync("bench/peers/tanstack.html", `${DIR}/tanstack.html`);
  const require = createRequire(new URL("package.json", import.meta.url));
  const options = { entryPoints: ["bench/peers/tanstack.js"], bundle: true, minify: true, format: "esm", target: "es2022", outfile: `${DIR}/tanstack.js`, define: { "process.env.NODE_ENV": '"production"' } };
  await require("esbuild").build({ ...options, nodePaths: ["bench/node_modules"] });
  const server = await serve(DIR, "/repo/");
  const found = [];
  for (const [n, repeats] of sizes) {
    tell(`the table at ${n} experiments, ${repeats} times each`);
    const file = `${DIR}/careo/data/${n}.json`;
    const facts = await writeExperiments(file, n);
    const beside = `${DIR}/careo/${n}`;
    mkdirSync(beside);
    execFileSync(CAREO, ["build", "--quiet", file, "-o", `${beside}/report.json`], { stdio: ["ignore", "ignore", "inherit"] });
    for (const name of readdirSync(DIST)) if (!existsSync(`${beside}/${name}`)) cpSync(`${DIST}/${name}`, `${beside}/${name}`, { recursive: true });
    const seen = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, []]));
    // One round to warm up the server, which packs each file once; it isn't counted.
    for (let repeat = -1; repeat < repeats; repeat += 1) {
      const names = Object.keys(SUBJECTS);
      for (let at = 0; at < names.length; at += 1) {
        const name = names[(at + Math.max(0, repeat)) % names.length];
        const measured = await visit(server.address + SUBJECTS[name].path(n), SUBJECTS[name], facts);
        if (repeat >= 0) seen[name].push(measured);
      }
    }
    const of = Object.fromEntries(MEASURES.map(([, key]) => {
      const list = (name) => seen[name].map((it) => it[key]);
      const against = (name) => ratio(list(name), list("tanstack"));
      return [key, { raw: median(list("raw")), bundle: median(list("bundle")), tanstack: median(list("tanstack")), ratio: { raw: against("raw"), bundle: against("bundle") } }];
    }));
    found.push({ n, repeats, megabytes: readFileSync(file).length / 1e6, of });
    writeFileSync(`${DIR}/${n}.measured.json`, JSON.stringify(seen, null, 1));
    rmSync(file);
    rmSync(beside, { recursive: true });
  }
  await server.close();
  return found;
}

/** The section of docs/benchmarks.md. */
export function tableSection(found) {
  const number = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  const times = ({ ratio, low, high }) => `${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  const row = (n, of) => ([name, key]) => {
    const { raw, bundle, tanstack, ratio } = of[key];
    return `| ${n.toLocaleString("en")} | ${name} | ${number(tanstack)} | ${number(raw)} | ${times(ratio.raw)} | ${number(bundle)} | ${times(ratio.bundle)} |`;
  };
  return `## The table of experiments

DVC's shape: 10 parameters, 20 metrics, 4 dependencies and 3 outputs for each experiment. Beside it TanStack Table with TanStack Virtual (\`bench/peers/tanstack.js\`), which of the peers was the quickest in our earlier trials, on the same JSON; careo once on that JSON (\`?data=\`) and once on the bundle that \`careo build\` makes of it.
Medians of ${found.map(({ n, repeats }) => `${repeats} (${n.toLocaleString("en")} experiments)`).join(", ")} interleaved visits, each in a browser of its own, in milliseconds unless another unit stands there; ratios to TanStack's with a bootstrap 90 % interval.

| experiments | what | TanStack | careo, raw | ratio | careo, bundle | ratio |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |
${found.flatMap(({ n, of }) => MEASURES.map(row(n, of))).join("\n")}
`;
}

/** One visit in a fresh browser. */
async function visit(address, subject, facts) {
  const browser = await launch();
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: "commit" });
  // What is waited for is told to the page before anything is done there, or its event may be over.
  const from = async (act, check, event) => {
    await page.evaluate(`void (bench.seen = bench.until(${check}, ${JSON.stringify(facts)}, ${JSON.stringify(event)}))`);
    await act();
    return page.evaluate("bench.seen");
  };
  const first = await from(() => {}, subject.ready, null);
  const blocked = await page.evaluate("bench.blocked");
  const measured = { first, blocked };
  const click = () => page.locator(subject.head).click({ position: { x: 4, y: 8 } });
  measured.sort = await from(click, subject.sorted, "pointerdown");
  await page.locator("#filter").focus();
  measured.filter = await from(() => page.keyboard.insertText(NEEDLE), subject.filtered, "input");
  await page.locator("#filter").fill("");
  measured.frame = await wheel(page, subject.box);
  measured.memory = await peakMemory(browser);
  await browser.close();
  return measured;
}

// In the page: times are taken when what is looked for has been painted, two frames after it is there.
function watch() {
  const bench = { blocked: 0, frames: [] };
  window.bench = bench;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.blocked += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });
  bench.until = (check, facts, event) =>
    new Promise((resolve) => {
      let start = event ? null : 0;
      if (event) addEventListener(event, ({ timeStamp }) => { start ??= timeStamp; }, { capture: true, once: true });
      const look = () => {
        if (start === null || !check(facts)) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      };
      requestAnimationFrame(look);
    });
  bench.record = () => {
    let last = performance.now();
    bench.frames = [];
    const tick = (now) => {
      bench.frames.push(performance.now() - last);
      last = performance.now();
      if (bench.frames) bench.asked = requestAnimationFrame(tick);
    };
    bench.asked = requestAnimationFrame(tick);
  };
}

/** 60 wheel steps of 240 px, one for each frame of 16.7 ms: the frame time that 95 % stay under. */
async function wheel(page, selector) {
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  await page.mouse.move(x + Math.min(width, 1200) / 2, y + Math.min(height, 600) / 2);
  await page.evaluate("bench.record()");
  const start = performance.now();
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, 240);
    const left = start + (step + 1) * 16.7 - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
  const frames = await page.evaluate("cancelAnimationFrame(bench.asked), bench.frames.slice(1)");
  frames.sort((a, b) => a - b);
  return frames[Math.floor(frames.length * 0.95)];
}

/** Megabytes that the page's process had at most. It is the largest of its kind: others are spare. */
async function peakMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peak = ({ id }) => {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [0, 0];
    return Number(kilobytes) / 1024;
  };
  return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(peak));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sizes = process.argv.slice(2).map((pair) => pair.split(",").map(Number));
  console.log(tableSection(await measureTable(sizes, (text) => console.error(`    ${text}`))));
}
