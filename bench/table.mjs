// The Experiments view at 1,000, 10,000 and 100,000 experiments, from raw JSON and from a bundle,
// beside TanStack Table, AG Grid Community and Perspective on the same JSON.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";

import { NEEDLE, writeExperiments } from "./experiments.mjs";
import { drawGrowth } from "./growth.mjs";
import { number, table, thousands, times } from "./markdown.mjs";
import { memoryOfPage, memoryOfWorkers, watchMemory } from "./memory.mjs";
import { buildPeers, version } from "./peers.mjs";
import { serve } from "./serve.mjs";
import { median } from "./stats.mjs";
import { peakOfProcess, time, toBest, visitInTurn } from "./visits.mjs";

const CAREO = process.env.CAREO ?? "target/release/careo";
const DIST = process.env.DIST ?? "dist";
const DIR = "target/bench/table";
const CHART = "docs/benchmarks-growth.svg";
const SIZES = [1000, 10_000, 100_000];

/** What is measured, in milliseconds but the last, and which ratios are wanted at these sizes. */
const MEASURES = [
  { key: "first", name: "navigation to the first right row", raw: [0.6, 0.6, 0.6], bundle: [0.5, 0.4, 0.25] },
  { key: "blocked", name: "total blocking time until then", raw: [0.5, 0.3, 0.1] },
  { key: "sort", name: "a click on a metric’s header to sorted rows", raw: [0.6, 0.5, 0.4] },
  { key: "filter", name: "typing in the filter to the right count", raw: [1, 0.6, 0.4] },
  { key: "frame", name: "scrolling by wheel, frame time p95", raw: [0.7, 0.7, 0.7] },
  { key: "process", name: "peak memory of the page’s process while reading, MB", raw: [null, null, 0.65] },
];
/** Megabytes of program and objects that are wanted at most. */
const MEMORY = { 1000: 12, 10_000: 60 };

// What says on each page that something is there, and where to act. `facts` are those of the file.
const careo = {
  ready: ({ first }) =>
    document.documentElement.dataset.state === "ready" &&
    Number(document.querySelector('#table tr[data-revision="workspace"] [data-column="metrics.json:test.acc"]')?.dataset.value) === first,
  sorted: ({ best }) =>
    Number(document.querySelector('#table tr[data-revision]:not([data-baseline]) [data-column="metrics.json:test.acc"]')?.dataset.value) === best,
  counted: ({ count }) => document.getElementById("count")?.dataset.count === String(count),
  head: '#table th[data-column="metrics.json:test.acc"] button',
  // What scrolls: the table in it may begin beside the window.
  box: ".xp-box",
};
const counted = ({ count }) => document.getElementById("count").textContent === String(count);
const tanstack = {
  ready: ({ first }) => Number(document.querySelector('[data-index="0"] [data-column="test.acc"]')?.dataset.value) === first,
  sorted: ({ best }) => Number(document.querySelector('[data-index="0"] [data-column="test.acc"]')?.dataset.value) === best,
  counted,
  head: '#head [data-column="test.acc"]',
  box: "#box",
};
const grid = {
  ready: ({ first }) => {
    const text = (column) => document.querySelector(`.ag-row[row-index="0"] [col-id="${column}"]`)?.textContent;
    return text("name") === "workspace" && text("test.acc") === first.toFixed(4);
  },
  sorted: ({ best, top }) => {
    const text = (column) => document.querySelector(`.ag-row[row-index="0"] [col-id="${column}"]`)?.textContent;
    return text("name") === top && text("test.acc") === best.toFixed(4);
  },
  counted,
  head: '.ag-header-cell[col-id="test.acc"] .ag-header-cell-label',
  box: "#box",
};
const perspective = {
  ready: ({ first }) => {
    const row = document.querySelector("perspective-viewer-datagrid")?.shadowRoot?.querySelector("tbody tr");
    return row?.cells[0]?.textContent === "workspace" && row.cells[2].textContent === first.toFixed(4);
  },
  sorted: ({ best, top }) => {
    const row = document.querySelector("perspective-viewer-datagrid").shadowRoot.querySelector("tbody tr");
    return row?.cells[0]?.textContent === top && row.cells[2].textContent === best.toFixed(4);
  },
  counted,
  head: "perspective-viewer-datagrid thead tr:last-child th:nth-child(3)",
  box: "#box",
};

