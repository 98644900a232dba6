// The filter is one text, however it is written: typed, completed, put together from chips, or
// brushed on an axis.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";

const address = await serve(seeds());
const browser = await launch();
const open = (t, keys = "", options) => openReady(t, browser, `${address}#/experiments${keys}`, options);
const field = (page) => page.getByRole("searchbox", { name: "Filter experiments" });
const counted = (page, n) => page.locator(`#count[data-count="${n}"]`).waitFor();

test("each form of the language", async (t) => {
  const page = await open(t);
  for (const [text, n] of [
    ["", 20],
    ["C > 10", 6],
    ["train.C >= 10 and test.accuracy >= 0.7", 5],
    ['name ~ "lbfgs"', 9],
    ["C in (1, 100) not solver = saga", 6],
    ["parent is missing", 2],
    ["parent is not missing", 18],
    ["solver changed", 9],
    ["Δaccuracy > 0", 10],
    ["seed = 1 or (C = 1 and solver = saga)", 8],
  ]) {
    await field(page).fill(text);
    await counted(page, n);
    assert.equal(await field(page).getAttribute("aria-invalid"), null, text);
  }
});

test("what is wrong is marked in its place, and hides nothing", async (t) => {
  const page = await open(t);
  await field(page).fill("C > 10 and acuracy > 0.5");
  const error = page.locator("#filter-error");
  await error.getByText("Did you mean accuracy?").waitFor();
  assert.equal(await error.locator("mark").count(), 0, "the field has room for all of it");
  const mark = page.locator(".filter mark");
  assert.equal(await mark.innerText(), "acuracy");
  assert.equal(await field(page).getAttribute("aria-invalid"), "true");
  await counted(page, 20);
});

test("the mark is under the very letters, also where the field is scrolled", async (t) => {
  const page = await open(t);
  const long = `${"C > 10 and ".repeat(9)}acuracy > 0.5`;
  for (const text of ["C > 10 and acuracy > 0.5", long]) {
    await field(page).fill(text);
    const mark = page.locator(".filter mark");
    await mark.waitFor();
    await page.locator("#filter").evaluate((input) => {
      input.scrollLeft = input.scrollWidth;
    });
    // The overlay follows in the scroll event, which comes with the next frame.
    await page.waitForFunction(() => document.querySelector(".xp-fault").scrollLeft === document.querySelector("#filter").scrollLeft);
    const [at, letters] = await page.evaluate(() => {
      const input = document.querySelector("#filter");
      const pen = document.createElement("canvas").getContext("2d");
      const { fontSize, fontFamily } = getComputedStyle(input);
      pen.font = `${fontSize} ${fontFamily}`;
      const before = input.value.slice(0, input.value.indexOf("acuracy"));
      const left = input.getBoundingClientRect().left - input.scrollLeft + pen.measureText(before).width;
      const mark = document.querySelector(".filter mark").getBoundingClientRect();
      const box = document.querySelector(".filter").getBoundingClientRect();
      return [
        { left: mark.left, width: mark.width, isInside: mark.top >= box.top && mark.bottom <= box.bottom },
        { left, width: pen.measureText("acuracy").width },
      ];
    });
    assert.ok(at.isInside, "in the field");
    assert.ok(Math.abs(at.left - letters.left) < 2, `${at.left} for ${letters.left}`);
    assert.ok(Math.abs(at.width - letters.width) < 2, `${at.width} for ${letters.width}`);
  }
  await page.locator("#filter-error mark").waitFor();
});

test("a name is completed by the keyboard", async (t) => {
  const page = await open(t);
  await field(page).pressSequentially("C > 1 and acc");
  const list = page.getByRole("listbox", { name: "Names of columns" });
  await list.getByRole("option", { name: "accuracy" }).waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await field(page).getAttribute("aria-activedescendant"), "filter-names-0");
  await page.keyboard.press("Enter");
  assert.equal(await field(page).inputValue(), "C > 1 and accuracy ");
  await list.waitFor({ state: "detached" });
  await field(page).pressSequentially("> 0.7");
  await counted(page, 4);
});

