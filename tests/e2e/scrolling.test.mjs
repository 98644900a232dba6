// What stays in view when the table of experiments is scrolled, and what must not push it out.
import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openReady } from "./lib/chromium.mjs";
import { name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";

const LONG = "abcdefghij".repeat(10_000);

/** All runs, each with more parameters, and one with a text of 100 kB. */
function wide([workspace, commit]) {
  const runs = commit.experiments.map((run) => run.revs[0]);
  for (const [at, { data }] of [workspace, commit, ...runs].entries()) {
    const more = Array.from({ length: 20 }, (_, idx) => [`p${idx}`, (at * 7) % (idx + 2)]);
    Object.assign(data.params["params.yaml"].data, { more: Object.fromEntries(more) });
  }
  runs[3].data.params["params.yaml"].data.note = LONG;
  // More than fit, so that the table scrolls in a box of its own.
  const again = (copy) => commit.experiments.map((run) => ({
    ...run,
    name: `${run.name}-${copy}`,
    revs: run.revs.map((rev) => ({ ...rev, name: `${rev.name}-${copy}`, rev: rev.rev.replace(/^../, `f${copy}`) })),
  }));
  return [workspace, { ...commit, experiments: [...commit.experiments, ...again(1), ...again(2)] }];
}

const address = await serve(seeds(wide));
const browser = await launch();

test("heads of pinned columns stay above them, however far the table is scrolled", async (t) => {
  const keys = "changed=0&pin=train.C,accuracy";
  const page = await openReady(t, browser, `${address}#/experiments?${keys}`);
  const box = page.locator(".xp-box");
  const places = () => page.evaluate(() => {
    const row = document.querySelector("#table > tbody:last-of-type tr[data-revision]:nth-child(9)");
    const cell = (column) => row.querySelector(`[data-column="${column}"]`);
    const rows = [...document.querySelectorAll("#table thead tr")];
    const left = (it) => it.getBoundingClientRect().left;
    const pinned = ["params.yaml:train.C", "metrics.json:test.accuracy"];
    return {
      cells: pinned.map((it) => left(cell(it))),
      heads: pinned.map((it) => left(rows.at(-1).querySelector(`[data-column="${it}"]`))),
      above: rows.slice(0, -1).map((it) => [...it.querySelectorAll(".xp-group")].slice(0, 2).map(left)),
      top: rows[0].getBoundingClientRect().top,
    };
  });
  const scroll = async (left) => {
    await box.evaluate((it, left) => it.scrollTo(left, 150), left);
    await page.waitForFunction((left) => document.querySelector(".xp-box").scrollLeft === left, left);
    return places();
  };
  // The state, which stands before them, goes first.
  const before = await scroll(300);
  const after = await scroll(700);
  assert.ok(before.above.length > 1, "files and sections");
  assert.deepEqual(after.cells, before.cells);
  for (const heads of [after.heads, ...after.above]) {
    heads.forEach((at, idx) => assert.ok(Math.abs(at - after.cells[idx]) < 1, `${at} for ${after.cells[idx]}`));
  }
  const top = await box.evaluate((it) => it.getBoundingClientRect().top);
  assert.ok(Math.abs(after.top - top) < 2, `the head is at ${after.top} in a box at ${top}`);
  // Nothing that is scrolled shines through.
  const seen = await page.evaluate(([left, top]) => document.elementFromPoint(left + 12, top + 12).closest("th, td").textContent, [after.cells[0], after.top]);
  assert.equal(seen, "params.yaml");
});

test("a text of 100 kB is cut in its cell, and whole in the details", async (t) => {
  const run = name(1, "saga", 1);
  const page = await openReady(t, browser, `${address}#/experiments?cols=note,C,accuracy&row=${run}`);
  const cell = page.locator(`#table [data-revision="${run}"] [data-column="params.yaml:note"]`);
  assert.equal(await cell.getAttribute("data-value"), LONG);
  const { height, width } = await cell.boundingBox();
  assert.ok(height < 50 && width < 400, `${width} × ${height} px`);
  assert.ok(await cell.evaluate((it) => it.scrollWidth > it.clientWidth && getComputedStyle(it).textOverflow === "ellipsis"));
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= screen, `${content} px wide on ${screen}`);
  await page.locator(".xp-panel").getByText(LONG, { exact: true }).waitFor();
});