const PEERS = {
  tanstack: `TanStack Table ${version("@tanstack/table-core")}`,
  "ag-grid": `AG Grid ${version("ag-grid-community")}`,
  perspective: `Perspective ${version("@perspective-dev/viewer")}`,
};
const NAMES = { raw: "careo, raw", bundle: "careo, bundle", ...PEERS };

/** The pages for a file of so many experiments, by their address below the server's. */
function subjects(n) {
  const peer = (name, page) => ({ name, address: `${name}.html?data=careo/data/${n}.json`, ...page });
  return [
    { name: "blank", address: "blank.html", ready: () => document.readyState === "complete", steps: STEPS(null).slice(0, 1) },
    { name: "raw", address: `careo/?data=data/${n}.json#/experiments`, ...careo },
    { name: "bundle", address: `careo/${n}/#/experiments`, ...careo },
    peer("tanstack", tanstack),
    peer("ag-grid", grid),
    peer("perspective", perspective),
  ];
}

/** What is done on each page, one after the other. */
const STEPS = (facts) => [
  ["first", ({ page, subject }) => time(page, subject.ready, facts)],
  ["blocked", ({ page }) => page.evaluate("bench.blocked")],
  ["process", ({ page, browser }) => peakOfProcess(page, browser)],
  ["sort", ({ page, subject }) => time(page, subject.sorted, facts, "pointerdown", () => page.locator(subject.head).click({ position: { x: 4, y: 8 } }))],
  ["filter", async ({ page, subject }) => {
    await page.locator("#filter").focus();
    return time(page, subject.counted, { count: facts.n_found }, "input", () => page.keyboard.insertText(NEEDLE));
  }],
  ["frame", async ({ page, subject }) => {
    await time(page, subject.counted, { count: facts.rows }, "input", () => page.locator("#filter").fill(""));
    return wheel(page, subject.box);
  }],
];

