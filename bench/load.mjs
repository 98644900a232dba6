// How soon the NBA page shows something and answers, against a hand-written static page with the
// same tables; both less a blank page of the same run.
import { cpSync, mkdirSync, rmSync } from "node:fs";

import { launch } from "./browser.mjs";
import { table, times } from "./markdown.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";

const PATH = "/some/repo/pr/12/";

// Before anything of the page: the first paint, and the moment at which the app is ready.
function watch() {
  window.seen = new Promise((resolve) => {
    const wanted = location.pathname.endsWith(".html") ? ["paint"] : ["paint", "ready"];
    const told = {};
    const note = (name, time) => {
      told[name] ??= time;
      if (wanted.every((key) => key in told)) resolve(told);
    };
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (paint) note("paint", paint.startTime);
    }).observe({ type: "paint", buffered: true });
    const look = () => {
      if (document.documentElement?.dataset.state === "ready") note("ready", performance.now());
    };
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-state"] });
  });
}

/** Medians in milliseconds and ratios, from `repeats` interleaved loads with cold caches. */
async function measure(site, repeats) {
  const dir = "target/bench/load";
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(site, dir, { recursive: true });
  cpSync("bench/static.html", `${dir}/static.html`);
  cpSync("bench/blank.html", `${dir}/blank.html`);
  const server = await serve(dir, PATH);
  const browser = await launch();
  const pages = { blank: "blank.html", fixed: "static.html", careo: "" };
  const seen = { blank: [], fixed: [], careo: [], ready: [] };
  const names = Object.keys(pages);
  // One round to warm up browser and server; it isn't counted.
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    // Another order each time, so that none always comes first.
    const order = names.map((_, idx) => names[(idx + Math.max(0, repeat)) % names.length]);
    for (const name of order) {
      const context = await browser.newContext();
      await context.addInitScript(watch);
      const page = await context.newPage();
      await page.goto(server.address + pages[name]);
      const told = await page.evaluate(() => window.seen);
      await context.close();
      if (repeat < 0) continue;
      seen[name].push(told.paint);
      if (name === "careo") seen.ready.push(told.ready);
    }
  }
  await browser.close();
  await server.close();
  return {
    medians: Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, median(list)])),
    paint: ratio(seen.careo, seen.fixed, seen.blank),
    ready: ratio(seen.ready, seen.fixed, seen.blank),
    wholePaint: ratio(seen.careo, seen.fixed),
    wholeReady: ratio(seen.ready, seen.fixed),
  };
}

/** The section of docs/benchmarks.md. */
export async function loadSection(repeats) {
  const load = await measure("target/demo/site", repeats);
  const rows = [
    ["blank page, first contentful paint", load.medians.blank.toFixed(0)],
    ["static page, first contentful paint", load.medians.fixed.toFixed(0)],
    ["careo, first contentful paint", load.medians.careo.toFixed(0)],
    ["careo, `ready`", load.medians.ready.toFixed(0)],
  ];
  return `## How soon the NBA page is there

From a local server, gzipped, nothing cached; the static page is \`bench/static.html\`, written by hand with the same tables. Medians of ${repeats} interleaved loads, ratios with a bootstrap 90 % interval.

${table(["", "median, ms"], rows)}

Less the blank page: careo's first paint takes ${times(load.paint)} times the static page's, \`ready\` ${times(load.ready)} times.
Not taken off: first paint ${times(load.wholePaint)}, \`ready\` ${times(load.wholeReady)}.
`;
}
