// Matrices of 100, 1,000 and 5,000 classes: one picture, one real cell; zoom, search, order.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { scratch, site } from "./lib/careo.mjs";
import { launch, openReady as openIn } from "./lib/chromium.mjs";
import { drop } from "./lib/drop.mjs";
import { serve } from "./lib/nginx.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const home = scratch();
const browser = await launch();

/** Numbers that look random, the same each time. */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A predictions CSV of so many classes in blocks of ten, the classes of a block dealt out. */
function predictions(name, n, rows) {
  const next = random(n);
  const lines = ["actual,predicted"];
  // Every class is there, and right once.
  for (let cls = 0; cls < n; cls += 1) lines.push(`class ${cls},class ${cls}`);
  const step = Math.ceil(n / 10);
  for (let row = n; row < rows; row += 1) {
    const actual = next(n);
    const same = next(3) > 0;
    const predicted = same ? actual : (actual % step) + step * next(Math.floor(n / step));
    lines.push(`class ${actual},class ${Math.min(predicted, n - 1)}`);
  }
  const path = join(home, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

const served = async (name, n, rows) => serve(site([predictions(name, n, rows)]));
const address = await served("predictions_100.csv", 100, 4_000);
const large = await served("predictions_1000.csv", 1_000, 60_000);
const table = await served("predictions_50.csv", 50, 3_000);

// As high as the matrix: what is pointed at has to be in the window.
const openReady = (t, browser, address) =>
  openIn(t, browser, address, { context: { viewport: { width: 1280, height: 1400 } } });
const matrix = (page) => page.getByRole("grid");
const cell = (page) => matrix(page).getByRole("gridcell");
const painted = (page) =>
  page.waitForFunction(() => {
    const canvas = document.querySelector("#matrix canvas");
    if (!canvas?.width) return false;
    // Read from a copy, which is made for reading.
    const copy = new OffscreenCanvas(200, 200).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, canvas.width / 2, canvas.height / 2, 200, 200, 0, 0, 200, 200);
    return new Set(new Uint32Array(copy.getImageData(0, 0, 200, 200).data.buffer)).size > 2;
  });
const at = (page, actual, predicted) => page.evaluate(([a, p]) => window.careo.cellAt(a, p), [actual, predicted]);
const point = async (page, actual, predicted) => {
  const [x, y] = await at(page, actual, predicted);
  await page.mouse.move(x, y);
};
const shows = (page, actual, predicted) =>
  page.locator(`#matrix [role=gridcell][data-actual="${actual}"][data-predicted="${predicted}"]`).waitFor({ state: "attached" });

for (const [n, where] of [[100, address], [1000, large]]) {
  test(`${n} classes: the one cell follows the pointer, the keys and the pin`, async (t) => {
    const page = await openReady(t, browser, `${where}#/confusion`);
    await painted(page);
    assert.equal(await matrix(page).getAttribute("aria-rowcount"), String(n + 1));
    assert.equal(await matrix(page).getAttribute("aria-colcount"), String(n + 1));
    assert.equal(await cell(page).count(), 1);
    // Until a cell is larger than a pixel.
    for (let step = 0; step < 5; step += 1) await page.getByRole("button", { name: "Zoom in" }).click();
    await point(page, "class 42", "class 17");
    await shows(page, "class 42", "class 17");
    assert.equal(await cell(page).getAttribute("aria-label").then((it) => /class 42/.test(it) && /class 17/.test(it)), true);
    assert.match(await page.locator(".matrix-tag.at-row").innerText(), /class 42/);
    await cell(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await shows(page, "class 43", "class 18");
    await page.keyboard.press("Control+End");
    await shows(page, `class ${n - 1}`, `class ${n - 1}`);
    // Wherever the keys lead, the page shows it.
    await page.waitForFunction(() => document.querySelector("#matrix-cell").getBoundingClientRect().bottom <= innerHeight);
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`cell=class%20${n - 1}~class%20${n - 1}`));
    assert.equal(await cell(page).getAttribute("aria-selected"), "true");
    const nodes = await page.locator("main *").count();
    assert.ok(nodes < 1500, `${nodes} elements: no element for each class`);
  });

  test(`${n} classes: zoom by wheel, keys and buttons; pan; mini-map; back to all`, async (t) => {
    const page = await openReady(t, browser, `${where}#/confusion`);
    await painted(page);
    const width = () => cell(page).evaluate((it) => it.getBoundingClientRect().width);
    await point(page, "class 50", "class 50");
    const under = () => cell(page).evaluate((it) => [it.dataset.actual, it.dataset.predicted]);
    const [before, [actual, predicted]] = [await width(), await under()];
    await page.mouse.wheel(0, -1200);
    await page.waitForFunction((before) => document.querySelector("#matrix-cell").getBoundingClientRect().width > before, before);
    // What was under the pointer stays under it, and is dragged along.
    const near = await at(page, actual, predicted);
    await page.mouse.move(near[0], near[1]);
    await shows(page, actual, predicted);
    await page.mouse.down();
    await page.mouse.move(near[0] - 60, near[1] - 40, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(near[0] - 61, near[1] - 41);
    await shows(page, actual, predicted);
    await page.locator("#matrix-mini").waitFor();
    assert.equal(new URL(page.url()).hash.includes("cell="), false, "dragging pins nothing");
    await page.getByRole("button", { name: "Whole matrix" }).click();
    await page.locator("#matrix-mini").waitFor({ state: "detached" });
    await cell(page).focus();
    for (const key of ["+", "+", "+", "+", "+", "+", "+"]) await page.keyboard.press(key);
    await page.locator("#matrix-mini").waitFor();
    const box = await page.locator("#matrix-mini").boundingBox();
    await page.mouse.click(box.x + box.width - 3, box.y + 3);
    const [x, y] = await page.evaluate(() => {
      const { right, top } = document.querySelector("#matrix > canvas").getBoundingClientRect();
      return [right - 20, top + 130];
    });
    await page.mouse.move(x, y);
    await page.waitForFunction((n) => +document.querySelector("#matrix-cell").dataset.predicted.split(" ")[1] > n * 0.8, n);
    await page.keyboard.press("0");
    await page.locator("#matrix-mini").waitFor({ state: "detached" });
  });

  test(`${n} classes: the search jumps to a class`, async (t) => {
    const page = await openReady(t, browser, `${where}#/confusion`);
    await painted(page);
    await page.getByRole("searchbox", { name: "Find a class" }).fill("CLASS 77");
    await page.locator(".matrix-found button").first().waitFor();
    await page.keyboard.press("Enter");
    await shows(page, "class 77", "class 77");
    assert.ok((await cell(page).boundingBox()).width >= 20, "its cell can be seen");
    await page.getByRole("searchbox", { name: "Find a class" }).fill("nobody");
    assert.match(await page.locator(".matrix-tools [role=status]").innerText(), /No class/);
  });

  test(`${n} classes: axe-core finds nothing`, async (t) => {
    const page = await openReady(t, browser, `${where}#/confusion?cell=class%2042~class%2017`);
    await painted(page);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })), []);
  });
}

