// Visits to pages that do the same job: interleaved, each in a context of its own with cold caches,
// each step with a bound. What a page cannot do within it is told in words, and not tried again.
import { readFileSync } from "node:fs";

import { launch } from "./browser.mjs";
import { median, ratio } from "./stats.mjs";

/** Seconds that a step may take. */
const BOUND = 60;

/**
 * Takes `steps` (`[key, async ({ page, browser, subject }) => value]`) with all `subjects`
 * (`{ name, address, height, prepare }`) in turn, `repeats` times. Gives by the subject's name
 * `{ [key]: values, problem }`; a list is whole unless the problem says otherwise.
 */
export async function visitInTurn(server, subjects, steps, repeats) {
  const found = Object.fromEntries(subjects.map(({ name }) => [name, { problem: null }]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    let browser = await start(server);
    for (let at = 0; at < subjects.length; at += 1) {
      // Another order each time, so that none always comes first.
      const subject = subjects[(at + repeat) % subjects.length];
      const seen = found[subject.name];
      if (seen.stuck === steps[0][0]) continue;
      if (await visit(server, browser, subject, subject.steps ?? steps, seen)) continue;
      // What hangs there would disturb the next one.
      await browser.close();
      browser = await start(server);
    }
    await browser.close();
  }
  return found;
}

/** A browser that is done with itself: its own toolbar is a page too, which takes a while to start. */
async function start(server) {
  const browser = await launch();
  const context = await browser.newContext();
  await (await context.newPage()).goto(new URL("blank.html", server.address).href);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await context.close();
  return browser;
}

/** Takes the steps with one page and notes their values, or where it got stuck; whether all is well. */
async function visit(server, browser, subject, steps, seen) {
  const context = await browser.newContext({ viewport: { width: 1280, height: subject.height ?? 800 } });
  const page = await context.newPage();
  await page.addInitScript({ path: "bench/watch.js" });
  await subject.prepare?.(page);
  let at = steps[0][0];
  try {
    await within(BOUND, page.goto(new URL(subject.address, server.address).href, { waitUntil: "commit" }));
    for (const [key, step] of steps) {
      at = key;
      if (seen.stuck === key) break;
      const value = await within(BOUND, step({ page, browser, subject }));
      (seen[key] ??= []).push(value);
    }
  } catch (error) {
    seen.stuck = at;
    seen.problem = error.message.split("\n")[0];
    // Of what comes after it there is no whole list either.
    const keys = steps.map(([key]) => key);
    for (const key of keys.slice(keys.indexOf(at))) delete seen[key];
    return false;
  }
  await context.close();
  return true;
}

/** What the promise gives, or an error after so many seconds. */
async function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Milliseconds until `check(facts)` holds in the page and is painted: since navigation, or since
 * the first `event` while `act` goes on.
 */
export async function time(page, check, facts, event = null, act = () => {}) {
  // What is waited for is told to the page before anything is done there, or its event may be over.
  await page.evaluate(`void (bench.seen = bench.until(${check}, ${JSON.stringify(facts)}, ${JSON.stringify(event)}))`);
  await act();
  return page.evaluate("bench.seen");
}

/** Megabytes that the page's process had at most: of all of its kind the one that works while the page does. */
export async function peakOfProcess(page, browser) {
  const session = await browser.newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await renderers();
  await page.evaluate("for (const end = performance.now() + 500; performance.now() < end; );");
  const worked = [...(await renderers())].map(([id, seconds]) => [id, seconds - (before.get(id) ?? 0)]);
  const [id] = worked.reduce((most, it) => (it[1] > most[1] ? it : most));
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"));
  return Number(kilobytes) / 1024;
}

/** Of these names, the one with the least median of a measure; null where none has any. */
export function best(found, names, key) {
  const able = names.filter((name) => found[name]?.[key]);
  able.sort((a, b) => median(found[a][key]) - median(found[b][key]));
  return able[0] ?? null;
}

/** The ratio of `ours` to the best of these names by a measure; null where nothing can be compared. */
export function toBest(found, ours, names, key, less) {
  const them = best(found, names, key);
  if (!them || !found[ours]?.[key]) return null;
  return ratio(found[ours][key], found[them][key], less);
}
