// The Confusion view by role, point by point: what a reader points at, presses, drags, downloads.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fixture, nba, scratch, site } from "./lib/careo.mjs";
import { launch, openReady, ready } from "./lib/chromium.mjs";
import { drop } from "./lib/drop.mjs";
import { serve } from "./lib/nginx.mjs";

const { site: nbaSite } = nba();
const address = await serve(nbaSite);
const browser = await launch();

const open = (t, fragment, options) => openReady(t, browser, `${address}#/confusion${fragment}`, options);
const grid = (page) => page.getByRole("grid");
const cell = (page, actual, predicted) =>
  grid(page).locator(`[role=gridcell][data-actual="${actual}"][data-predicted="${predicted}"]`);
const heads = (page) => page.locator("#matrix tbody th.head b").allInnerTexts();
const total = async (page) => {
  const counts = await page.locator("#matrix [role=gridcell]").evaluateAll((cells) => cells.map((it) => +it.dataset.count));
  return counts.reduce((sum, count) => sum + count, 0);
};
const saved = async (page, act) => {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

test("orientation is said, and transposing turns it", async (t) => {
  const page = await open(t, "");
  assert.match(await page.locator("#matrix-orientation").innerText(), /Rows: .+ Columns: .+/);
  const before = await total(page);
  await page.getByRole("button", { name: "Transpose" }).click();
  await page.waitForURL(/transpose=1/);
  assert.equal(await total(page), before);
  await cell(page, "SF", "PF").waitFor();
  const box = await cell(page, "SF", "PF").getAttribute("id");
  assert.equal(box, "cell-1-3", "predicted PF is a row now");
});

test("scales and normalisations are in the address, and come back", async (t) => {
  const page = await open(t, "");
  await page.getByLabel("Normalise").selectOption("row");
  await page.getByLabel("Scale").selectOption("quantile");
  await page.waitForURL(/norm=row&scale=quantile/);
  assert.match(await cell(page, "SF", "PF").innerText(), /38\.9/);
  await page.reload();
  await ready(page);
  assert.match(await cell(page, "SF", "PF").innerText(), /38\.9/);
  assert.equal(await page.getByLabel("Scale").inputValue(), "quantile");
});

test("each margin orders the classes", async (t) => {
  const page = await open(t, "");
  assert.deepEqual(await heads(page), ["C", "PF", "PG", "SF", "SG"]);
  await grid(page).getByRole("button", { name: "recall" }).first().click();
  await page.waitForURL(/order=recall/);
  assert.deepEqual(await heads(page), ["SF", "PF", "SG", "C", "PG"]);
  await page.getByLabel("Order").selectOption("similarity");
  await page.waitForURL(/order=similarity/);
  assert.deepEqual(await heads(page), ["C", "PF", "SF", "SG", "PG"]);
});

test("a class is moved by hand: by the pointer, by the keyboard, and back", async (t) => {
  const page = await open(t, "");
  const head = (label) => page.locator("#matrix tbody th.head", { hasText: label }).last();
  await head("SG").hover();
  await page.mouse.down();
  await page.locator("#matrix tbody th.head").first().hover();
  await page.mouse.up();
  await page.waitForURL(/moves=SG~C/);
  assert.deepEqual(await heads(page), ["SG", "C", "PF", "PG", "SF"]);
  await cell(page, "SF", "C").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForURL(/moves=SG~C,SF~PG/);
  assert.deepEqual(await heads(page), ["SG", "C", "PF", "SF", "PG"]);
  assert.match(await page.locator(".matrix-notes").innerText(), /Moved by hand: .*SF.*SG/);
  await page.getByRole("button", { name: "Put back" }).click();
  await page.waitForURL((url) => !url.hash.includes("moves"));
  assert.deepEqual(await heads(page), ["C", "PF", "PG", "SF", "SG"]);
});

test("one class is told against the rest, at a level of the reader's", async (t) => {
  const page = await open(t, "");
  await page.locator("#matrix tbody th.head").nth(3).click();
  await page.waitForURL(/class=SF/);
  const section = page.locator("#matrix-class");
  const counts = await section.locator("[data-count]").evaluateAll((cells) => cells.map((it) => +it.dataset.count));
  assert.deepEqual(counts.slice(0, 4), [12, 24, 23, 117]);
  // Wilson for 12 of 36, by SciPy.
  assert.match(await section.innerText(), /0\.202 to 0\.497/);
  await section.getByLabel("Confidence").selectOption("99");
  await page.waitForURL(/level=99/);
  assert.match(await section.innerText(), /99/);
  assert.doesNotMatch(await section.innerText(), /0\.202 to 0\.497/);
  await section.getByRole("button", { name: "Close" }).click();
  await section.waitFor({ state: "detached" });
});

test("one class is opened by keys, and what is closed leaves the focus in its cell", async (t) => {
  const page = await open(t, "?cell=SF~PF");
  const pin = page.locator(".pin");
  await pin.getByRole("button", { name: "Power forwards against the rest" }).press("Enter");
  await page.waitForURL(/class=PF/);
  await page.locator("#matrix-class:focus").waitFor();
  await page.locator("#matrix-class").getByRole("button", { name: "Close" }).press("Enter");
  await page.locator("#cell-3-1:focus").waitFor();
  await pin.getByRole("button", { name: "Unpin" }).press("Enter");
  await page.locator(".pin table").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "cell-3-1");
});

