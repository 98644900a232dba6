// 100,000 experiments: counts, order, filter, the last row, a link to a row, the points.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const N_COMMITS = 200;
const N_EACH = 500;
// The workspace, the commits, their experiments.
const N_ROWS = 1 + N_COMMITS + N_COMMITS * N_EACH;

/** Different for each experiment, and in no order: 7919 and 100,003 have no common divisor. */
const accuracy = (idx) => ((idx * 7919) % 100_003) / 100_003;
const cost = (idx) => 1 + (idx % 1000);
const name = (idx) => `run-${String(idx).padStart(6, "0")}`;

const { site } = nba();
await write(join(site, "many.json"));
const address = await serve(site);
const browser = await launch();
const open = (t, fragment, options) => openReady(t, browser, `${address}?data=many.json${fragment}`, options);

test("all rows are counted, though few are there", async (t) => {
  const page = await open(t, "#/experiments");
  const grid = page.getByRole("treegrid", { name: /^Experiments/ });
  assert.equal(await grid.getAttribute("aria-rowcount"), String(N_ROWS + 1));
  await page.getByRole("status").filter({ hasText: "100,201 rows" }).waitFor();
  assert.ok((await grid.getByRole("row").count()) < 100);
});

test("a file too large to be held twice has its sum all the same, with and without workers", async (t) => {
  const bytes = readFileSync(join(site, "many.json"));
  assert.ok(bytes.length > 5e7, `${bytes.length} bytes, and pieces begin at 50 MB`);
  const sum = createHash("sha256").update(bytes).digest("hex");
  const digests = [];
  for (const query of ["", "&worker=off"]) {
    const page = await openReady(t, browser, `${address}?data=many.json${query}#/files`);
    const row = page.locator('tr[data-artifact="many.json"]');
    assert.equal(await row.locator("td code[title]").getAttribute("title"), sum, query);
    digests.push(await page.locator("#digest").getAttribute("data-digest"));
    await page.close();
  }
  // The first worker reads; none starts for the sum, which the page then finds by itself.
  const page = await openReady(t, browser, address);
  await page.addInitScript(() => {
    const Real = Worker;
    let n = 0;
    window.Worker = class extends Real {
      constructor(...given) {
        n += 1;
        if (n > 1) throw new Error("no more workers");
        super(...given);
      }
    };
  });
  await page.goto(`${address}?data=many.json#/files`);
  assert.equal(await page.locator('tr[data-artifact="many.json"] td code[title]').getAttribute("title"), sum);
  digests.push(await page.locator("#digest").getAttribute("data-digest"));
  assert.deepEqual(digests, Array(3).fill(digests[0]));
});

test("a click on a metric sorts all of them, best first", async (t) => {
  const page = await open(t, "#/experiments");
  await page.getByRole("columnheader", { name: "accuracy" }).getByRole("button").click();
  const best = Array.from({ length: N_COMMITS * N_EACH }, (_, idx) => idx).sort((a, b) => accuracy(b) - accuracy(a));
  const rows = page.locator("#table tr[data-revision]:not([data-baseline])");
  await page.getByRole("row", { name: name(best[0]) }).waitFor();
  const names = await rows.evaluateAll((rows) => rows.slice(0, 8).map((row) => row.dataset.revision));
  assert.deepEqual(names, best.slice(0, 8).map(name));
  assert.equal(await page.getByRole("columnheader", { name: "accuracy" }).getAttribute("aria-sort"), "descending");
});

test("a filter counts what passes it, and gives all back", async (t) => {
  const page = await open(t, "#/experiments");
  const filter = page.getByRole("searchbox", { name: "Filter experiments" });
  const passing = Array.from({ length: N_COMMITS * N_EACH }, (_, idx) => idx).filter((idx) => accuracy(idx) > 0.9995);
  await filter.fill("accuracy > 0.9995");
  await page.locator(`#count[data-count="${passing.length}"]`).waitFor();
  assert.equal(await page.locator("#table").getAttribute("aria-rowcount"), String(passing.length + 1));
  await page.getByRole("row", { name: name(passing[0]) }).waitFor();
  await filter.fill("");
  await page.locator(`#count[data-count="${N_ROWS}"]`).waitFor();
});