test("the order by similarity comes from a worker, and puts the classes of a block side by side", async (t) => {
  const page = await openReady(t, browser, `${large}#/confusion?order=similarity`);
  await page.locator("#matrix-ordering").waitFor({ state: "detached" });
  await painted(page);
  await cell(page).focus();
  const block = () => cell(page).evaluate((it) => +it.dataset.actual.split(" ")[1] % 100);
  await page.keyboard.press("Control+Home");
  const along = [await block()];
  for (let step = 0; step < 30; step += 1) {
    const before = await cell(page).getAttribute("aria-rowindex");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((before) => document.querySelector("#matrix [role=row]").getAttribute("aria-rowindex") !== before, before);
    along.push(await block());
  }
  const changes = along.slice(1).filter((it, idx) => it !== along[idx]).length;
  assert.ok(changes <= 6, `${changes} changes of block in 31 classes: ${along}`);
});

test("an order that was left while it was looked for is looked for again", async (t) => {
  const page = await openReady(t, browser, `${large}#/confusion`);
  await painted(page);
  // A worker that never answers.
  await page.evaluate(() => {
    window.start = careo.startWorker;
    careo.startWorker = () => ({ postMessage() {}, terminate() {} });
  });
  const choose = (order) => page.getByLabel("Order").selectOption(order);
  await choose("similarity");
  await page.locator("#matrix-ordering").waitFor();
  await choose("support");
  await page.locator("#matrix-ordering").waitFor({ state: "detached" });
  await page.evaluate(() => (careo.startWorker = window.start));
  await choose("similarity");
  await page.waitForFunction(() => !document.querySelector("#matrix-ordering, #matrix[aria-busy=true]"));
  assert.match(page.url(), /order=similarity/);
});

test("100 classes are put in order in the page, which starts no worker for it", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  await painted(page);
  await page.evaluate(() => {
    window.started = 0;
    const start = careo.startWorker;
    careo.startWorker = (...args) => ((window.started += 1), start.apply(careo, args));
  });
  await page.getByLabel("Order").selectOption("similarity");
  await page.locator("#matrix[aria-busy=false]").waitFor();
  assert.equal(await page.locator("#matrix-ordering").count(), 0);
  await cell(page).focus();
  await page.keyboard.press("Control+Home");
  const block = () => cell(page).evaluate((it) => +it.dataset.actual.split(" ")[1] % 10);
  const along = [await block()];
  for (let step = 0; step < 20; step += 1) {
    const before = await cell(page).getAttribute("data-actual");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((before) => document.querySelector("#matrix-cell").dataset.actual !== before, before);
    along.push(await block());
  }
  const changes = along.slice(1).filter((it, idx) => it !== along[idx]).length;
  assert.ok(changes <= 4, `${changes} changes of block in 21 classes: ${along}`);
  assert.equal(await page.evaluate("window.started"), 0);
});

