// Runs side by side: the next difference, another baseline, values as values, a finger on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openReady } from "./lib/chromium.mjs";
import { name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";

const RUNS = [name(1, "lbfgs", 1), name(10, "saga", 2), name(100, "saga", 3)];
// One run writes the keys of an object in a list the other way round: that is no difference.
const site = seeds((list) => {
  list[1].data.params["params.yaml"].data.train.steps = [{ at: 1, rate: 0.5 }];
  list[1].experiments.forEach(({ revs }, idx) => {
    const { train } = revs[0].data.params["params.yaml"].data;
    train.steps = [idx % 2 ? { at: 1, rate: 0.5 } : { rate: 0.5, at: 1.0 }];
  });
  return list;
});
const address = await serve(site);
const browser = await launch();
const open = (t, options) => openReady(t, browser, `${address}#/compare?runs=${RUNS.join(",")}`, options);

test("the next difference by key, and another baseline by click", async (t) => {
  const page = await open(t);
  await page.getByRole("region", { name: "3 runs against main" }).focus();
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  const here = page.locator("tr[aria-current=true]");
  assert.equal(await here.getAttribute("data-column"), "params.yaml:train.solver");
  await page.getByText("difference 2 of").waitFor();
  await page.keyboard.press("p");
  assert.equal(await here.getAttribute("data-column"), "params.yaml:train.C");
  await page.getByRole("button", { name: RUNS[0], exact: true }).click();
  await page.getByRole("region", { name: `3 runs against ${RUNS[0]}` }).waitFor();
  assert.match(new URL(page.url()).hash, new RegExp(`base=${RUNS[0]}`));
});

test("the search is in the address, and comes back", async (t) => {
  const page = await open(t);
  await page.getByLabel("Search keys").fill("solver");
  await page.waitForURL(/q=solver/);
  const rows = page.locator("tr[data-column]");
  const found = await rows.count();
  assert.ok(found > 0);
  await page.reload();
  await page.locator('tr[data-column="params.yaml:train.solver"]').waitFor();
  assert.equal(await page.getByLabel("Search keys").inputValue(), "solver");
  assert.equal(await rows.count(), found);
});

test("key and baseline stay where many runs are scrolled aside", async (t) => {
  const page = await open(t, { context: { viewport: { width: 700, height: 700 } } });
  const row = page.locator('tr[data-column="params.yaml:train.C"]');
  const left = (locator) => locator.evaluate((it) => it.getBoundingClientRect().left);
  const kept = [row.locator("th"), row.locator("td").first(), page.locator("th[data-baseline]")];
  const before = await Promise.all(kept.map(left));
  const run = row.locator("td").nth(1);
  const from = await left(run);
  await page.locator("#compare-box").evaluate((box) => (box.scrollLeft = 120));
  assert.equal(await left(run), from - 120, "there is something to scroll");
  assert.deepEqual((await Promise.all(kept.map(left))).map(Math.round), before.map(Math.round));
});

test("lists are compared as values", async (t) => {
  const page = await open(t);
  await page.locator('tr[data-column="params.yaml:train.C"]').waitFor();
  assert.equal(await page.locator('tr[data-column="params.yaml:train.steps"]').count(), 0);
  await page.getByLabel("Only what differs").uncheck();
  await page.locator('tr[data-column="params.yaml:train.steps"][data-different="false"]').waitFor();
});

test("a finger turns to the next run on a phone", async (t) => {
  const page = await open(t, { context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
  const head = (run) => page.locator(`th[data-revision="${run}"]`);
  await head(RUNS[2]).waitFor();
  const { x, y } = await page.locator("#compare-box").boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [{ x: x + 280, y: y + 120 }]);
  for (const step of [240, 180, 120]) await touch("touchMove", [{ x: x + step, y: y + 122 }]);
  await touch("touchEnd", []);
  await head(RUNS[0]).waitFor();
  assert.ok(await head(RUNS[2]).isHidden());
  await page.getByRole("button", { name: "Previous run" }).click();
  await head(RUNS[2]).waitFor();
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= screen, `${content} px wide on ${screen}`);
});
