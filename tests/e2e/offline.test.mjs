// Without a site: the packed file by double click, and local files dropped on the viewer.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { fixture, nba, scratch } from "./lib/careo.mjs";
import { launch, open, openReady, ready } from "./lib/chromium.mjs";
import { drop } from "./lib/drop.mjs";
import { serve } from "./lib/nginx.mjs";
import { LANDMARKS, VIEWS } from "./lib/views.mjs";
import { zip } from "./lib/zip.mjs";

const { site, packed } = nba();
const file = pathToFileURL(packed).href;
const address = await serve(site);
const viewer = await serve(new URL("../../dist", import.meta.url).pathname);
const browser = await launch();

// The viewer alone looks for a report beside it, and the browser notes that there is none.
const NO_REPORT = [/console error: Failed to load resource.*404/];

test("the packed file opens without a request", async (t) => {
  const page = await openReady(t, browser, file);
  assert.equal(await page.locator("#verdict").getAttribute("data-verdict"), "no-clear-change");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /connect-src/);
});

for (const view of VIEWS) {
  test(`the packed file has ${view}`, async (t) => {
    const page = await openReady(t, browser, `${file}#/${view}`);
    await page.locator(LANDMARKS[view]).first().waitFor();
  });
}

test("a link into the packed file survives a reload", async (t) => {
  const page = await openReady(t, browser, `${file}#/confusion?cell=C~PF`);
  const cell = page.locator('#matrix [data-actual="C"][data-predicted="PF"]').first();
  const before = await cell.getAttribute("aria-label");
  await page.reload();
  await ready(page);
  assert.equal(await cell.getAttribute("aria-label"), before);
  assert.equal(new URL(page.url()).hash, "#/confusion?cell=C~PF");
});

// The goal is 520,000 bytes; this holds what was reached, as size.test.mjs does for the viewer.
test("the packed file does not grow", () => {
  assert.ok(statSync(packed).size <= 1_284_000, `${statSync(packed).size} bytes`);
});

test("the viewer alone asks for files", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  assert.notEqual(await page.locator("html").getAttribute("data-state"), "error");
});

test("a file dropped on the viewer is shown", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  await drop(page, fixture("nba/exp-show.json"));
  await ready(page);
  await page.goto(`${viewer}#/experiments`);
  await page.locator("#table tr[data-revision]", { hasText: "bovid-rime" }).waitFor();
});

test("files dropped on a report replace it", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`);
  await drop(page, fixture("sklearn/digits-10/confusion_matrix.json"));
  await page.locator('#matrix [data-actual="9"]').first().waitFor();
});

test("what is copied of dropped files names no address that shows something else", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion`, { init: () => navigator.clipboard && (navigator.clipboard.writeText = async (text) => { window.copied = text; }) });
  const copy = async () => {
    await page.getByRole("button", { name: "Copy for the discussion" }).first().click();
    return (await page.waitForFunction(() => window.copied)).jsonValue();
  };
  assert.match(await copy(), /\(http:.*#\/confusion\)\)$/);
  const link = page.getByRole("button", { name: "Copy link" });
  assert.ok((await link.count()) > 0, "of a report that is served");
  await page.evaluate(() => { window.copied = undefined; });
  await drop(page, fixture("sklearn/digits-10/confusion_matrix.json"));
  await page.locator('#matrix [data-actual="9"]').first().waitFor();
  const copied = await copy();
  assert.doesNotMatch(copied, /http/);
  assert.match(copied, /of \d+/);
  assert.equal(await link.count(), 0);
});

test("of two drops the last one is shown, and what was there comes back where it holds nothing", async (t) => {
  const dir = scratch();
  // The first one takes a worker, and longer.
  const rows = Array.from({ length: 200_000 }, (_, idx) => `${idx % 2 ? "cat" : "dog"},dog`);
  writeFileSync(join(dir, "predictions.csv"), ["actual,predicted", ...rows, ""].join("\n"));
  writeFileSync(join(dir, "empty.json"), "{}");
  const page = await openReady(t, browser, `${address}#/confusion`);
  await drop(page, join(dir, "predictions.csv"));
  await drop(page, fixture("sklearn/digits-10/confusion_matrix.json"));
  await page.locator('#matrix [data-actual="9"]').first().waitFor();
  await drop(page, join(dir, "predictions.csv"));
  await drop(page, join(dir, "empty.json"));
  await page.locator("[role=alert][data-problem]").first().waitFor();
  await page.locator('#matrix [data-actual="9"]').first().waitFor();
  assert.equal(await page.locator('#matrix [data-actual="cat"]').count(), 0);
});

