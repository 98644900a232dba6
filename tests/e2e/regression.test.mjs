// A report of scalar metrics alone, where lower is better: nobody may read it as a loss, and
// without a sample nobody may read it as proved.
import assert from "node:assert/strict";
import { test } from "node:test";

import { careo, fixture, site } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const cwd = fixture("sklearn/diabetes-regression");
const inputs = ["candidate", "--baseline", "baseline"];
const address = await serve(site(inputs, { cwd }));
const browser = await launch();

test("the verdict is unknown, and names the difference", async (t) => {
  const page = await openReady(t, browser, address);
  const verdict = page.locator("#verdict");
  assert.equal(await verdict.getAttribute("data-verdict"), "unknown");
  const said = await page.locator("main").innerText();
  assert.match(said, /rmse/i);
  assert.match(said, /65\.21/);
  assert.match(said, /55\.97/);
});

test("a lower error is called better, a higher r2 too", async (t) => {
  const page = await openReady(t, browser, `${address}#/compare`);
  const row = (metric) => page.locator("tr", { hasText: metric }).first();
  for (const metric of ["rmse", "mae", "r2"]) {
    const said = await row(metric).innerText();
    assert.match(said, /better/i, metric);
    assert.doesNotMatch(said, /worse/i, metric);
  }
});

test("views without anything to show say so", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  assert.equal(await page.locator("#matrix").count(), 0);
  assert.match(await page.locator("main").innerText(), /There is no confusion matrix in this report/);
  assert.equal(await page.locator("[data-problem]").count(), 0);
});

test("the comment says the same", () => {
  const comment = careo(["comment", ...inputs], { cwd });
  assert.match(comment, /rmse/i);
  assert.match(comment, /65\.21/);
  assert.match(comment, /55\.97/);
  assert.doesNotMatch(comment, /worse/i);
});