/** 60 wheel steps of 240 px, one for each frame of 16.7 ms: the frame time that 95 % stay under. */
async function wheel(page, selector) {
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  await page.mouse.move(x + Math.min(width, 1200) / 2, y + Math.min(height, 600) / 2);
  await page.evaluate("bench.record()");
  const start = performance.now();
  const steps = [];
  for (let step = 0; step < 60; step += 1) {
    // A hand doesn't wait for the page either.
    steps.push(page.mouse.wheel(0, 240));
    const left = start + (step + 1) * 16.7 - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
  await Promise.all(steps);
  const frames = await page.evaluate("cancelAnimationFrame(bench.asked), bench.frames.slice(1)");
  frames.sort((a, b) => a - b);
  return frames[Math.floor(frames.length * 0.95)];
}

/** `{ n, repeats, megabytes, found, memory }` for a file of `n` experiments. */
async function measure(server, n, repeats) {
  const file = `${DIR}/careo/data/${n}.json`;
  const facts = await writeExperiments(file, n);
  const beside = `${DIR}/careo/${n}`;
  mkdirSync(beside);
  execFileSync(CAREO, ["build", "--quiet", file, "-o", `${beside}/report.json`], { stdio: ["ignore", "ignore", "inherit"] });
  for (const name of readdirSync(DIST)) if (!existsSync(`${beside}/${name}`)) cpSync(`${DIST}/${name}`, `${beside}/${name}`, { recursive: true });
  // The server packs each file once, as a static host has done before anybody comes.
  for (const path of [`careo/data/${n}.json`, `careo/${n}/report.json`]) await (await fetch(server.address + path)).body.cancel();

  const found = await visitInTurn(server, subjects(n), STEPS(facts), repeats);
  const programs = subjects(n)
    .filter(({ name }) => name === "raw" || name === "bundle")
    .map((it) => ({ ...it, prepare: (page) => watchMemory(page, `${DIST}/loader.js`) }));
  const memory = await visitInTurn(server, programs, [STEPS(facts)[0], ["page", ({ page }) => memoryOfPage(page)], ["workers", ({ page }) => memoryOfWorkers(page)]], 1);
  const megabytes = statSync(file).size / 1e6;
  rmSync(file);
  rmSync(beside, { recursive: true });
  const measured = { n, repeats, megabytes, found, memory };
  writeFileSync(`${DIR}/${n}.measured.json`, JSON.stringify(measured, null, 1));
  return measured;
}

/** The section of docs/benchmarks.md; the picture of how the cost grows is written beside it. */
export async function tableSection(repeats, tell, counts = SIZES) {
  rmSync(DIR, { recursive: true, force: true });
  mkdirSync(`${DIR}/careo/data`, { recursive: true });
  cpSync(DIST, `${DIR}/careo`, { recursive: true });
  cpSync("bench/blank.html", `${DIR}/blank.html`);
  await buildPeers(Object.keys(PEERS), DIR);
  const server = await serve(DIR, "/repo/");
  const sizes = [];
  for (const n of counts) {
    const times = n < 100_000 ? repeats : Math.min(repeats, 3);
    tell(`the table at ${thousands(n)} experiments, ${times} times each`);
    sizes.push(await measure(server, n, times));
  }
  await server.close();
  writeFileSync(CHART, drawGrowth(sizes));
  return write(sizes);
}

function write(sizes) {
  const said = (stuck) => MEASURES.find(({ key }) => key === stuck)?.name ?? "memory";
  const problems = sizes.flatMap(({ n, found, memory }) =>
    [...Object.entries(found), ...Object.entries(memory)]
      .filter(([, { problem }]) => problem)
      .map(([name, { stuck, problem }]) => `- ${NAMES[name] ?? "the blank page"} at ${thousands(n)} experiments, *${said(stuck)}*: ${problem}.`),
  );
  return `## The table of experiments

DVC's shape: 10 parameters, 20 metrics, 4 dependencies and 3 outputs for each experiment. Beside it TanStack Table with TanStack Virtual, AG Grid Community and Perspective (\`bench/peers/\`) on the same JSON; careo once on that JSON (*raw*, \`?data=\`) and once on the bundle that \`careo build\` makes of it.
Medians of interleaved visits, each with cold caches, in milliseconds unless another unit stands there. Ratios are to the best of the peers in the same run, measure by measure, with a bootstrap 90 % interval; *wanted* is the ratio that they are to stay under.

${sizes.map(writeSize).join("\n\n")}
${problems.length > 0 ? `\nWhat a page could not do:\n\n${problems.join("\n")}\n` : ""}
How the cost grows, both axes logarithmic:

![Time and memory from 1,000 to 100,000 experiments: careo and the three peers](${CHART.replace("docs/", "")})
`;
}

function writeSize({ n, repeats, megabytes, found, memory }) {
  const at = SIZES.indexOf(n);
  const middle = (name, key) => number(found[name][key] ? median(found[name][key]) : null);
  const wanted = (goal) => (goal ? `≤ ${goal}` : "");
  const row = ({ key, name, raw, bundle = raw }, less) => [
    name,
    ...Object.keys(PEERS).map((peer) => (less ? "" : middle(peer, key))),
    less ? "" : middle("raw", key),
    times(toBest(found, "raw", Object.keys(PEERS), key, less)),
    less ? "" : wanted(raw[at]),
    less ? "" : middle("bundle", key),
    times(toBest(found, "bundle", Object.keys(PEERS), key, less)),
    less ? "" : wanted(bundle[at]),
  ];
  const [first, ...others] = MEASURES;
  const mega = ({ page, workers }) => page && `${number(page[0] + workers[0])} (${number(page[0])} + ${number(workers[0])})`;
  const programs = ["`WebAssembly.Memory` at most and objects after collection (page + worker), MB", "", "", "", mega(memory.raw), "", MEMORY[n] ? `≤ ${MEMORY[n]} MB` : "", mega(memory.bundle), "", ""];
  const rows = [row(first), row({ ...first, name: `the same, less a blank page (${middle("blank", "first")})` }, found.blank.first), ...others.map((it) => row(it)), programs];
  return `### ${thousands(n)} experiments

${megabytes.toFixed(1)} MB of JSON, each page visited ${repeats} times.

${table(["what", ...Object.values(PEERS), "careo, raw", "ratio", "wanted", "careo, bundle", "ratio", "wanted"], rows)}`;
}