test("30 classes have the width of the page, and the cell's panel its foot", async (t) => {
  const labels = Array.from({ length: 30 }, (_, idx) => `${idx}`);
  const confusion_matrix = labels.map((_, row) => labels.map((_, column) => (row + column) % 9));
  const site = await made("confusion_matrix.json", JSON.stringify({ labels, confusion_matrix }));
  const context = { viewport: { width: 1280, height: 900 } };
  const page = await openReady(t, browser, `${site}#/confusion?cell=3~4`, { context });
  const box = (selector) => page.locator(selector).boundingBox();
  const [scroll, pin, cell] = [await box(".matrix-scroll"), await box(".pin"), await box("#cell-3-4")];
  assert.ok(scroll.width > 1200, `${scroll.width}`);
  assert.ok(pin.y + pin.height <= 900 && pin.height <= 0.35 * 900, JSON.stringify(pin));
  assert.ok(cell.y + cell.height <= pin.y, JSON.stringify([cell, pin]));
});

test("the measures of the matrix are named and explained", async (t) => {
  const page = await open(t, "");
  await page.getByText("Measures of the whole matrix").first().click();
  const text = await page.locator("#matrix-measures table").innerText();
  assert.match(text, /cohen_kappa_score[\s\S]*0\.367/);
  assert.match(text, /Gwet AC1[\s\S]*0\.368/);
});

test("confusions have a threshold", async (t) => {
  const page = await open(t, "");
  const rows = page.locator(".confusions .ranked tr");
  const n = await rows.count();
  await page.locator(".confusions").getByLabel("at least").fill("10");
  await page.locator(".confusions").getByLabel("at least").press("Enter");
  await page.waitForURL(/min=10/);
  assert.equal(await rows.count(), 3);
  assert.ok(n > 3);
});

