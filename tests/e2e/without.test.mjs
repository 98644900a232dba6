// What a reader sees when something is missing: JavaScript, WebAssembly, a part of the site, the
// worker, the report itself.
import assert from "node:assert/strict";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { nba, scratch } from "./lib/careo.mjs";
import { launch, open } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const { site } = nba();
const address = await serve(site);
const browser = await launch();

/** A copy of the site that a test may damage. */
function copy() {
  const dir = join(scratch(), "site");
  cpSync(site, dir, { recursive: true });
  return dir;
}

test("without JavaScript the verdict can be read", async (t) => {
  const page = await open(t, browser, address, { context: { javaScriptEnabled: false } });
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
    expected: [/404/, /error: /],
  });
  const card = page.getByRole("alert");
  await card.waitFor();
  assert.equal(await card.getAttribute("data-problem"), "no-start");
});
