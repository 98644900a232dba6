// A link from a discussion opens exactly what it names, and still does after a reload.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady, ready } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";
import { LANDMARKS } from "./lib/views.mjs";

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
  // The keyboard is where the link leads to.
  const active = () => document.activeElement.id === "table" && document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.closest("tr").textContent;
  assert.match(await (await page.waitForFunction(active)).jsonValue(), /bovid-rime/);
});

const PHONE = { context: { viewport: { width: 390, height: 844 }, hasTouch: true } };
/** Where elements are in the window: whether all of each is seen below the page's head. */
const areSeen = (page, ...selectors) =>
  page.evaluate((selectors) => {
    const head = document.querySelector(".bar").getBoundingClientRect().bottom;
    return selectors.every((selector) => {
      const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
      return top >= head && bottom <= innerHeight;
    });
  }, selectors);

test("on a phone, a link to a cell shows the cell and its sentence", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion?cell=SF~PF`, PHONE);
  const scrolled = () => page.evaluate(() => scrollY);
  const cell = '#matrix [data-actual="SF"][data-predicted="PF"]';
  await page.waitForFunction(() => scrollY > 0);
  assert.ok(await areSeen(page, "#pin-sentence", cell));
  // A reader who pins another one stays where they are: the sentence is in view.
  const before = await scrolled();
  await page.locator('#matrix [data-actual="SF"][data-predicted="SG"]').tap();
  await page.waitForFunction(() => document.querySelector("#pin-sentence").textContent.includes("6 of 36"));
  // The page's own turn, in which it would scroll, is over after two frames and a timer.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  assert.equal(await scrolled(), before);
});

test("on a phone, pinning a cell by hand brings its sentence into view", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`, PHONE);
  const cell = '#matrix [data-actual="SF"][data-predicted="PF"]';
  await page.locator(cell).tap();
  await page.locator("#pin-sentence").waitFor();
  await page.waitForFunction(() => document.querySelector("#pin-sentence").getBoundingClientRect().bottom <= innerHeight);
  assert.ok(await areSeen(page, "#pin-sentence", cell));
});

test("a link below the matrix to a cell leads to its sentence", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`, {
    context: { viewport: { width: 1280, height: 600 } },
  });
  await page.locator('.confusions a[href*="cell="]').last().click();
  await page.waitForFunction(() => {
    const box = document.querySelector("#pin-sentence")?.getBoundingClientRect();
    return box && box.top >= document.querySelector(".bar").getBoundingClientRect().bottom && box.bottom <= innerHeight;
  });
});

for (const width of [1280, 1040, 390]) {
  test(`nothing of the details is cut off in a window of ${width} px`, async (t) => {
    const page = await openReady(t, browser, `${address}#/experiments?row=bovid-rime`, {
      context: { viewport: { width, height: 800 } },
    });
    const cut = await page.locator(".xp-panel").evaluate((panel) => {
      const right = panel.getBoundingClientRect().left + panel.clientWidth;
      const isCut = (it) => it.scrollWidth > it.clientWidth || it.getBoundingClientRect().right > right;
      return [...panel.querySelectorAll(".xp-diff, thead th, tbody th")].filter(isCut).map((it) => it.textContent);
    });
    assert.deepEqual(cut, []);
    assert.equal(await page.locator(".xp-panel td.xp-diff", { hasText: "−0.0057" }).count(), 1);
  });
}

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

test("from a link to a cell that is gone, every other view opens", async (t) => {
  for (const view of ["overview", "compare", "experiments", "plots", "report", "files"]) {
    const page = await openReady(t, browser, `${address}#/confusion?cell=XX~YY`);
    await page.locator(`header a[href^="#/${view}"]`).first().click();
    await page.waitForFunction((name) => location.hash.startsWith(`#/${name}`), view);
    await page.locator(`header a[href^="#/${view}"][aria-current]`).first().waitFor();
    assert.equal(await page.locator("html").getAttribute("data-state"), "ready", view);
    await page.close();
  }
});

test("a link to an experiment that is gone says so", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?row=bovid-rima`);
  await page.locator("#table").waitFor();
  const said = await page.locator("main").innerText();
  assert.match(said, /bovid-rima/);
  assert.match(said, /bovid-rime/);
});

for (const [view, keys, near] of [
  ["compare", "metric=test_acuracy", "metric=test_accuracy"],
  ["plots", "x=trian.C", "x=train.C"],
  ["experiments", "sort=-test_acuracy", "sort=-test_accuracy"],
]) {
  test(`${view} says that what ${keys} names is gone, and leads to the nearest`, async (t) => {
    const page = await openReady(t, browser, `${address}#/${view}?${keys}`);
    const told = page.locator("main .xp-gone");
    assert.match(await told.innerText(), new RegExp(keys.split(/=-?/)[1]));
    await told.getByRole("link", { name: /^Use .* instead$/ }).click();
    await page.waitForURL((url) => url.hash.endsWith(near));
    await told.waitFor({ state: "detached" });
  });
}

test("a name that is like none is told all the same", async (t) => {
  const page = await openReady(t, browser, `${address}#/plots?x=zzz`);
  assert.match(await page.locator("main .xp-gone").innerText(), /zzz/);
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

test("an open experiment is what is copied for the discussion", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?row=bovid-rime`, {
    context: { permissions: ["clipboard-read", "clipboard-write"] },
  });
  await page.locator("#xp-details").waitFor();
  const copy = async () => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.getByRole("button", { name: "Copy for the discussion" }).first().click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const copied = await copy();
  assert.match(copied, /^bovid-rime, compared with master\. Parameters: .*\. Metrics: .* → .*(worse|better)\)/s);
  assert.match(copied, /\[Experiments\]\(.*#\/experiments\?row=bovid-rime\)/);
  // Closed again, the verdict is.
  await page.locator("#xp-details").getByRole("button", { name: "Close" }).click();
  await page.locator("#xp-details").waitFor({ state: "detached" });
  assert.doesNotMatch(await copy(), /bovid-rime, compared/);
});

test("runs that were put side by side are what is copied for the discussion", async (t) => {
  const page = await openReady(t, browser, `${address}#/compare?base=bovid-rime&runs=nival-newt`, {
    context: { permissions: ["clipboard-read", "clipboard-write"] },
  });
  await page.getByRole("button", { name: "Copy for the discussion" }).first().click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^nival-newt, compared with bovid-rime\. Different parameters: .*C 5 → 30/);
  assert.match(copied, /\[Compare\]\(.*#\/compare\?base=bovid-rime&runs=nival-newt\)/);
});

test("a view that is left by Back takes a field with the focus and an open list along", async (t) => {
  const page = await openReady(t, browser, address);
  const left = async () => {
    await page.goBack();
    await page.waitForFunction(() => location.hash === "" || location.hash === "#/overview");
    await page.locator(LANDMARKS.overview).first().waitFor();
    assert.equal(await page.locator("html").getAttribute("data-state"), "ready");
  };
  await page.locator('a[href="#/experiments"]').first().click();
  await page.locator("#filter").fill("C > 5");
  await left();
  await page.locator('a[href="#/plots"]').first().click();
  const select = page.locator("main select").first();
  await select.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("End");
  await left();
  assert.doesNotMatch(page.url(), /metric=/);
});
