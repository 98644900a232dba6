// How soon the NBA page shows something and answers, against a hand-written static page with the
// same tables; both less a blank page of the same run.
import { cpSync, mkdirSync, rmSync } from "node:fs";

import { serve } from "./serve.mjs";
import { launch } from "./browser.mjs";
import { median, ratio } from "./stats.mjs";

const PATH = "/some/repo/pr/12/";

// Before anything of the page: the first paint, and the moment at which the app is ready.
function watch() {
  window.seen = new Promise((resolve) => {
    const wanted = location.pathname.endsWith(".html") ? ["paint"] : ["paint", "ready"];
    const times = {};
    const note = (name, time) => {
      times[name] ??= time;
      if (wanted.every((key) => key in times)) resolve(times);
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
export async function measureLoad(site, repeats) {
  const dir = "target/bench/load";
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(site, dir, { recursive: true });
  cpSync("bench/static.html", `${dir}/static.html`);
  cpSync("bench/blank.html", `${dir}/blank.html`);
  const server = await serve(dir, PATH);
  const browser = await launch();
  const pages = { blank: "blank.html", fixed: "static.html", careo: "" };
  const times = { blank: [], fixed: [], careo: [], ready: [] };
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
      const seen = await page.evaluate(() => window.seen);
      await context.close();
      if (repeat < 0) continue;
      times[name].push(seen.paint);
      if (name === "careo") times.ready.push(seen.ready);
    }
  }
  await browser.close();
  await server.close();
  return {
    medians: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)])),
    paint: ratio(times.careo, times.fixed, times.blank),
    ready: ratio(times.ready, times.fixed, times.blank),
    wholePaint: ratio(times.careo, times.fixed),
    wholeReady: ratio(times.ready, times.fixed),
  };
}
