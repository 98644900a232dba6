// Chromium for tests, and pages that fail on what a reader would never see: a console message, an
// error, a request that leaves the page's own origin.
import assert from "node:assert/strict";
import { after } from "node:test";

import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What Chromium says of a script's preload where scripts are off. */
export const NO_SCRIPT = /^failed: .*\.js: csp$/;

/** One browser for a test file. */
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ARGS,
  });
  after(() => browser.close());
  return browser;
}

/**
 * A page in a fresh profile, watched until the test ends.
 *
 * `context` are Playwright's options. `expected` are patterns of messages that the test is about:
 * each has to come.
 */
export async function open(t, browser, address, { context: options, expected = [], init } = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const seen = [];
  const said = (text) => {
    const pattern = expected.find((candidate) => candidate.test(text));
    seen.push(pattern ?? text);
  };
  context.on("console", (message) => said(`console ${message.type()}: ${message.text()}`));
  context.on("weberror", (event) => said(`error: ${event.error().message}`));
  context.on("requestfailed", (request) =>
    said(`failed: ${request.url()}: ${request.failure()?.errorText}`),
  );
  context.on("request", (request) => {
    if (!isOwn(request.url(), address)) said(`leaves the page's origin: ${request.url()}`);
  });
  if (init) await context.addInitScript(init);
  t.after(async () => {
    await context.close();
    const unexpected = seen.filter((item) => typeof item === "string");
    // Also beside another failure, which it may explain.
    for (const text of unexpected) t.diagnostic(text);
    assert.deepEqual(unexpected, [], "the page stays silent and asks nobody else");
    const missing = expected.filter((pattern) => !seen.includes(pattern));
    assert.deepEqual(missing, [], "what the test provokes is noticed");
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** The same, once the running app shows real data. */
export async function openReady(t, browser, address, options) {
  const page = await open(t, browser, address, options);
  await ready(page);
  return page;
}

/** Waits for the running app. */
export async function ready(page) {
  await page.locator('html[data-state="ready"]').waitFor({ state: "attached" });
}

function isOwn(url, address) {
  const asked = new URL(url);
  if (asked.protocol === "data:" || asked.protocol === "blob:") return true;
  const page = new URL(address);
  // A packed file is one file.
  if (page.protocol === "file:") return asked.protocol === "file:" && asked.pathname === page.pathname;
  return asked.origin === page.origin;
}
