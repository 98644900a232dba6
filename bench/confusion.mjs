// The Confusion view at 5, 100, 1,000 and 5,000 classes and of 1,000,000 predictions, beside a bare
// canvas page, ECharts, Vega-Lite and Plotly on the same files; its order by similarity beside SciPy's.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { launch } from "./browser.mjs";
import { number, table, thousands, times } from "./markdown.mjs";
import { memoryOfPage, memoryOfWorkers, watchMemory } from "./memory.mjs";
import { buildPeers, version } from "./peers.mjs";
import { random } from "./random.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";
import { longestTask } from "./trace.mjs";
import { best, time, toBest, visitInTurn } from "./visits.mjs";

const DIST = process.env.DIST ?? "dist";
const DIR = "target/bench/confusion";
const DENSE = [5, 100, 1000];
const STATES = ["norm=row", "scale=log", "order=support", "scale=quantile", "transpose=1", "norm=col&order=error", "order=similarity"];
const LIBRARIES = { echarts: "ECharts", "vega-lite": "Vega-Lite", plotly: "Plotly" };
const NAMES = { canvas: "bare canvas", ...LIBRARIES };
const YELLOW = [0xfd, 0xe7, 0x25];

/** What is wanted: ratios to the bare page and to the fastest library, milliseconds, megabytes. */
const WANTED = {
  5: { canvas: 1.6, library: 0.6, task: 16, memory: 8 },
  100: { canvas: 1.6, library: 0.45, task: 16, memory: 8 },
  1000: { canvas: 1.6, library: 0.2, task: 50, memory: 40 },
  5000: { task: 50, memory: 40 },
  predictions: { canvas: 1 },
};

/** Writes the files that are measured; gives `{ name, file, n, repeats, wanted, facts }` for each. */
function makeFiles() {
  const next = random(7);
  const below = (n) => Math.floor(next() * n);
  const labelsOf = (n) => Array.from({ length: n }, (_, idx) => `c${String(idx).padStart(String(n - 1).length, "0")}`);
  // So many cells in the first and in the last corner are the highest: where a cell is less than a
  // pixel, there is still a place whose colour is known.
  const cornerOf = (n) => Math.max(1, Math.round(n / 125));
  const isCorner = (n, row, column) => Math.max(row, column) < cornerOf(n) || Math.min(row, column) >= n - cornerOf(n);
  const files = [];
  const add = (name, file, labels, get, max, wanted) => {
    const n = labels.length;
    const middle = Math.floor(cornerOf(n) / 2);
    const corner = (at) => {
      const count = get(at, at);
      const colour = [8, 48, 107].map((dark) => Math.round(255 + (dark - 255) * (count / max)));
      return { cell: [labels[at], labels[at]], colour };
    };
    // Where a cell is less than a pixel, the pointer is over one of its neighbours.
    const reach = n > 640 ? Math.ceil(n / 640) : 0;
    const around = (at) => Array.from({ length: 2 * reach + 1 }, (_, idx) => at - reach + idx).filter((it) => it >= 0 && it < n);
    const cells = [0.21, 0.37, 0.53, 0.71, 0.83].map((share, idx) => {
      const row = Math.floor(n * share);
      const column = (row + idx + 1) % n;
      const near = around(row).flatMap((r) => around(column).map((c) => [labels[r], labels[c], ...(get(r, c) > 0 ? [String(get(r, c))] : [])]));
      return { cell: [labels[row], labels[column]], near };
    });
    files.push({ name, file, n, wanted, facts: { corners: [corner(middle), corner(n - 1 - middle)], cells } });
  };
  for (const n of DENSE) {
    const labels = labelsOf(n);
    const matrix = labels.map((_, row) => labels.map((_, column) => (row === column || isCorner(n, row, column) ? 999 : 1 + below(60))));
    writeFileSync(`${DIR}/confusion_matrix_${n}.json`, JSON.stringify({ labels, confusion_matrix: matrix }));
    add(thousands(n), `confusion_matrix_${n}.json`, labels, (row, column) => matrix[row][column], 999, WANTED[n]);
  }
  const count = (name, file, n, draw, wanted) => {
    const labels = labelsOf(n);
    const counts = new Map();
    const lines = ["actual,predicted"];
    draw((row, column) => {
      counts.set(row * n + column, (counts.get(row * n + column) ?? 0) + 1);
      lines.push(`${labels[row]},${labels[column]}`);
    });
    writeFileSync(`${DIR}/${file}`, `${lines.join("\n")}\n`);
    const max = [...counts.values()].reduce((a, b) => Math.max(a, b));
    add(name, file, labels, (row, column) => counts.get(row * n + column) ?? 0, max, wanted);
  };
  // 200,000 filled cells of 25 million.
  count("5,000, sparse", "predictions_5000.csv", 5000, (put) => {
    const size = cornerOf(5000);
    for (let row = 0; row < 5000; row += 1) {
      const block = [0, 5000 - size].find((it) => isCorner(5000, row, it));
      if (block !== undefined) {
        for (let idx = 0; idx < 9 * size; idx += 1) put(row, block + (idx % size));
        continue;
      }
      // What is pointed at later is filled.
      for (let step = 0; step <= 5; step += 1) put(row, (row + step) % 5000);
      for (let idx = 0; idx < 34; idx += 1) put(row, below(5000));
    }
  }, WANTED[5000]);
  count("1,000,000 predictions", "predictions_1m.csv", 10, (put) => {
    for (let row = 0; row < 1_000_000; row += 1) {
      const actual = below(10);
      put(actual, below(4) > 0 ? actual : below(10));
    }
  }, WANTED.predictions);
  return files;
}

