// A report on a plain static server, under a sub-path: it opens, and every view is there.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { NO_SCRIPT, launch, open, openReady, ready } from "./lib/chromium.mjs";
import { serve } from "./lib/nginx.mjs";
import { LANDMARKS, VIEWS } from "./lib/views.mjs";

const PULL_REQUEST = "https://github.com/datacubeR/dvc_tutorial/pull/3";
const { site } = nba();
const address = await serve(site);
const browser = await launch();

test("the verdict is on the page, in its title, and in what others see of a link", async (t) => {
  const page = await openReady(t, browser, address);
  const verdict = page.locator("#verdict[role=status]");
  assert.equal(await verdict.getAttribute("data-verdict"), "no-clear-change");
  const said = await verdict.innerText();
  assert.match(said, /\b87\b/);
  assert.match(said, /\b93\b/);
  const title = await page.title();
  const shared = (name) => page.locator(`meta[property="og:${name}"]`).getAttribute("content");
  assert.match(title, /no clear change|87/i);
  assert.equal(await shared("title"), title);
  assert.equal(await shared("description"), await shared("title"));
});

test("what was written into the page is what the app shows", async (t) => {
  const written = await open(t, browser, address, {
    context: { javaScriptEnabled: false },
    expected: [NO_SCRIPT],
  });
  const shown = await openReady(t, browser, address);
  assert.equal(await written.locator("html").getAttribute("data-state"), "shown");
  const [before, after] = await Promise.all([written, shown].map((page) => page.locator("#verdict").innerText()));
  assert.equal(after, before);
});

for (const view of VIEWS) {
  test(`${view} opens by its address and leads back to the discussion`, async (t) => {
    const page = await openReady(t, browser, `${address}#/${view}`);
    await page.locator(LANDMARKS[view]).first().waitFor();
    const back = page.locator('a[rel~="discussion"]').first();
    assert.equal(await back.getAttribute("href"), PULL_REQUEST);
    assert.deepEqual((await back.getAttribute("rel")).split(" ").sort(), ["discussion", "noopener", "noreferrer"]);
    assert.equal(await page.locator("[data-problem]").count(), 0);
  });
}

test("one view leads to the next, and Back returns", async (t) => {
  const page = await openReady(t, browser, address);
  for (const view of VIEWS.slice(1)) {
    await page.locator(`nav a[href^="#/${view}"], [role=tablist] [href^="#/${view}"]`).first().click();
    await page.locator(LANDMARKS[view]).first().waitFor();
    assert.ok(new URL(page.url()).hash.startsWith(`#/${view}`));
  }
  for (const view of VIEWS.slice(1, -1).reverse()) {
    await page.goBack();
    await page.waitForURL((url) => url.hash.startsWith(`#/${view}`));
    await page.locator(LANDMARKS[view]).first().waitFor();
  }
});

test("the policy is in force: no script but the page's own, no other origin", async (t) => {
  const page = await openReady(t, browser, address, {
    expected: [/inline script violates .*Content Security Policy/, /Connecting to .* violates/, /Fetch API cannot load/],
  });
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.head.append(script);
    const answer = await fetch("http://127.0.0.1:9/").then(() => "sent", () => "refused");
    return [window.intruder, answer];
  });
  assert.deepEqual(ran, [undefined, "refused"]);
});

test("a reload keeps the page as it is", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments?sort=-assets%2Fmetrics.json%3Atest_accuracy`);
  const rows = () => page.locator("#table tr[data-revision]").evaluateAll((all) => all.map((row) => row.dataset.revision));
  const before = await rows();
  const { hash } = new URL(page.url());
  await page.reload();
  await ready(page);
  assert.equal(new URL(page.url()).hash, hash);
  assert.deepEqual(await rows(), before);
  assert.ok(before.length >= 5, "the candidate, the baseline and four experiments");
});
