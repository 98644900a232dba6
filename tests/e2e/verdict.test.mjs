// A team that says what must hold and what answers are worth: guards, other baselines, the slider
// for a worth that nobody knows, the ledger, and whether the page is the one that a comment meant.
import assert from "node:assert/strict";
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { careo, scratch } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";

const SETTINGS = `
primary_metric = "accuracy"
positive_class = "fraud"
[guards]
precision = 0.01
latency = 5
[explanations.en]
recall = "The share of frauds that the model finds."
[sample]
en = ["payment", "payments"]
[value]
unit = "€"
false_negative = -120
false_positive = -4
unknown = "false_positive"
`;

/** 200 payments, 40 of them frauds, of which so many are found; so many calls for nothing. */
function predictions(nFound, nAlarms) {
  const rows = Array.from({ length: 200 }, (_, idx) => {
    const isAlarm = idx < 40 ? idx < nFound : idx - 40 < nAlarms;
    return `${idx < 40 ? "fraud" : "legit"},${isAlarm ? "fraud" : "legit"}`;
  });
  return ["actual,predicted", ...rows, ""].join("\n");
}

const cwd = scratch();
const write = (path, text) => {
  mkdirSync(join(cwd, path, ".."), { recursive: true });
  writeFileSync(join(cwd, path), text);
};
write("careo.toml", SETTINGS);
write("new/predictions.csv", predictions(34, 12));
write("old/predictions.csv", predictions(25, 8));
write("v1.4/predictions.csv", predictions(10, 2));
write("new/metrics.json", '{"accuracy": 0.91, "recall": 0.85, "precision": 0.739, "latency": 48}');
write("old/metrics.json", '{"accuracy": 0.885, "recall": 0.625, "precision": 0.758, "latency": 30}');
write("v1.4/metrics.json", '{"accuracy": 0.84, "recall": 0.25, "precision": 0.833, "latency": 30}');
write("new/params.yaml", "C: 10\nseed: 1\n");
write("old/params.yaml", "C: 1\nseed: 1\n");
write("v1.4/params.yaml", "C: 1\nseed: 1\n");
write("experiments.toml", '[[tried]]\nwhat = "class weights"\nwhen = 2026-05-01\n');
const inputs = ["new", "v1.4=v1.4", "experiments.toml", "--baseline", "main=old"];
careo(["site", ...inputs, "-o", "site"], { cwd });
const verdict = JSON.parse(readFileSync(join(cwd, "site/verdict.json"), "utf8"));
const address = await serve(join(cwd, "site"));
const browser = await launch();
const plain = (text) => text.replaceAll("\u00a0", " ");

test("a guard that breaks is the verdict, and is named", async (t) => {
  const page = await openReady(t, browser, address);
  const said = page.locator("#verdict");
  assert.equal(await said.getAttribute("data-verdict"), verdict.outcome);
  assert.equal(verdict.outcome, "worse");
  assert.match(await said.innerText(), /latency went from 30 up to 48, which is more than tolerated/i);
  const main = await page.locator("main").innerText();
  // Of 46 alarms 34 are frauds, of 33 they were 25: that may be chance.
  assert.match(main, /Precision: 0\.758 before, 0\.739 now; up to 0\.01 worse is tolerated\. Chance alone could explain it/);
  assert.match(main, /Of 40 payments of fraud, 34 are found instead of 25\./);
  assert.match(main, /The share of frauds that the model finds\./);
});

test("the last release stands below", async (t) => {
  const page = await openReady(t, browser, address);
  const release = page.locator('.others [data-baseline="v1.4"]');
  assert.match(await release.innerText(), /The last release/);
  assert.match(await release.innerText(), /v1\.4/);
});

test("a worth that nobody knows is moved by the keyboard, and kept in the address", async (t) => {
  const page = await openReady(t, browser, address);
  const told = page.locator("#worth-told");
  assert.match(plain(await told.innerText()), /−9,160 € with main, −3,840 € now\. That is 5,320 € more\./);
  const section = page.locator(".worth");
  assert.match(plain(await section.innerText()), /At −270 € both are worth the same; above that/);
  const slider = page.getByRole("slider", { name: /taken for fraud/i });
  await slider.focus();
  await page.keyboard.press("Home");
  assert.match(plain(await told.innerText()), /€ less\./);
  assert.match(page.url(), /worth=-\d/);
  const moved = await told.innerText();
  await page.reload();
  await page.locator('html[data-state="ready"]').waitFor({ state: "attached" });
  assert.equal(await told.innerText(), moved);
  await page.keyboard.press("Tab");
});

test("the ledger and the notes open by the keyboard", async (t) => {
  const page = await openReady(t, browser, address);
  const ledger = page.locator("#ledger");
  await ledger.locator("summary").focus();
  await page.keyboard.press("Enter");
  const table = ledger.getByRole("table");
  await table.waitFor();
  const rows = await table.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, 2, "C was 1 and 10");
  assert.match(rows[0], /C\s+1\s+2/);
  const differ = await page.locator(".tried-differ").innerText();
  assert.match(differ, /The same parameters, another result/);
  await page.locator("#ledger-notes summary").click();
  await page.getByText("class weights").waitFor();
});

test("a page says whether it is what the comment says", async (t) => {
  const comment = careo(["comment", ...inputs, "--base-url", address], { cwd });
  const link = comment.match(/\((http[^)]*digest=[^)]*)\)/)[1];
  assert.match(link, new RegExp(verdict.digest));
  const same = await openReady(t, browser, link);
  const line = same.locator("#same-as-comment");
  assert.equal(await line.getAttribute("data-same"), "true");
  assert.match(await line.innerText(), /This is what the comment says\./);
  const other = await openReady(t, browser, link.replace(verdict.digest, "00000000"));
  assert.equal(await other.locator("#same-as-comment").getAttribute("data-same"), "false");
  assert.match(await other.locator("#same-as-comment").innerText(), /another result/);
});
