// Rows are chosen, marked and taken along.
import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openReady } from "./lib/chromium.mjs";
import { name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";

const address = await serve(seeds());
const browser = await launch();
const CLIPBOARD = { context: { permissions: ["clipboard-read", "clipboard-write"] } };
const open = (t, keys = "", options) => openReady(t, browser, `${address}#/experiments${keys}`, options);

test("a range by Shift, by mouse and by keyboard", async (t) => {
  const page = await open(t);
  await page.getByRole("checkbox", { name: `Select ${name(1, "lbfgs", 1)}` }).click();
  await page.getByRole("checkbox", { name: `Select ${name(1, "saga", 2)}` }).click({ modifiers: ["Shift"] });
  await page.locator(".badge", { hasText: "5 selected" }).waitFor();
  const table = page.locator("#table");
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+Space");
  await page.locator(".badge", { hasText: "7 selected" }).waitFor();
});

test("selected rows are copied in every form", async (t) => {
  const rows = [name(1, "lbfgs", 1), name(10, "saga", 2)];
  const page = await open(t, `?sel=${rows.join(",")}`, CLIPBOARD);
  const copied = async (as) => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.getByRole("button", { name: as, exact: true }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await page.getByText("Copy 2 selected as…").click();
  assert.equal((await copied("Markdown table")).trim().split("\n").length, 4);
  const csv = await copied("CSV");
  assert.equal(csv.trim().split("\r\n").length, 3);
  const [head, first] = (await copied("TSV, for spreadsheets")).split("\n").map((line) => line.split("\t"));
  assert.equal(first[head.indexOf("accuracy")], "0.499");
  const json = JSON.parse(await copied("JSON"));
  assert.deepEqual(json.map((row) => row.name), rows);
  assert.equal(json[0].accuracy, 0.499);
});

test("another view is opened with the selection after a column was moved", async (t) => {
  // What the scatter draws changes while the view is being left: once its picture was asked for a
  // signal that was gone, and the page stopped.
  const page = await open(t);
  await page.locator("#xp-plot").waitFor();
  await page.locator("#table").focus();
  const keys = ["ArrowDown", "Space", "ArrowDown", "Space", "ArrowRight", "ArrowRight", "<"];
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForFunction(() => /cols=.*sel=/.test(location.hash));
  await page.keyboard.press("2");
  await page.locator("#compare-table").waitFor();
  await page.getByRole("link", { name: /^Experiments/ }).first().click();
  await page.locator("#table").waitFor();
});

test("a star is in the address", async (t) => {
  const page = await open(t);
  await page.locator("#table").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("*");
  await page.waitForFunction(() => location.hash.includes("star="));
  await page.getByText("1 starred").getByRole("button", { name: "only these" }).click();
  await page.locator('#count[data-count="1"]').waitFor();
  await page.getByRole("button", { name: /^Take the star of/ }).click();
  await page.waitForFunction(() => !location.hash.includes("star="));
});

test("the details say where each value comes from", async (t) => {
  const page = await open(t, `?row=${name(1, "lbfgs", 1)}`, CLIPBOARD);
  const details = page.getByRole("complementary", { name: /Details of/ });
  await details.getByLabel("file and key of each value").check();
  await details.getByText("metrics.json:test.accuracy (exp-show.json)").waitFor();
  await details.getByRole("button", { name: "Copy link to this row" }).click();
  await details.getByText("Copied").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /row=c1-lbfgs-1$/);
});

test("the sheet lists the keys", async (t) => {
  const page = await open(t);
  await page.locator("#table").focus();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  for (const text of ["Star a row", "Select all rows up to this one", "Next or previous difference"]) {
    await sheet.getByText(text).waitFor();
  }
  // From its head on, on a low screen too.
  await page.setViewportSize({ width: 1366, height: 500 });
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  await sheet.waitFor();
  assert.equal(await sheet.evaluate((it) => it.scrollTop), 0);
  await page.keyboard.press("Escape");
  // A row's checkbox is no text field: views change from there.
  await page.locator("#table tbody input[type=checkbox]").first().focus();
  await page.keyboard.press("2");
  await page.waitForFunction(() => location.hash.startsWith("#/compare"));
});

test("columns are searched, ordered and left out", async (t) => {
  const page = await open(t);
  const heads = () => page.locator("#table thead th[data-column]").evaluateAll((all) => all.map((it) => it.dataset.column).slice(2));
  await page.getByText(/^Columns \d+ of \d+$/).click();
  const picker = page.getByRole("group", { name: "Which columns to show" });
  await picker.getByRole("button", { name: "Move metrics.json:test.loss to the start" }).click();
  await page.waitForFunction(() => location.hash.includes("cols="));
  assert.equal((await heads())[0], "metrics.json:test.loss");
  await picker.getByRole("searchbox", { name: "Search columns" }).fill("LAYERS");
  await picker.getByRole("checkbox", { name: "params.yaml:train.layers" }).check();
  const chosen = await heads();
  assert.ok(chosen.indexOf("params.yaml:train.layers") > chosen.indexOf("params.yaml:base.seed"));
  await picker.getByRole("button", { name: "Back to the report’s columns" }).click();
  await picker.getByLabel("Leave out").fill("train|test");
  await picker.getByLabel("Leave out").press("Enter");
  await page.getByText("4 columns left out by their names").waitFor();
  assert.deepEqual(await heads(), ["params.yaml:base.seed"]);
  await picker.getByLabel("Keep all the same").fill(".*loss");
  await picker.getByLabel("Keep all the same").press("Enter");
  await page.getByText("3 columns left out by their names").waitFor();
  assert.deepEqual(await heads(), ["params.yaml:base.seed", "metrics.json:test.loss"]);
  await picker.getByLabel("Leave out").fill("*");
  await picker.getByLabel("Leave out").press("Enter");
  await picker.getByText("This expression can’t be read").waitFor();
});

test("columns are moved by keys and by the mouse", async (t) => {
  const page = await open(t);
  const heads = () => page.locator("#table thead th[data-column]").evaluateAll((all) => all.map((it) => it.dataset.column).slice(2));
  const before = await heads();
  await page.locator("#table").focus();
  for (const key of ["ArrowRight", "ArrowRight", ">"]) await page.keyboard.press(key);
  await page.waitForFunction(() => location.hash.includes("cols="));
  const [first, second, ...rest] = before;
  assert.deepEqual(await heads(), [second, first, ...rest]);
  await page.keyboard.press("<");
  assert.deepEqual(await heads(), before);
  const head = (id) => page.locator(`#table thead th[data-column="${id}"]`);
  await head(before[0]).dragTo(head(before[2]));
  await page.waitForFunction((id) => document.querySelectorAll("#table thead th[data-column]")[4].dataset.column === id, first);
});

test("a question in plain words is answered", async (t) => {
  const page = await open(t);
  const ask = page.getByLabel("Tried?");
  const answer = page.locator(".xp-ask [role=status]");
  await ask.fill("did you try C=50?");
  await answer.getByText(/C = 50:.*10.*100/s).waitFor();
  await ask.fill("and saga?");
  await answer.getByText(/solver = saga: Yes,/).waitFor();
  await answer.getByRole("button", { name: "show them" }).click();
  await page.locator('#count[data-count="9"]').waitFor();
  await ask.fill("hello");
  await answer.getByText("Not understood: ask for one value (60) or a limit (> 60).").waitFor();
  await ask.fill("gamma 0.1");
  await answer.getByText("There is no parameter gamma.").waitFor();
  await ask.fill("C=50 and solver=lion");
  await answer.getByText(/No run has all of these.*solver = lion: Not tried; tried: /s).waitFor();
});

test("a pinned column stays, and a width is in the address", async (t) => {
  const page = await open(t, "?changed=0", { context: { viewport: { width: 700, height: 800 } } });
  await page.locator("#table").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "p"]) await page.keyboard.press(key);
  await page.waitForFunction(() => location.hash.includes("pin="));
  const head = page.locator("#table thead th[data-column]").nth(2);
  const id = await head.getAttribute("data-column");
  assert.match(new URL(page.url()).hash, new RegExp(`pin=${encodeURIComponent(id)}`));
  const before = await head.boundingBox();
  await page.locator(".xp-box").evaluate((box) => { box.scrollLeft = 200; });
  const left = await page.locator(".xp-box").evaluate((box) => box.scrollLeft);
  assert.ok(left > 0, "there is something to scroll");
  const after = await head.boundingBox();
  assert.ok(before.x - after.x < left, `${before.x} ${after.x}`);
  const name = await page.locator("#table tbody th").first().boundingBox();
  assert.ok(Math.abs(after.x - (name.x + name.width)) <= 1, "beside the name");
  for (const key of ["Home", "ArrowRight", "ArrowRight", "+", "+"]) await page.keyboard.press(key);
  await page.waitForFunction(() => location.hash.includes("wide="));
  const wider = await head.boundingBox();
  assert.ok(Math.abs(wider.width - after.width - 32) <= 2, `${after.width} ${wider.width}`);
});