test("what the team calls a column can be written, and the link has the column's own name", async (t) => {
  // careo.toml of the case calls train.C "regularización C".
  const site = await serve(nba().site);
  const page = await openReady(t, browser, `${site}#/experiments`, { context: { locale: "es-ES" } });
  const filter = page.locator("#filter");
  await filter.fill('"Regularización C" > 30 and Δexactitud < 0');
  await counted(page, 4);
  assert.equal(await filter.getAttribute("aria-invalid"), null);
  await page.locator("#table").focus();
  await page.waitForURL(/where=C%20%3E%2030%20and%20%CE%94test_accuracy%20%3C%200/);
  assert.equal(await filter.inputValue(), "C > 30 and Δtest_accuracy < 0");
  await counted(page, 4);
  await page.locator("#xp-ask").fill("¿habéis probado regularización C = 60?");
  await page.locator(".xp-ask [role=status] b", { hasText: "C = 60" }).waitFor();
});

test("chips are the same text", async (t) => {
  const page = await open(t, "?where=C%20%3E%201");
  const chips = page.getByRole("list", { name: "Conditions of the filter" });
  await chips.getByRole("listitem").first().waitFor();
  await page.getByRole("button", { name: "+ condition" }).click();
  const form = page.getByRole("form", { name: "New condition" });
  await form.getByLabel("Column").selectOption("solver");
  await form.getByLabel("Comparison").selectOption({ label: "is one of" });
  assert.ok(await form.getByRole("button", { name: "Apply" }).isDisabled());
  await form.getByLabel("Value").fill("saga");
  await form.getByRole("button", { name: "Apply" }).click();
  await counted(page, 6);
  assert.equal(await field(page).inputValue(), "C > 1 and solver in (saga)");
  await chips.getByRole("button", { name: "Change C > 1" }).click();
  const change = page.getByRole("form", { name: "Change C > 1" });
  await change.getByLabel("Value").fill("10");
  await change.getByLabel("Value").press("Enter");
  await counted(page, 3);
  assert.equal(await field(page).inputValue(), "C > 10 and solver in (saga)");
  await chips.getByRole("button", { name: "Remove C > 10" }).click();
  await counted(page, 9);
  assert.equal(await field(page).inputValue(), "solver in (saga)");
  await page.goBack();
  await counted(page, 3);
});

test("brushing an axis by the keyboard writes the filter", async (t) => {
  const page = await open(t);
  await page.getByRole("slider", { name: "C, lowest" }).focus();
  await page.keyboard.press("ArrowUp");
  await counted(page, 14);
  assert.equal(await field(page).inputValue(), "C >= 10");
  const low = page.getByRole("slider", { name: "C, lowest" });
  assert.equal(await low.getAttribute("aria-valuetext"), "10");
  await page.getByRole("slider", { name: "C, highest" }).focus();
  await page.keyboard.press("ArrowDown");
  await counted(page, 8);
  assert.equal(await field(page).inputValue(), "C = 10");
  await page.keyboard.press("Delete");
  await counted(page, 20);
  assert.equal(await field(page).inputValue(), "");
});

test("brushing an axis by the pointer writes the filter, and the text moves the brush", async (t) => {
  const page = await open(t, "?where=seed%20%3D%201");
  const axis = page.locator(".xp-axis-zone", { has: page.getByRole("slider", { name: "C, lowest" }) });
  await axis.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await axis.boundingBox();
  await page.mouse.move(x + width / 2, y + height * 0.25);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height * 0.75, { steps: 4 });
  await page.mouse.up();
  const text = await field(page).inputValue();
  assert.match(text, /^seed = 1 and C >= 3\.\d* and C <= 32/);
  await counted(page, 2);
  await field(page).fill("C <= 10");
  const high = page.getByRole("slider", { name: "C, highest" });
  await page.waitForFunction((it) => it.getAttribute("aria-valuetext") === "10", await high.elementHandle());
});

test("a run keeps its colour in table, pictures and plots", async (t) => {
  const page = await open(t);
  const row = (called) => page.locator(`#table tr[data-revision="${called}"]`);
  const [first, second, third] = [name(1, "lbfgs", 1), name(1, "lbfgs", 2), name(1, "lbfgs", 3)];
  for (const called of [first, second, third]) await page.getByRole("checkbox", { name: `Select ${called}` }).check();
  const colour = (called) => row(called).evaluate((it) => getComputedStyle(it).getPropertyValue("--run"));
  const before = await colour(third);
  await page.getByRole("checkbox", { name: `Select ${second}` }).uncheck();
  assert.equal(await colour(third), before);
  await page.getByText("2 selected").getByRole("link", { name: "plots" }).click();
  const box = page.locator(".plots-run", { hasText: third });
  await box.waitFor();
  assert.equal(await box.evaluate((it) => getComputedStyle(it).getPropertyValue("--run")), before);
});