// What says on each page that the whole matrix is painted, and where the sentence of a cell is.
const onCanvas = ({ corners }) =>
  corners.every(({ cell, colour }) => {
    const place = bench.cellAt(...cell);
    return place && bench.hasColour(place, colour);
  });
const PEERS = {
  canvas: { ready: onCanvas, said: "#said" },
  echarts: { ready: onCanvas, said: "#chart > div" },
  "vega-lite": { ready: onCanvas, said: "#vg-tooltip-element" },
  plotly: { ready: () => document.documentElement.dataset.state === "painted", said: ".hoverlayer" },
};
const careo = {
  ready: ({ corners, yellow }) =>
    document.documentElement.dataset.state === "ready" &&
    corners.every(({ cell }) => {
      const place = bench.cellAt(...cell);
      return place && (document.querySelector("table#matrix") || bench.hasColour(place, yellow));
    }),
  said: ".pin-sentence",
  height: 1200,
};

function subjects(file, facts) {
  const peer = ([name, page]) => ({ name, facts, address: `${name}.html?data=${file}`, ...page });
  return [
    { name: "blank", address: "blank.html", ready: () => document.readyState === "complete", steps: [STEPS.first] },
    { name: "careo", facts: { ...facts, yellow: YELLOW }, address: `?data=${file}#/confusion`, ...careo },
    ...Object.entries(PEERS).map(peer),
  ];
}

const STEPS = {
  first: ["first", ({ page, subject }) => time(page, subject.ready, subject.facts)],
  pointing: ["pointing", ({ page, subject }) => pointing(page, subject)],
  page: ["page", ({ page }) => memoryOfPage(page)],
  workers: ["workers", ({ page }) => memoryOfWorkers(page)],
  task: ["task", ({ page, browser }) => worstTask(page, browser)],
  support: ["support", ({ page }) => order(page, "support")],
  similarity: ["similarity", ({ page }) => order(page, "similarity")],
};

/** From the pointer's move to the sentence, in milliseconds; median of some cells. */
async function pointing(page, { facts, said }) {
  const found = [];
  for (const { cell, near } of facts.cells) {
    const { x, y } = await page.evaluate(([actual, predicted]) => {
      const { x, y } = bench.cellAt(actual, predicted);
      return { x, y };
    }, cell);
    await page.mouse.move(3, 3);
    const isSaid = ({ said, near }) => {
      // Thousands may be set off.
      const text = [...document.querySelectorAll(said)].map((it) => it.textContent.replace(/(?<=\d)[,\u202f](?=\d)/g, "")).join(" ");
      return near.some((parts) => parts.every((it) => text.includes(it)));
    };
    found.push(await time(page, isSaid, { said, near }, "mousemove", () => page.mouse.move(x, y)));
  }
  return median(found);
}

/** The longest task of some changes of normalisation, scale and order. */
async function worstTask(page, browser) {
  let longest = 0;
  await settled(page);
  for (const state of STATES) {
    const task = await longestTask(browser, page, async () => {
      await page.evaluate((hash) => (location.hash = hash), `#/confusion?${state}`);
      await settled(page);
    });
    longest = Math.max(longest, task);
  }
  return longest;
}

