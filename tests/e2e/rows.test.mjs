// Rows of the table of experiments: where they stand, how far they got, and where the keyboard is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fixture, site } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const address = await serve(site([fixture("dvc/lab-3.67.1/exp-show.running.json")]));
const browser = await launch();
const open = (t, width) =>
  openReady(t, browser, `${address}#/experiments?changed=0`, { context: { viewport: { width, height: 800 } } });

for (const width of [390, 1000]) {
  test(`name and message stay in view at ${width} px`, async (t) => {
    const page = await open(t, width);
    const box = await page.locator(".xp-box").boundingBox();
    await page.locator(".xp-box").evaluate((it) => {
      it.scrollLeft = it.querySelector(".xp-why").offsetLeft + 300;
    });
    const left = (what) => page.locator(what).first().evaluate((it) => it.getBoundingClientRect().left);
    const places = ["#table thead tr:last-child th", "#table [data-baseline] th", "#table tbody:last-child th"];
    for (const place of places) assert.ok(Math.abs((await left(place)) - box.x) < 1, place);
    const name = await page.locator("#table tbody:last-child th").first().boundingBox();
    const why = await left('[data-revision="will-fail"] .xp-why > span');
    assert.ok(why >= name.x + name.width && why < box.x + box.width, `the message is at ${why}`);
  });
}

test("the keyboard reaches the message, whichever metric it is at", async (t) => {
  const page = await open(t, 1000);
  await page.locator("#table").focus();
  const rows = await page.locator("#table [data-revision]").evaluateAll((all) => all.map((it) => it.dataset.revision));
  for (let at = 0; at < rows.indexOf("will-fail"); at++) await page.keyboard.press("ArrowDown");
  // Behind name and state stand metrics, more than are in view.
  for (let at = 0; at < 8; at++) {
    await page.waitForFunction(() => {
      const table = document.getElementById("table");
      return document.getElementById(table.getAttribute("aria-activedescendant"))?.classList.contains("active");
    });
    await page.keyboard.press("ArrowRight");
  }
  await page.locator('[data-revision="will-fail"] .xp-why.active').waitFor();
});

test("in a narrow window a row that is opened shows its details, and rows can be selected", async (t) => {
  const page = await open(t, 390);
  await page.locator('[data-revision="grid-a"] input').click();
  await page.locator(".badge", { hasText: "1 selected" }).waitFor();
  await page.locator('[data-revision="grid-a"] .xp-name a').click();
  await page.waitForFunction(() => document.querySelector(".xp-panel")?.getBoundingClientRect().top < 700);
});
