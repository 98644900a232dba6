// Files dropped on the page are judged as the command line judges them: one digest, the same
// intervals, though the page computes all of it anew.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { careo, scratch } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { drop } from "./lib/drop.mjs";
import { serve } from "./lib/nginx.mjs";

const CLASSES = ["a", "b", "c", "d"];
/** Numbers that look random, the same each time. */
function* digits(seed) {
  for (let state = seed; ; state = (state * 48271) % 2147483647) yield state;
}

/** 900 samples, of which so many in 1,000 are answered rightly. */
function answers(right, seed) {
  const next = digits(seed);
  return Array.from({ length: 900 }, (_, idx) => {
    const actual = idx % 4;
    const isRight = next.next().value % 1000 < right;
    return [actual, isRight ? actual : (actual + 1 + (next.next().value % 3)) % 4];
  });
}

function macroF1(rows) {
  const count = (is) => rows.filter(is).length;
  const f1 = CLASSES.map((_, label) => {
    const hits = count(([actual, said]) => actual === label && said === label);
    return (2 * hits) / (count(([actual]) => actual === label) + count(([, said]) => said === label));
  });
  return f1.reduce((sum, it) => sum + it, 0) / f1.length;
}

const cwd = scratch();
const [before, now] = [answers(700, 5), answers(760, 11)];
const table = (rows) => `actual,predicted\n${rows.map(([actual, said]) => `${CLASSES[actual]},${CLASSES[said]}`).join("\n")}\n`;
// An accuracy that counting belies is a caution, and so is another script.
const row = (rows, md5) => ({
  data: {
    timestamp: null,
    params: {},
    deps: { "train.py": { hash: md5, size: 1, nfiles: null } },
    outs: {},
    queued: false,
    running: false,
    metrics: { "metrics.json": { data: { accuracy: 0.81, f1_macro: macroF1(rows) } } },
  },
});
const revision = (rev, rows, md5) => ({ rev, name: rev === "workspace" ? null : "main", ...row(rows, md5), experiments: null });
mkdirSync(join(cwd, "main"));
const sha = "2a1f591a8584631b7403e60145e70b1f2a783b6b";
writeFileSync(join(cwd, "exp-show.json"), JSON.stringify([revision("workspace", now, "1f"), revision(sha, before, "2e")]));
writeFileSync(join(cwd, "predictions.csv"), table(now));
writeFileSync(join(cwd, "main/predictions.csv"), table(before));

const viewer = await serve(new URL("../../dist", import.meta.url).pathname);
const browser = await launch();

test("dropped files have the digest and the intervals of the comment", async (t) => {
  const comment = careo(["comment", "."], { cwd });
  const digest = /digest=([0-9a-f]{8})/.exec(comment)[1];
  assert.match(comment, /states an accuracy of 0\.81; the predictions give/);
  assert.match(comment, /A file that is not data differs: `train\.py`/);
  // The viewer alone looks for a report beside it, and the browser notes that there is none.
  const page = await openReady(t, browser, viewer, { expected: [/console error: Failed to load resource.*404/] });
  const paths = ["exp-show.json", "predictions.csv", "main"].map((path) => join(cwd, path));
  await drop(page, ...paths);
  await page.locator("#digest").waitFor();
  assert.equal(await page.locator("#digest").getAttribute("data-digest"), digest);
  const shown = await page.locator(".numbers tbody .numbers-ci").allInnerTexts();
  assert.equal(shown.length, 2, "accuracy and F1");
  // Markdown takes a plus for a list.
  const plain = comment.replaceAll("\\+", "+");
  for (const interval of shown) assert.ok(plain.includes(`| ${interval} |`), `${interval} is not in the comment`);
});