/** A picture is made in slices: it is there once nothing changes for a while. */
const settled = (page) => page.evaluate(() => new Promise((resolve) => {
  let last = performance.now();
  const observer = new MutationObserver(() => (last = performance.now()));
  observer.observe(document.querySelector("main"), { childList: true, subtree: true, attributes: true });
  const look = () => (performance.now() - last > 400 ? (observer.disconnect(), resolve()) : requestAnimationFrame(look));
  look();
}));

/** From asking for an order of classes until it is shown, in milliseconds. */
const order = (page, by) => page.evaluate((by) => {
  const start = performance.now();
  location.hash = `#/confusion?order=${by}`;
  const isDone = (by) => document.querySelector(`option[value=${by}]`)?.selected && !document.querySelector("#matrix-ordering, #matrix[aria-busy=true]");
  return bench.until(isDone, by).then((now) => now - start);
}, by);

/** What SciPy takes for the order: `{ version, [n]: milliseconds }`. */
function scipy() {
  const sizes = DENSE.slice(1);
  const files = sizes.map((n) => `${DIR}/confusion_matrix_${n}.json`);
  const said = execFileSync(process.env.SCIPY ?? "python3", ["bench/order.py", ...files], { encoding: "utf8" });
  const [version, ...found] = said.trim().split("\n");
  return { version, ...Object.fromEntries(sizes.map((n, idx) => [n, Number(found[idx])])) };
}

/** What the program takes for the same in a worker, without painting: `{ [n]: milliseconds }`. */
async function computing(server) {
  cpSync("bench/order-in-wasm.js", `${DIR}/order-in-wasm.js`);
  const [glue] = /viewer-[0-9a-f]+\.js/.exec(readFileSync(`${DIR}/index.html`, "utf8"));
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(new URL("blank.html", server.address).href);
  const found = {};
  for (const n of DENSE.slice(1)) {
    const took = await page.evaluate(({ glue, file }) => new Promise((resolve, reject) => {
      const worker = new Worker("order-in-wasm.js", { type: "module" });
      worker.onmessage = ({ data }) => (worker.terminate(), resolve(data));
      worker.onerror = ({ message }) => reject(new Error(message));
      const href = (name) => new URL(name, location).href;
      worker.postMessage({ glue: href(glue), wasm: href(glue.replace(/\.js$/, "_bg.wasm")), file });
    }), { glue, file: `confusion_matrix_${n}.json` });
    found[n] = median(took);
  }
  await browser.close();
  return found;
}

/** The section of docs/benchmarks.md. */
export async function confusionSection(repeats, tell, isWanted = () => true) {
  rmSync(DIR, { recursive: true, force: true });
  mkdirSync(DIR, { recursive: true });
  cpSync(DIST, DIR, { recursive: true });
  cpSync("bench/blank.html", `${DIR}/blank.html`);
  await buildPeers(Object.keys(PEERS), DIR);
  const files = makeFiles().filter(isWanted);
  const server = await serve(DIR, "/some/repo/pr/12/");
  for (const measured of files) {
    const { name, file, facts, n } = measured;
    // Some take most of a minute.
    const often = n < 5000 ? repeats : Math.min(repeats, 3);
    tell(`the matrix of ${name}, ${often} times each`);
    const all = subjects(file, facts);
    const isOurs = (it) => it.name === "careo";
    measured.found = await visitInTurn(server, all, [STEPS.first, STEPS.pointing], often);
    const able = all.filter((it) => it.name !== "blank" && measured.found[it.name].first);
    const watched = able.map((it) => ({ ...it, prepare: (page) => watchMemory(page, `${DIST}/loader.js`) }));
    measured.memory = await visitInTurn(server, watched, [STEPS.first, STEPS.page, STEPS.workers], 1);
    const changes = [STEPS.first, STEPS.task, ...(n >= 100 ? [STEPS.support, STEPS.similarity] : [])];
    measured.changes = (await visitInTurn(server, all.filter(isOurs), changes, Math.min(repeats, 3))).careo;
    writeFileSync(`${DIR}/measured.json`, JSON.stringify(files, (key, value) => (key === "facts" ? undefined : value), 1));
  }
  tell("the order by similarity alone, and SciPy's");
  const computed = await computing(server);
  await server.close();
  return write(files, computed, scipy(), repeats);
}

