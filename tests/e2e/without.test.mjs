// What a reader sees when something is missing: JavaScript, WebAssembly, a part of the site, the
// worker, the report itself.
import { createHash } from "node:crypto";
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { fixture, nba, scratch } from "./lib/careo.mjs";
import { NO_SCRIPT, launch, open, openReady, ready } from "./lib/chromium.mjs";
import { drop } from "./lib/drop.mjs";
import { serve } from "./lib/nginx.mjs";

const { site, packed } = nba();
const address = await serve(site);
const browser = await launch();

/** A copy of the site that a test may damage. */
function copy() {
  const dir = join(scratch(), "site");
  cpSync(site, dir, { recursive: true });
  return dir;
}

test("without JavaScript the verdict can be read", async (t) => {
  const page = await open(t, browser, address, {
    context: { javaScriptEnabled: false },
    expected: [NO_SCRIPT],
  });
  assert.equal(await page.locator("html").getAttribute("data-state"), "shown");
  const verdict = page.locator("#verdict");
  assert.equal(await verdict.getAttribute("data-verdict"), "no-clear-change");
  assert.match(await verdict.innerText(), /87/);
  assert.match(await page.locator("noscript p[lang=en]").innerText(), /JavaScript is off/);
});

test("without WebAssembly the page says so, and keeps its verdict", async (t) => {
  const page = await open(t, browser, address, { init: () => delete window.WebAssembly });
  const card = page.getByRole("alert");
  await card.waitFor();
  assert.equal(await card.getAttribute("data-problem"), "no-wasm");
  assert.match(await card.innerText(), /does not run WebAssembly/);
  assert.equal(await page.locator("html").getAttribute("data-state"), "error");
  assert.ok(await page.locator("#verdict").isVisible());
});

test("with its program missing the page says so", async (t) => {
  const dir = copy();
  const [wasm] = readdirSync(dir, { recursive: true }).filter((file) => file.endsWith(".wasm"));
  rmSync(join(dir, wasm));
  const page = await open(t, browser, await serve(dir), {
    // The browser's own line about the file, and the loader's error.
    expected: [/Failed to load resource.*404/, /console error: (?!Failed to load)/],
  });
  const card = page.getByRole("alert");
  await card.waitFor();
  assert.equal(await card.getAttribute("data-problem"), "no-start");
});

// What tells that the page had to do without.
const NO_WORKER = '[data-notice="no-worker"]';

// Over 1 MB: what the page hands to its worker.
const N_EXPERIMENTS = 1000;
const large = join(scratch(), "exp-show.json");
writeFileSync(large, experiments(N_EXPERIMENTS));

test("what the address names is fetched while the program is on its way, once, and has its worker", async (t) => {
  const dir = copy();
  cpSync(large, join(dir, "large.json"));
  const page = await openReady(t, browser, await serve(dir));
  let n_asked = 0;
  let n_workers = 0;
  const is_asked = new Promise((resolve) => {
    page.on("request", (request) => {
      if (!new URL(request.url()).pathname.endsWith("/large.json")) return;
      n_asked += 1;
      resolve();
    });
  });
  page.on("worker", () => (n_workers += 1));
  // No program before the file was asked for: who waits for the other waits for ever.
  await page.route("**/*_bg.wasm", async (route) => {
    await is_asked;
    await route.continue();
  });
  await page.goto(`${page.url().split("#")[0]}?data=large.json#/experiments`);
  await rowsOfLarge(page);
  assert.equal(n_asked, 1);
  assert.equal(n_workers, 1);
});

for (const [way, base] of [["served", address], ["packed", pathToFileURL(packed).href]]) {
  test(`${way}: a large file is read in a worker`, async (t) => {
    const page = await openReady(t, browser, `${base}#/experiments`);
    const started = page.waitForEvent("worker");
    await drop(page, large);
    const worker = await started;
    const ended = new Promise((resolve) => worker.once("close", resolve));
    await rowsOfLarge(page);
    await ended;
    assert.equal(await page.locator(NO_WORKER).count(), 0);
    // The browser's own hash is the file's.
    await page.getByRole("link", { name: /Files/ }).click();
    const sum = createHash("sha256").update(readFileSync(large)).digest("hex");
    await page.locator(`#files-table code[title="${sum}"]`).waitFor();
  });

  test(`${way}: where no worker starts the page reads it itself, and says so`, async (t) => {
    const page = await openReady(t, browser, `${base}#/experiments`, {
      init: () => {
        window.Worker = class {
          constructor() {
            throw new DOMException("not here", "SecurityError");
          }
        };
      },
    });
    await drop(page, large);
    await rowsOfLarge(page);
    await page.locator(NO_WORKER).waitFor();
  });
}

test("an empty folder says what to do", async (t) => {
  const page = await openReady(t, browser, address);
  const dir = join(scratch(), "empty");
  mkdirSync(dir);
  await drop(page, dir);
  const card = page.locator("[role=alert][data-problem]").first();
  await card.waitFor();
  assert.ok((await card.innerText()).length > 30);
  // The report that was there is still there.
  await page.locator("#verdict").waitFor();
});

test("a bundle of a newer careo is told apart from a broken one", async (t) => {
  const newer = join(scratch(), "report.json");
  writeFileSync(newer, JSON.stringify({ careo: { schema: 4, kind: "report", made_by: "careo 9.0.0" }, future: [1, 2] }));
  const page = await openReady(t, browser, address);
  await drop(page, newer);
  const card = page.locator("[role=alert][data-problem]").first();
  await card.waitFor();
  assert.match(await card.innerText(), /newer careo .*4.*1/s);
});

/** Waits until all experiments of the large file are counted. */
async function rowsOfLarge(page) {
  await page.locator(`#count[data-count]`).waitFor();
  await page.waitForFunction((least) => Number(document.querySelector("#count")?.dataset.count) >= least, N_EXPERIMENTS);
  await ready(page);
}

/** The NBA case's `exp show` with its experiments again and again, each under a name of its own. */
function experiments(n) {
  const entries = JSON.parse(readFileSync(fixture("nba/exp-show.json"), "utf8"));
  const tip = entries.at(-1);
  const some = tip.experiments;
  tip.experiments = Array.from({ length: n }, (_, idx) => {
    const rev = (idx + 1).toString(16).padStart(40, "0");
    const name = `run-${idx}`;
    const { revs, ...rest } = some[idx % some.length];
    return { ...rest, name, revs: revs.map((it) => ({ ...it, rev, name, data: { ...it.data, rev } })) };
  });
  return JSON.stringify(entries);
}