test("the search for an order can be stopped, and started again; without a worker it goes on in slices", async (t) => {
  // Everything is confused with everything, so that it takes a while.
  const labels = Array.from({ length: 1_200 }, (_, idx) => `class ${idx}`);
  const next = random(3);
  const matrix = labels.map((_, row) => labels.map((_, column) => (row === column ? 99 : 1 + next(9))));
  const path = join(home, "confusion_matrix.json");
  writeFileSync(path, JSON.stringify({ labels, matrix }));
  const full = await serve(site([path]));
  const page = await openReady(t, browser, `${full}?worker=off#/confusion`);
  await painted(page);
  await page.getByLabel("Order").selectOption("similarity");
  const ordering = page.locator("#matrix-ordering");
  await ordering.waitFor();
  assert.match(await ordering.innerText(), /in slices/);
  await ordering.getByRole("button", { name: "Stop" }).click();
  await page.getByText("The search for an order was stopped").waitFor();
  await ordering.getByRole("button", { name: "Search again" }).click();
  await ordering.waitFor({ state: "detached", timeout: 60_000 });
});

test("a class of many is moved by its label, and by the keyboard", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  await painted(page);
  await point(page, "class 9", "class 0");
  await cell(page).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForURL(/moves=class%209~class%208/);
});

test("5,000 classes, 200,000 filled cells: dropped, read in the worker, painted", async (t) => {
  const page = await openReady(t, browser, `${address}#/files`);
  await drop(page, predictions("predictions_5000.csv", 5_000, 250_000));
  await page.getByText("predictions_5000.csv").first().waitFor();
  await page.getByRole("link", { name: /Confusion/ }).first().click();
  await painted(page);
  assert.equal(await matrix(page).getAttribute("aria-rowcount"), "5001");
  await point(page, "class 4321", "class 321");
  // A cell is a sixth of a pixel: the pointer is on one near by.
  await page.waitForFunction(() => Math.abs(document.querySelector("#matrix-cell").dataset.actual.split(" ")[1] - 4321) < 10);
  await page.getByRole("searchbox", { name: "Find a class" }).fill("class 4321");
  await page.keyboard.press("Enter");
  await point(page, "class 4321", "class 4321");
  await shows(page, "class 4321", "class 4321");
});

test("1,000,000 labels are no classes: said, and the other file is shown", async (t) => {
  const page = await openReady(t, browser, `${address}#/files`);
  const labels = Array.from({ length: 1_000_000 }, (_, idx) => `id-${idx},id-${idx}`);
  const ids = join(home, "predictions_ids.csv");
  writeFileSync(ids, `actual,predicted\n${labels.join("\n")}\n`);
  await drop(page, ids, predictions("predictions_60.csv", 60, 600));
  const card = page.getByRole("alert").filter({ hasText: "predictions_ids.csv" });
  assert.match(await card.first().innerText(), /100,000 classes/);
  await page.getByRole("link", { name: /Confusion/ }).first().click();
  await painted(page);
  assert.equal(await matrix(page).getAttribute("aria-rowcount"), "61");
});

test("up to 50 classes, and a picture of more, fit the width of A4", async (t) => {
  const few = await served("predictions_16.csv", 16, 900);
  const views = [`${few}#/confusion`, `${few}#/confusion?norm=row`, `${table}#/confusion`, `${table}#/confusion?norm=row`, `${address}#/confusion`];
  for (const view of views) {
    const page = await openIn(t, browser, view);
    // A4 less the margins of the style.
    await page.setViewportSize({ width: 688, height: 1000 });
    await page.emulateMedia({ media: "print" });
    await page.locator("#matrix").waitFor();
    const wide = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const boxes = [...document.querySelectorAll("#matrix, #matrix :is(td, th, canvas)")];
      return boxes.map((it) => it.getBoundingClientRect()).filter((it) => it.height > 0 && it.right > width + 1).length;
    });
    assert.equal(wide, 0, view);
  }
});

for (const [where, classes] of [[() => table, "a table"], [() => address, "a picture"]]) {
  test(`on a phone a pinned cell of ${classes} stands above all that is said of it`, async (t) => {
    const link = `${where()}#/confusion?cell=class%204~class%2014`;
    const page = await openIn(t, browser, link, { context: { viewport: { width: 390, height: 800 } } });
    const pin = page.locator(".pin");
    const sentence = page.locator("#pin-sentence");
    await sentence.waitFor();
    const box = async (it) => it.boundingBox();
    const inWindow = async (it) => {
      const { y, height } = await box(it);
      return y >= 0 && y + height <= 800;
    };
    await page.waitForFunction(() => {
      const cell = document.querySelector('#matrix [aria-selected="true"]').getBoundingClientRect();
      return cell.top > 50 && cell.bottom <= document.querySelector(".pin").getBoundingClientRect().top + 1;
    });
    assert.ok(await inWindow(pin));
    assert.match(await sentence.innerText(), /class 4/);
    for (const said of [/class 14: F1/, /^Rows of predictions/, /^Copy for the discussion$/, /^Download rows$/]) {
      const line = pin.locator("th, p, button").filter({ hasText: said }).first();
      await line.scrollIntoViewIfNeeded();
      const [part, panel] = [await box(line), await box(pin)];
      assert.ok(part.y >= panel.y - 1 && part.y + part.height <= 801, String(said));
    }
  });
}