function write(files, computed, scipy, repeats) {
  const middle = (values) => number(values ? median(values) : null);
  const wanted = (goal, unit = "") => (goal ? ` (≤ ${goal}${unit})` : "");
  const painted = files.map(({ name, found, wanted: { canvas, library } }) => {
    const blank = found.blank.first;
    const less = found.careo.first && found.canvas.first && ratio(found.careo.first, found.canvas.first, blank);
    return [
      name,
      ...Object.keys(NAMES).map((it) => middle(found[it].first)),
      middle(found.careo.first),
      `${times(toBest(found, "careo", ["canvas"], "first"))}${wanted(canvas)}`,
      times(less),
      `${times(toBest(found, "careo", Object.keys(LIBRARIES), "first"))}${wanted(library)}`,
    ];
  });
  const pointed = files.map(({ name, found }) => {
    const them = best(found, Object.keys(NAMES), "pointing");
    const more = them && found.careo.pointing && median(found.careo.pointing) - median(found[them].pointing);
    return [name, ...[...Object.keys(NAMES), "careo"].map((it) => middle(found[it].pointing)), number(more)];
  });
  const kept = files.map(({ name, memory, wanted: goal }) => {
    const { page, workers } = memory.careo ?? {};
    const ours = page ? [number(page[0] + workers[0]) + wanted(goal.memory), number(page[0]), number(workers[0])] : ["–", "–", "–"];
    return [name, ...Object.keys(NAMES).map((it) => middle(memory[it]?.page)), ...ours];
  });
  const changed = files.map(({ name, n, changes, wanted: goal }) => [name, `${middle(changes.task)}${wanted(goal.task)}`, middle(changes.support), middle(changes.similarity), number(computed[n]), number(scipy[n])]);
  const problems = files.flatMap(({ name, found, memory, changes }) =>
    [...Object.entries(found), ["careo", changes], ...Object.entries(memory)]
      .filter(([, { problem }]) => problem)
      .map(([who, { stuck, problem }]) => `- ${NAMES[who] ?? who} at ${name}, *${SAID[stuck]}*: ${problem}.`),
  );
  return `## The Confusion view

Files of 5, 100 and 1,000 classes are full, 5,000 classes have some 200,000 filled cells; files of predictions are CSV, which the peers' pages count with a loop written by hand. Beside careo a bare page that paints one pixel a cell with one \`putImageData\` and draws no axes, ECharts ${version("echarts")}, Vega-Lite ${version("vega-lite")} and Plotly ${version("plotly.js-dist-min")} (\`bench/peers/\`), careo on the same raw files (\`?data=\`).
Medians of ${repeats} interleaved visits (5,000 classes: ${Math.min(repeats, 3)}), each with cold caches, in milliseconds (a blank page takes ${middle(files[0].found.blank.first)}); in brackets what is wanted at most, ratios with a bootstrap 90 % interval.

From navigation until the whole matrix is painted:

${table(["classes", ...Object.values(NAMES), "careo", "ratio to the bare page", "less a blank page", "ratio to the fastest library"], painted)}

From the pointer's move onto a cell until its sentence is shown; wanted is at most a frame of 16.7 ms more than the fastest peer:

${table(["classes", ...Object.values(NAMES), "careo", "more than the fastest"], pointed)}

Memory in MB: the objects of the page after collection, and for careo the \`WebAssembly.Memory\` of the page and of workers, which end after their answer, at most:

${table(["classes", ...Object.values(NAMES), "careo", "its page", "its workers"], kept)}

The longest task of careo's main thread, in its own time, is the worst of ${STATES.length} changes of normalisation, order and scale, from a trace. Orders take from asking for them until they are painted, of which the one by support takes next to no computing; *computing* is that of the order by similarity alone, in a worker, from the counts on, the median of 3. SciPy's, the same from the counts on, is average linkage and \`optimal_leaf_ordering\` ${scipy.version} of the same matrix (\`bench/order.py\`), in processor time, and was not tried with 5,000 classes, whose distances it would hold as 25 million numbers:

${table(["classes", "longest task", "order by support", "order by similarity", "its computing", "SciPy's"], changed)}
${problems.length > 0 ? `\nWhat a page could not do:\n\n${problems.join("\n")}\n` : ""}`;
}

const SAID = { first: "the whole matrix", pointing: "the sentence of a cell", page: "memory", workers: "memory", task: "changes", support: "order by support", similarity: "order by similarity" };
