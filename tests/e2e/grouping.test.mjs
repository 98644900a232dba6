// Runs that repeat a setting stand in one row: mean, deviation, lowest and highest, members one key
// away, and all of it in the address.
import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openReady, ready } from "./lib/chromium.mjs";
import { accuracy, name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";

const address = await serve(seeds());
const browser = await launch();
const SEEDS = `${address}#/experiments?group=-params.yaml%3Abase.seed&where=parent%20is%20not%20missing`;

test("by all parameters but the seed", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?where=parent%20is%20not%20missing`);
  await page.getByLabel("Group").selectOption({ label: "all but seed" });
  const table = page.getByRole("treegrid", { name: "6 groups of 18 runs" });
  await table.waitFor();
  assert.match(new URL(page.url()).hash, /group=-params\.yaml%3Abase\.seed/);
  const cell = table.locator('tr[data-group="3"] td[data-column="metrics.json:test.accuracy"]').first();
  const values = [1, 2, 3].map((seed) => accuracy(1, "lbfgs", seed));
  const mean = values.reduce((sum, value) => sum + value, 0) / 3;
  assert.ok(Math.abs(Number(await cell.getAttribute("data-value")) - mean) < 1e-12);
  assert.ok(Math.abs(Number(await cell.getAttribute("data-deviation")) - 0.001) < 1e-9);
  assert.match(await cell.getAttribute("title"), /Mean 0\.5, standard deviation 0\.001, from 0\.499 to 0\.501; 3 runs/);
  assert.match(await cell.innerText(), /0\.5000? .*± 0\.001/s);
});

test("the members of a group are one key away", async (t) => {
  const page = await openReady(t, browser, SEEDS);
  const table = page.getByRole("treegrid");
  await table.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const members = table.locator("tr[data-member]");
  await members.first().waitFor();
  assert.deepEqual(
    await members.evaluateAll((rows) => rows.map((row) => row.dataset.member)),
    [1, 2, 3].map((seed) => name(100, "saga", seed)),
  );
  assert.equal(await table.getAttribute("aria-rowcount"), "10");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: `Details of ${name(100, "saga", 1)}` }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await members.first().waitFor({ state: "detached" });
});

test("what is open and what is folded away is in the address", async (t) => {
  const page = await openReady(t, browser, SEEDS);
  const members = page.locator("tr[data-member]");
  await page.getByRole("button", { name: "Show the 3 runs" }).first().click();
  await members.first().waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await members.count(), 3);
  await page.goBack();
  await members.first().waitFor({ state: "detached" });
  await page.goto(`${address}#/experiments`);
  const rows = page.locator("#table tr[data-revision]");
  await rows.first().waitFor();
  const n = await rows.count();
  await page.getByRole("button", { name: "Fold main" }).click();
  await page.getByRole("button", { name: "Unfold main" }).waitFor();
  const left = await rows.count();
  assert.ok(left < n, `${left} of ${n}`);
  await page.reload();
  await ready(page);
  assert.equal(await rows.count(), left);
  await page.goBack();
  await page.getByRole("button", { name: "Fold main" }).waitFor();
  assert.equal(await rows.count(), n);
});

test("groups are sorted by their means, and the grouping can be undone", async (t) => {
  const page = await openReady(t, browser, SEEDS);
  const table = page.getByRole("treegrid");
  await table.getByRole("columnheader", { name: /accuracy/ }).getByRole("button").click();
  const first = table.locator("tr[data-group]").first();
  await page.waitForFunction(() => location.hash.includes("sort="));
  assert.match(await first.innerText(), /100\s+saga/);
  assert.match(await first.locator("td.best").first().innerText(), /0\.7100/);
  await page.reload();
  await ready(page);
  assert.match(await page.locator("#groups tr[data-group]").first().innerText(), /100\s+saga/);
  await page.getByText("Grouped by all but seed").getByRole("button", { name: "show runs" }).click();
  await page.locator("#table").waitFor();
  assert.doesNotMatch(new URL(page.url()).hash, /group/);
});

test("in Spanish, by one parameter", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?group=C`, { context: { locale: "es-ES" } });
  await page.getByRole("treegrid", { name: "3 grupos de 19 ejecuciones" }).waitFor();
  assert.equal(await page.getByLabel("Agrupar").inputValue(), "params.yaml:train.C");
});

test("the table is one stop of the Tab key, and its tree opens by arrows", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments`);
  const rows = page.locator("#table tr[data-revision]");
  await rows.first().waitFor();
  const n = await rows.count();
  await page.locator("#table").focus();
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("button", { name: "Unfold main" }).waitFor();
  assert.ok((await rows.count()) < n);
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Fold main" }).waitFor();
  assert.equal(await rows.count(), n);
  assert.equal(await page.evaluate(() => document.activeElement.id), "table");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("#table")), null);
});