test("when a run was made is a column to be chosen, sorted by and shared", async (t) => {
  const timed = (list) => {
    list[1].experiments.forEach(({ revs: [run] }, idx) => {
      run.data.timestamp = `2026-11-${String(1 + ((idx * 7) % 18)).padStart(2, "0")}T14:42:30`;
    });
    return list;
  };
  const page = await openReady(t, browser, `${await serve(seeds(timed))}#/experiments`);
  await page.getByText(/^Columns \d+ of \d+$/).click();
  await page.getByRole("group", { name: "About the run" }).getByRole("checkbox", { name: "created" }).check();
  const head = page.getByRole("columnheader", { name: "Created" });
  await head.waitFor();
  await page.waitForFunction(() => /cols=[^&]*created/.test(location.hash));
  await page.keyboard.press("Escape");
  await head.getByRole("button").click();
  await page.waitForFunction(() => /sort=created/.test(location.hash));
  const times = await page.locator("#table tr:not([data-baseline]) td[data-column=created]").evaluateAll((cells) => cells.map((cell) => cell.dataset.value).filter(Boolean));
  assert.equal(new Set(times).size > 17, true, `${times}`);
  assert.deepEqual(times, times.toSorted());
});

test("what is drawn against what is in the address", async (t) => {
  const page = await open(t);
  const across = page.getByLabel("x axis");
  const names = await across.locator("option").allInnerTexts();
  await across.selectOption({ label: names.at(-1) });
  await page.waitForFunction(() => /[?&]x=/.test(location.hash));
  const log = page.getByRole("checkbox", { name: "log x" });
  if (await log.count()) await log.uncheck();
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.state === "ready");
  assert.equal(await across.locator("option:checked").innerText(), names.at(-1));
});

test("a menu closes by Escape, which gives the focus back, and by a click elsewhere", async (t) => {
  const page = await open(t);
  const menu = page.locator("details.menu", { has: page.getByText(/^Columns \d+ of \d+$/) });
  const head = menu.locator("summary");
  const isOpen = (wanted) => page.waitForFunction(([menu, wanted]) => menu.open === wanted, [menu_of, wanted]);
  const menu_of = await menu.elementHandle();
  await head.click();
  await isOpen(true);
  await menu.getByRole("searchbox").focus();
  await page.keyboard.press("Escape");
  await isOpen(false);
  assert.ok(await head.evaluate((it) => it === document.activeElement));
  await head.click();
  await isOpen(true);
  await menu.getByRole("searchbox").click();
  await isOpen(true);
  await page.locator("#count").click();
  await isOpen(false);
});