test("the difference tells better from worse, and noise by hatching and words", async (t) => {
  const page = await open(t, "?base=master");
  assert.match(await page.locator(".legend").innerText(), /within noise: all 17 changes \(exact sign test/);
  assert.match(await cell(page, "SF", "PF").getAttribute("class"), /\bw noise\b/);
  assert.match(await cell(page, "SF", "PF").innerText(), /\+2[\s\S]*worse/);
});

test("a cell's rows are downloaded, and they alone", async (t) => {
  const page = await open(t, "?cell=SF~PF");
  const { bytes } = await saved(page, () => page.getByRole("button", { name: "Download rows" }).click());
  const lines = bytes.toString().trim().split("\n");
  const predictions = readFileSync(fixture("nba/predictions.csv"), "utf8").trim().split("\n").slice(1);
  const expected = predictions.flatMap((line, idx) => (line === "SF,PF" ? [String(idx + 1)] : []));
  assert.deepEqual(lines.slice(1).map((line) => line.split(",")[0]), expected);
});

test("everything that is shown can be taken away", async (t) => {
  const page = await open(t, "?order=similarity");
  await page.getByText("Export…").click();
  const button = (name) => page.locator("#matrix-export").getByRole("button", { name });
  const csv = await saved(page, () => button("Download CSV").click());
  const rows = csv.bytes.toString().trim().split("\n").map((line) => line.split(","));
  assert.deepEqual(rows[0].slice(1), ["C", "PF", "SF", "SG", "PG"]);
  const sum = rows.slice(1).flatMap((row) => row.slice(1).map(Number)).reduce((a, b) => a + b, 0);
  assert.equal(sum, 176);
  const json = JSON.parse((await saved(page, () => button("Download JSON").click())).bytes);
  assert.equal(json.confusion_matrix.flat().reduce((a, b) => a + b, 0), 176);
  for (const theme of ["light", "dark"]) {
    const svg = (await saved(page, () => button(`Download SVG, ${theme}`).click())).bytes.toString();
    assert.equal(svg.match(/>14<\/text>/g).length, 1);
    assert.match(svg, theme === "light" ? /fill="#ffffff"/ : /fill="#0e1318"/);
    const png = (await saved(page, () => button(`Download PNG, ${theme}`).click())).bytes;
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.ok(png.readUInt32BE(16) > 600, "twice as many pixels");
  }
});

test("a difference is taken away with what it is: legend, margins and words", async (t) => {
  const page = await open(t, "?base=master&norm=row&only=PF,SF,SG");
  await page.getByText("Export…").click();
  const button = (name) => page.locator("#matrix-export").getByRole("button", { name });
  const svg = (await saved(page, () => button("Download SVG, light").click())).bytes.toString();
  const texts = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map((it) => it[1]);
  for (const text of ["worse", "recall", "precision", "F1", /^better, ±.* percentage points$/, /^within noise: /, /3 of 5/, /minus master/]) {
    assert.ok(texts.some((it) => (text instanceof RegExp ? text.test(it) : it === text)), `${text} in ${texts}`);
  }
  const json = JSON.parse((await saved(page, () => button("Download JSON").click())).bytes);
  assert.equal(json.kind, "difference");
  assert.equal(json.baseline, "master");
  assert.equal(json.labels.length, json.values.length);
});

test("a menu closes when another opens, by Escape, and by a click elsewhere", async (t) => {
  const page = await open(t, "");
  const body = (name) => page.locator("details", { has: page.locator("summary", { hasText: name }) }).locator(".drop-body");
  await page.getByText("Classes…").click();
  await body("Classes…").waitFor();
  await page.getByText("Export…").click();
  await body("Export…").waitFor();
  assert.ok(await body("Classes…").isHidden());
  await page.keyboard.press("Escape");
  assert.ok(await body("Export…").isHidden());
  await page.getByText("Classes…").click();
  await body("Classes…").waitFor();
  await page.locator("#matrix-orientation").click();
  assert.ok(await body("Classes…").isHidden());
});

// What is written here has no fixture: made for the case.
const home = scratch();
const made = async (name, content, more = []) => {
  const path = join(home, name);
  writeFileSync(path, content);
  return serve(site([path, ...more]));
};

for (const width of [1440, 1000, 390]) {
  test(`a menu opens under its button at ${width} px, covers no other, and offers nothing of no groups`, async (t) => {
    const page = await open(t, "", { context: { viewport: { width, height: 900 } } });
    for (const name of ["matrix-choice", "matrix-groups", "matrix-export"]) {
      const menu = page.locator(`#${name}`);
      await menu.locator("summary").click();
      const [button, body] = [menu.locator("summary"), menu.locator(".drop-body")];
      await page.waitForFunction((id) => document.querySelector(`#${id} .drop-body`).style.left !== "", name);
      const [at, it] = [await button.boundingBox(), await body.boundingBox()];
      const bar = await page.locator("#matrix-bar").boundingBox();
      const below = it.y - bar.y - bar.height;
      assert.ok(below >= 0 && below < 10, `${name}: ${JSON.stringify([bar, it])}`);
      const isBelow = it.x <= at.x + 1 && it.x + it.width >= at.x + at.width - 1;
      assert.ok(isBelow || Math.abs(it.x - at.x) < 2, `${name}: ${JSON.stringify([at, it])}`);
      assert.ok(it.x >= 0 && it.x + it.width <= width, `${name}: ${JSON.stringify(it)}`);
    }
    assert.equal(await page.getByText("Close all").count(), 0);
    assert.equal(await page.getByText("Open all").count(), 0);
  });
}

test("8 closed groups have their margins in sight, and whole words above their columns", async (t) => {
  const large = await serve(site([fixture("sklearn/site-packages-lines-1000")]));
  const page = await openReady(t, browser, `${large}#/confusion`, { context: { viewport: { width: 1440, height: 900 } } });
  await page.getByText("Groups…").click();
  await page.locator("#matrix-groups").getByRole("button", { name: "Close all" }).click();
  await page.waitForURL(/groups=/);
  await page.locator("table#matrix").waitFor();
  const room = await page.locator(".matrix-scroll").evaluate((it) => [it.scrollWidth, it.clientWidth]);
  assert.ok(room[0] <= room[1], `${room}`);
  const widths = await page.locator("#matrix tbody tr:first-child td").evaluateAll((cells) =>
    cells.map((it) => Math.round(it.getBoundingClientRect().width)),
  );
  assert.ok(Math.max(...widths) - Math.min(...widths) <= 1, `${widths}`);
});

test("on a phone names of classes are whole, and no page scrolls sideways", async (t) => {
  const context = { viewport: { width: 390, height: 844 } };
  const binary = await serve(site([fixture("sklearn/breast-cancer-2")]));
  const page = await openReady(t, browser, `${binary}#/confusion`, { context });
  const names = await page.locator("#matrix tbody th.head b").evaluateAll((all) =>
    all.map((it) => [it.innerText, it.scrollWidth <= it.clientWidth + 1]),
  );
  assert.deepEqual(names, [["benign", true], ["malignant", true]]);
  const heights = await page.locator("#matrix thead th.head b").evaluateAll((all) => all.map((it) => it.clientHeight));
  assert.ok(Math.max(...heights) < 30, `each is one line: ${heights}`);
  const nba = await open(t, "?base=master&cell=SF~PF&class=PF", { context });
  await nba.locator(".measure-table").first().waitFor();
  assert.equal(await nba.evaluate(() => document.documentElement.scrollWidth), 390);
});

test("groups are closed and opened, and the matrix adds up", async (t) => {
  const labels = ["fruit/citrus/lemon", "fruit/citrus/lime", "fruit/apple", "veg/leek", "veg/kale", "nut"];
  const confusion_matrix = labels.map((_, row) => labels.map((_, column) => (row * 5 + column * 3) % 7));
  const site = await made("confusion.json", JSON.stringify({ labels, confusion_matrix }));
  const page = await openReady(t, browser, `${site}#/confusion`);
  const before = await total(page);
  await page.getByText("Groups…").click();
  const groups = page.locator("#matrix-groups");
  await groups.getByRole("button", { name: /citrus/ }).click();
  await page.waitForURL(/groups=fruit%2Fcitrus/);
  assert.equal(await page.locator("#matrix [role=gridcell]").count(), 25);
  assert.equal(await total(page), before);
  await groups.getByRole("button", { name: "Close all" }).click();
  await page.waitForURL(/groups=fruit,veg/);
  assert.equal(await page.locator("#matrix [role=gridcell]").count(), 9);
  assert.equal(await total(page), before);
  assert.equal(await groups.getByRole("button", { name: /^▸ fruit/ }).getAttribute("aria-expanded"), "false");
  await groups.getByLabel("Labels are split by").selectOption("none");
  await page.waitForURL(/sep=none/);
  assert.equal(await page.locator("#matrix [role=gridcell]").count(), 36);
});

test("only the worst classes are shown", async (t) => {
  const n = 60;
  const labels = Array.from({ length: n }, (_, idx) => `class ${idx}`);
  const matrix = labels.map((_, row) => labels.map((_, column) => (row === column ? 50 : column === (row + 1) % n ? row : 0)));
  const site = await made("confusion_matrix.json", JSON.stringify({ labels, matrix }));
  const page = await openReady(t, browser, `${site}#/confusion`);
  await page.getByRole("combobox", { name: "Show" }).selectOption("5");
  await page.waitForURL(/top=5/);
  assert.deepEqual((await heads(page)).sort(), [55, 56, 57, 58, 59].map((idx) => `class ${idx}`));
});

for (const width of [1440, 1024, 390]) {
  test(`the names of 12 classes can be read above their columns at ${width} px, and stay at their rows`, async (t) => {
    const labels = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck", "traffic light", "pedestrian on a crossing"];
    const confusion_matrix = labels.map((_, row) => labels.map((_, column) => (row === column ? 1234 : row * column)));
    const site = await made("confusion_matrix_12.json", JSON.stringify({ labels, confusion_matrix }));
    const page = await openReady(t, browser, `${site}#/confusion`, { context: { viewport: { width, height: 900 } } });
    const names = page.locator("#matrix thead th.head b");
    assert.deepEqual(await names.allInnerTexts(), labels);
    const cut = await names.evaluateAll((all) =>
      all.filter((it) => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight).map((it) => it.textContent),
    );
    assert.deepEqual(cut, []);
    const left = () => page.locator("#matrix tbody th.head").first().evaluate((it) => Math.round(it.getBoundingClientRect().left));
    const before = await left();
    await page.locator(".matrix-scroll").evaluate((it) => it.scrollBy(1000, 0));
    assert.ok(Math.abs((await left()) - before) <= 4, "the first column stays where it is");
  });
}

const BAD = [
  ["not square", { labels: ["a", "b"], confusion_matrix: [[1, 2, 3], [4, 5, 6]] }],
  ["ragged", { labels: ["a", "b"], confusion_matrix: [[1, 2], [3]] }],
  ["negative", { labels: ["a", "b"], confusion_matrix: [[1, -2], [3, 4]] }],
  ["a cell that is no number", '{"labels": ["a", "b"], "confusion_matrix": [[3, NaN], [1, 2]]}'],
  ["duplicate labels", { labels: ["a", "a"], confusion_matrix: [[1, 2], [3, 4]] }],
];
for (const [name, content] of BAD) {
  test(`a matrix that is broken is told with its place, and hides nothing else: ${name}`, async (t) => {
    const path = join(home, "confusion_matrix.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    const page = await open(t, "");
    await drop(page, path, fixture("nba/predictions.csv"));
    await page.getByRole("link", { name: /Files/ }).click();
    const card = page.locator("[role=alert][data-problem]").first();
    await card.waitFor();
    assert.match(await page.locator("main").innerText(), /confusion_matrix\.json/);
    await page.getByRole("link", { name: /Confusion/ }).first().click();
    await page.locator("#matrix").waitFor();
    assert.equal(await total(page), 176);
  });
}

test("strange labels are text, whatever they hold", async (t) => {
  const labels = ["<img src=x onerror=alert(1)>", "שלום", "👩‍🚀🇪🇸", "x".repeat(10_000), "\u202eabc", ""];
  const confusion_matrix = labels.map((_, row) => labels.map((_, column) => row + column));
  const site = await made("confusion_matrix.json", JSON.stringify({ labels, confusion_matrix }));
  const page = await openReady(t, browser, `${site}#/confusion`);
  assert.equal(await page.locator("#matrix img").count(), 0);
  assert.equal(await page.locator("#matrix [role=gridcell]").count(), 36);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(width <= 0, `the page is ${width} px wider than the window`);
});

test("weights, one class, empty rows and large counts are shown as what they are", async (t) => {
  const cases = [
    [{ labels: ["a", "b"], confusion_matrix: [[1.5, 2.25], [0.5, 4]] }, /Samples are weighted/],
    [{ labels: ["a"], confusion_matrix: [[7]] }, /7 of 7 on the diagonal/],
    [{ labels: ["a", "b"], confusion_matrix: [[7, 1], [0, 0]] }, /7 of 8 on the diagonal/],
    [{ labels: ["a", "b"], confusion_matrix: [[1e17, 1], [0, 3]] }, /100,000,000,000,000,000/],
  ];
  for (const [idx, [content, expected]] of cases.entries()) {
    const site = await made(`confusion_matrix_${idx}.json`, JSON.stringify(content));
    const page = await openReady(t, browser, `${site}#/confusion?class=b`);
    assert.match(await page.locator("main").innerText(), expected);
  }
});

test("what is undefined is said to be", async (t) => {
  const content = { labels: ["a", "b"], confusion_matrix: [[7, 0], [2, 0]] };
  const site = await made("confusion_matrix_never.json", JSON.stringify(content));
  const page = await openReady(t, browser, `${site}#/confusion?class=b`);
  assert.match(await page.locator("#matrix-class").innerText(), /precision[\s\S]*undefined/);
});
