// Firefox: served and packed, the page starts and a deep link arrives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { nba } from "./lib/careo.mjs";
import { launch, open } from "./lib/firefox.mjs";
import { serve } from "./lib/nginx.mjs";

const { site, packed } = nba();
const served = await serve(site);
const browser = await launch();

for (const [way, address] of [["served", served], ["packed", pathToFileURL(packed).href]]) {
  test(`${way}: the verdict and a link to a cell`, async () => {
    const { page, said } = await open(browser, `${address}#/confusion?cell=C~PF`);
    const label = await page.$eval('#matrix [data-actual="C"][data-predicted="PF"]', (cell) => cell.getAttribute("aria-label"));
    assert.match(label, /\d/);
    await page.evaluate(() => {
      location.hash = "#/overview";
    });
    await page.waitForSelector("#verdict");
    const verdict = await page.$eval("#verdict", (status) => status.dataset.verdict);
    assert.equal(verdict, "no-clear-change");
    assert.deepEqual(said, []);
    await page.close();
  });
}