test("the End keys lead to the last cell of the last row", async (t) => {
  const page = await open(t, "#/experiments");
  const grid = page.locator("#table");
  await grid.focus();
  await page.keyboard.press("Control+End");
  // The workspace stands on top, the branch below it with all that is in it.
  const last = page.getByRole("row", { name: name(N_COMMITS * N_EACH - 1) });
  await last.waitFor();
  assert.equal(await last.getAttribute("aria-level"), "3", "branch, commit, experiment");
  assert.equal(await last.getAttribute("aria-rowindex"), String(N_ROWS + 1));
  const cell = page.locator(`[id="${await grid.getAttribute("aria-activedescendant")}"]`);
  await cell.waitFor();
  assert.equal(await cell.getAttribute("data-column"), "metrics.json:loss");
  assert.ok(await isSeen(cell), "what the keyboard is at can be seen");
  await page.keyboard.press("Control+Home");
  await page.getByRole("row", { name: name(0) }).waitFor();
  await page.waitForFunction(() => document.querySelector("#table").closest(".xp-box").scrollTop === 0);
});

test("a link leads to its row, wherever it stands", async (t) => {
  const page = await open(t, `#/experiments?row=${name(54_321)}&sort=-accuracy`);
  const row = page.getByRole("row", { name: name(54_321) });
  await row.waitFor();
  assert.ok(await isSeen(row.getByRole("link", { name: name(54_321) })));
  await page.getByRole("complementary", { name: `Details of ${name(54_321)}` }).waitFor();
});

test("the points of all rows are painted, and can be asked one by one", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(t, "#/experiments", { context: { colorScheme, deviceScaleFactor: 2 } });
    await page.getByText("100,201 points").waitFor();
    const plot = page.getByRole("listbox", { name: "accuracy against C" });
    await plot.scrollIntoViewIfNeeded();
    const { painted, width, cssWidth } = await plot.locator("canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let painted = 0;
      for (let at = 3; at < data.length; at += 4) painted += data[at] > 0 ? 1 : 0;
      return { painted, width: canvas.width, cssWidth: canvas.getBoundingClientRect().width };
    });
    assert.equal(width, Math.round(2 * cssWidth), "as many pixels as the screen has");
    // All over the inner box, of which the dots leave something free: they lie in a lattice.
    assert.ok(painted > 100_000, `${painted} pixels`);
    await plot.focus();
    await page.keyboard.press("End");
    const option = plot.getByRole("option");
    assert.match(await option.innerText(), /^run-\d+: C 1,?000, accuracy 0\.\d+( \(and \d+ more here\))?$/);
    assert.equal(await option.getAttribute("aria-setsize"), String(N_ROWS));
    const [said] = /^run-\d+/.exec(await option.innerText());
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: `Details of ${said}` }).waitFor();
  }
});

/** Whether an element lies inside the box that scrolls around it. */
function isSeen(locator) {
  return locator.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const box = element.closest(".xp-box").getBoundingClientRect();
    return left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
  });
}

/** The file as `dvc exp show --json` writes it: the same in each run. */
async function write(path) {
  const out = createWriteStream(path);
  const put = async (text) => {
    if (!out.write(text)) await once(out, "drain");
  };
  const data = (rev, idx) => ({
    rev,
    timestamp: "2026-01-05T08:04:36",
    params: { "params.yaml": { data: { train: { C: cost(idx), seed: idx } } } },
    metrics: { "metrics.json": { data: { accuracy: accuracy(idx), loss: 1 - accuracy(idx) / 2 } } },
    deps: { "data.csv": { hash: "a304afb96060aad90176268345e10355", size: 1_048_576, nfiles: null } },
    outs: {},
    meta: {},
  });
  const sha = (idx) => (idx * 2_654_435_761 + 1).toString(16).padStart(40, "0");
  const json = (value) => JSON.stringify(value);
  await put(`[{"rev":"workspace","name":null,"data":${json(data("workspace", 0))},"error":null,"experiments":null}`);
  for (let commit = 0; commit < N_COMMITS; commit += 1) {
    const rev = sha(1_000_000 + commit);
    const experiments = Array.from({ length: N_EACH }, (_, at) => {
      const idx = commit * N_EACH + at;
      const revs = [{ rev: sha(idx), name: name(idx), data: data(sha(idx), idx), error: null, experiments: null }];
      return { revs, executor: null, name: name(idx) };
    });
    const branch = json(commit === 0 ? "main" : null);
    await put(`,{"rev":"${rev}","name":${branch},"data":${json(data(rev, commit))},"error":null,"experiments":${json(experiments)}}`);
  }
  out.end("]");
  await once(out, "finish");
}
