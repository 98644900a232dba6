// axe-core finds nothing to object to, on any view, in light and dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";
import { VIEWS } from "./lib/views.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { site } = nba();
const address = await serve(site);
const browser = await launch();

for (const view of VIEWS) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${view}, ${colorScheme}`, async (t) => {
      const page = await openReady(t, browser, `${address}#/${view}`, { context: { colorScheme } });
      assert.deepEqual(await violations(page), []);
    });
  }
}

test("the difference of two matrices", async (t) => {
  const page = await openReady(t, browser, `${address}#/confusion?base=master`);
  assert.deepEqual(await violations(page), []);
});

test("overview, on a phone", async (t) => {
  const page = await openReady(t, browser, address, { context: { viewport: { width: 390, height: 844 } } });
  assert.deepEqual(await violations(page), []);
});

/** What axe objects to: the rule, and the elements. */
async function violations(page) {
  // By the debugger, which the page's policy doesn't concern.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }));
}
