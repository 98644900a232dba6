// A link from a discussion opens exactly what it names, and still does after a reload.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady, ready } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const { site } = nba();
const address = await serve(site);
const browser = await launch();

test("one cell of the matrix", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion?cell=C~PF`);
  const pinned = page.locator('#matrix [role=gridcell][data-actual="C"][data-predicted="PF"], #matrix td[data-actual="C"][data-predicted="PF"]').first();
  const look = async () => ({
    hash: new URL(page.url()).hash,
    label: await pinned.getAttribute("aria-label"),
    count: await pinned.getAttribute("data-count"),
    selected: await pinned.getAttribute("aria-selected"),
  });
  await pinned.waitFor();
  const before = await look();
  assert.equal(before.hash, "#/confusion?cell=C~PF");
  assert.match(before.label, new RegExp(`\\b${before.count}\\b`));
  await page.reload();
  await ready(page);
  assert.deepEqual(await look(), before);
  // The keyboard is where the link leads to.
  await page.waitForFunction(() => document.activeElement.dataset.actual === "C" && document.activeElement.dataset.predicted === "PF");
});

test("the counts of the matrix are those of the predictions", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  const count = (actual, predicted) =>
    page.locator(`#matrix [data-actual="${actual}"][data-predicted="${predicted}"]`).first().getAttribute("data-count");
  assert.equal(await count("SF", "PF"), "14");
  assert.equal(await count("PF", "SF"), "7");
  const all = await page.locator("#matrix [data-count]").evaluateAll((cells) =>
    cells.map((cell) => [cell.dataset.actual, cell.dataset.predicted, Number(cell.dataset.count)]),
  );
  const sum = (cells) => cells.reduce((total, [, , n]) => total + n, 0);
  assert.equal(sum(all), 176);
  assert.equal(sum(all.filter(([actual, predicted]) => actual === predicted)), 87);
});

test("one experiment", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?row=bovid-rime`);
  const row = page.locator('#table tr[data-revision]', { hasText: "bovid-rime" });
  await row.waitFor();
  const hash = new URL(page.url()).hash;
  assert.match(hash, /row=bovid-rime/);
  await page.reload();
  await ready(page);
  await row.waitFor();
  assert.equal(new URL(page.url()).hash, hash);
  assert.match(await page.locator("main").innerText(), /0[.]5227|92/);
});

test("a click on a cell is a link to it", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  await page.locator('#matrix [data-actual="SF"][data-predicted="PF"]').first().click();
  await page.waitForURL((url) => url.hash.includes("cell=SF~PF"));
  await page.goBack();
  await page.waitForURL((url) => !url.hash.includes("cell="));
});

test("a link to a cell that is gone says so", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion?cell=C~XX`);
  await page.locator("#matrix").waitFor();
  assert.match(await page.locator("main").innerText(), /XX/);
});

test("a link to an experiment that is gone says so", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?row=bovid-rima`);
  await page.locator("#table").waitFor();
  const said = await page.locator("main").innerText();
  assert.match(said, /bovid-rima/);
  assert.match(said, /bovid-rime/);
});

test("a key that this page doesn't know is kept and noticed", async (t) => {
  const page = await openReady(t, browser, `${address}#/overview?zoom=3`);
  assert.match(new URL(page.url()).hash, /zoom=3/);
  assert.match(await page.locator("body").innerText(), /zoom/);
});

test("a copy for the discussion holds the numbers and the link", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion?cell=SF~PF`, {
    context: { permissions: ["clipboard-read", "clipboard-write"] },
  });
  await page.getByRole("button", { name: "Copy for the discussion" }).first().click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /cell=SF~PF/);
  assert.match(copied, /14 .*36|36 .*14/s);
});