test("files of one name are compared, and what holds nothing says why", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  const odd = join(scratch(), "predictions.csv");
  writeFileSync(odd, "id,Klasse,Vorhersage\n1,a,b\n2,b,b\n");
  await drop(page, odd);
  const note = page.locator("[role=note]", { hasText: "predictions.csv" });
  assert.match(await note.innerText(), /Klasse, Vorhersage/);
  await drop(page, fixture("nba/predictions.csv"), fixture("nba/baselines/C10/predictions.csv"));
  await ready(page);
  assert.match(await page.locator('[data-notice="revision-folders"]').innerText(), /“2” is compared with “1”/);
  assert.equal(await note.count(), 0);
});

test("a dropped folder is read whole", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  await drop(page, artifacts());
  await ready(page);
  await page.goto(`${viewer}#/experiments`);
  await page.locator("#table tr[data-revision]", { hasText: "bovid-rime" }).waitFor();
  await page.goto(`${viewer}#/confusion`);
  await page.locator('#matrix [data-actual="SF"][data-predicted="PF"][data-count="14"]').first().waitFor();
});

test("a folder can be picked", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file][webkitdirectory]").setInputFiles(artifacts());
  await ready(page);
  await page.goto(`${viewer}#/files`);
  await page.getByText("predictions.csv").first().waitFor();
});

test("a picked folder keeps the folders in it, and may be hidden", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  const dir = join(scratch(), ".results");
  mkdirSync(join(dir, "assets"), { recursive: true });
  writeFileSync(join(dir, "assets/metrics.json"), JSON.stringify({ accuracy: 0.5 }));
  mkdirSync(join(dir, ".cache"));
  writeFileSync(join(dir, ".cache/metrics.json"), JSON.stringify({ accuracy: 0.25 }));
  await page.locator("input[type=file][webkitdirectory]").setInputFiles(dir);
  await ready(page);
  await page.goto(`${viewer}#/files`);
  await page.getByText("assets/metrics.json").first().waitFor();
  assert.equal(await page.getByText(".cache").count(), 0);
});

test("the zip that GitHub Actions gives is dropped as it is", async (t) => {
  const names = ["metrics.json", "predictions.csv", "exp-show.json", "conf_mat.png", "report.md"];
  const path = join(scratch(), "careo-report.zip");
  const files = names.map((name) => [name, readFileSync(fixture(`nba/${name}`))]);
  writeFileSync(path, zip(Object.fromEntries(files)));
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  await drop(page, path);
  await ready(page);
  await page.goto(`${viewer}#/confusion`);
  await page.locator('#matrix [data-actual="SF"][data-predicted="PF"][data-count="14"]').first().waitFor();
});

test("two folders with the same files are compared: in a zip, in one folder, side by side", async (t) => {
  const dir = join(scratch(), "both");
  const from = { candidate: "nba/predictions.csv", baseline: "nba/baselines/C10/predictions.csv" };
  for (const [name, path] of Object.entries(from)) {
    mkdirSync(join(dir, name), { recursive: true });
    cpSync(fixture(path), join(dir, name, "predictions.csv"));
  }
  const path = join(scratch(), "artifact.zip");
  const entry = (name) => [`${name}/predictions.csv`, readFileSync(join(dir, name, "predictions.csv"))];
  writeFileSync(path, zip(Object.fromEntries(Object.keys(from).map(entry))));
  for (const files of [[path], [dir], [join(dir, "candidate"), join(dir, "baseline")]]) {
    const page = await open(t, browser, viewer, { expected: NO_REPORT });
    await page.locator("input[type=file]").first().waitFor({ state: "attached" });
    await drop(page, ...files);
    const note = page.locator('[data-notice="revision-folders"]');
    assert.match(await note.innerText(), /“candidate” is compared with “baseline”/);
    assert.match(await page.locator("#verdict").innerText(), /87 of 176 .* 93/s);
  }
});

test("files can be dropped on the packed file", async (t) => {
  const page = await openReady(t, browser, `${file}#/experiments`);
  await drop(page, fixture("dvc/lab-3.67.1/exp-show.json"));
  await page.locator("#table tr[data-revision]", { hasText: "grid-b" }).waitFor();
});

test("a broken file is told, and the others are shown", async (t) => {
  const page = await open(t, browser, viewer, { expected: NO_REPORT });
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  await drop(page, fixture("nba/exp-show.json"), fixture("hostile/08-truncated-mid-escape.json"));
  await ready(page);
  await page.goto(`${viewer}#/files`);
  await page.locator("[role=alert][data-problem]").first().waitFor();
  assert.match(await page.locator("body").innerText(), /08-truncated-mid-escape\.json/);
  await page.goto(`${viewer}#/experiments`);
  await page.locator("#table tr[data-revision]", { hasText: "bovid-rime" }).waitFor();
});

/** A folder as a pipeline leaves it. */
function artifacts() {
  const dir = join(scratch(), "results");
  mkdirSync(join(dir, "plots"), { recursive: true });
  for (const name of ["metrics.json", "predictions.csv", "exp-show.json", "report.md"]) {
    cpSync(fixture(`nba/${name}`), join(dir, name));
  }
  cpSync(fixture("nba/conf_mat.png"), join(dir, "plots/conf_mat.png"));
  return dir;
}
