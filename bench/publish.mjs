// How long one more report takes in a site of many, besides git's own push, and how soon the front
// page is there.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";

import { launch } from "./browser.mjs";
import { times } from "./markdown.mjs";
import { serve } from "./serve.mjs";
import { median, ratio } from "./stats.mjs";

const HOME = resolve("target/bench/publish");
const CAREO = resolve(process.env.CAREO ?? "target/release/careo");
const SIZES = [0, 100, 1_000, 10_000];
const GIT = { PATH: process.env.PATH, HOME, GIT_CONFIG_NOSYSTEM: "1" };

const git = (cwd, ...args) => execFileSync("git", args, { cwd, env: GIT, encoding: "utf8" }).trim();

/** Times in milliseconds and ratios. */
async function measure(repeats) {
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(join(HOME, "work"), { recursive: true });
  writeFileSync(join(HOME, "work/metrics.json"), '{"accuracy": 0.75, "recall": 0.5}');
  for (const size of SIZES) makeSite(size);
  const rests = Object.fromEntries(SIZES.map((size) => [size, []]));
  const pushes = Object.fromEntries(SIZES.map((size) => [size, []]));
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    for (const size of SIZES) {
      const { all, push } = publish(size);
      if (repeat < 0) continue;
      rests[size].push(all - push);
      pushes[size].push(push);
    }
  }
  const front = await measureFront(repeats);
  return {
    sizes: SIZES.map((size) => ({ size, rest: median(rests[size]), push: median(pushes[size]) })),
    thousand: ratio(rests[1_000], rests[0]),
    tenThousand: ratio(rests[10_000], rests[1_000]),
    front,
  };
}

/** A bare remote with a site of so many reports: a quarter on main, the others on pull requests. */
function makeSite(size) {
  const remote = join(HOME, `${size}.git`);
  git(HOME, "init", "--quiet", "--bare", remote);
  git(remote, "config", "uploadpack.allowFilter", "true");
  if (size === 0) return;
  const stream = join(HOME, "stream");
  const file = openSync(stream, "w");
  const put = (path, text) => {
    const bytes = Buffer.from(text);
    writeSync(file, `M 100644 inline ${path}\ndata ${bytes.length}\n`);
    writeSync(file, bytes);
    writeSync(file, "\n");
  };
  writeSync(file, "commit refs/heads/gh-pages\ncommitter a <a@example.org> 1700000000 +0000\ndata 1\nx\n");
  for (let number = 0; number < size; number += 1) {
    const sha = createHash("sha1").update(String(number)).digest("hex");
    const isMain = number % 4 === 0;
    const folder = isMain ? "branch/main" : `pr/${number}`;
    const path = `${folder}/${sha.slice(0, 12)}`;
    const value = (key) => Number.parseInt(sha.slice(key, key + 6), 16) / 2 ** 24;
    const metrics = ["accuracy", "recall"].map((name, idx) => (
      { id: `metrics.json:${name}`, name, value: value(idx * 6), direction: "higher" }
    ));
    const data = JSON.stringify({
      number, path, kind: isMain ? "branch" : "pull", name: isMain ? "main" : String(number),
      title: `Try something else, for the ${number}th time`, commit: sha, date: "2026-01-02T03:04:05Z",
      made_at: "2026-01-02T03:04:05Z", outcome: "unknown",
      decisive: { name: "accuracy", baseline: value(12), current: value(0) }, metrics, viewer: "0".repeat(16),
      bytes: 30_000, content: sha,
    });
    const check = createHash("sha256").update(data).digest("hex");
    put(`${path}/entry.json`, `{"careo":{"schema":1,"kind":"entry","made_by":"bench"},\n"check":"${check}",\n"data":${data}}\n`);
    // Text that deflates as reports do.
    put(`${path}/report.json`, `{"x":"${sha.repeat(100)}"}`);
    put(`${path}/index.html`, `<!doctype html><p>${sha.repeat(300)}`);
    if (!isMain) put(`${folder}/latest.json`, sha);
  }
  writeSync(file, "done\n");
  closeSync(file);
  const done = spawnSync("git", ["fast-import", "--quiet", "--done"], { cwd: remote, env: GIT, stdio: [openSync(stream, "r"), "inherit", "inherit"] });
  if (done.status !== 0) throw new Error("git fast-import");
  rmSync(stream);
  careo(size, ["--reindex"]);
  git(remote, "repack", "-adq");
}

/** One report more, which is taken away again. */
function publish(size) {
  const remote = join(HOME, `${size}.git`);
  const tip = size === 0 ? null : git(remote, "rev-parse", "refs/heads/gh-pages");
  const trace = join(HOME, "trace");
  rmSync(trace, { force: true });
  const started = performance.now();
  careo(size, ["metrics.json", "--for", "pr/777777"], { GIT_TRACE2_EVENT: trace });
  const all = performance.now() - started;
  if (tip) git(remote, "update-ref", "refs/heads/gh-pages", tip);
  else git(remote, "update-ref", "-d", "refs/heads/gh-pages");
  return { all, push: pushTime(readFileSync(trace, "utf8")) };
}

/** Milliseconds of `git push`, as git itself tells. */
function pushTime(trace) {
  const events = trace.trim().split("\n").map((line) => JSON.parse(line));
  const start = events.find(({ event, argv, sid }) => event === "start" && argv[1] === "push" && !sid.includes("/"));
  const end = events.find(({ event, sid }) => event === "atexit" && sid === start.sid);
  return 1000 * end.t_abs;
}

function careo(size, args, env = {}) {
  const all = ["publish", ...args, "--branch", "gh-pages", "--remote", join(HOME, `${size}.git`), "--quiet"];
  execFileSync(CAREO, all, { cwd: join(HOME, "work"), env: { ...GIT, ...env }, stdio: "ignore" });
}

/** `ready` of the front page with 100 and with 10,000 reports. */
async function measureFront(repeats) {
  const browser = await launch();
  const servers = {};
  for (const size of [100, 10_000]) {
    const dir = join(HOME, `site-${size}`);
    git(HOME, "clone", "--quiet", "--branch", "gh-pages", join(HOME, `${size}.git`), dir);
    servers[size] = await serve(dir, "/repo/");
  }
  const loads = { 100: [], 10_000: [] };
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    for (const size of [100, 10_000]) {
      const context = await browser.newContext();
      await context.addInitScript(watch);
      const page = await context.newPage();
      await page.goto(servers[size].address);
      const ready = await page.evaluate(() => window.ready);
      await context.close();
      if (repeat >= 0) loads[size].push(ready);
    }
  }
  await browser.close();
  for (const server of Object.values(servers)) await server.close();
  return { few: median(loads[100]), many: median(loads[10_000]), ratio: ratio(loads[10_000], loads[100]) };
}

function watch() {
  window.ready = new Promise((resolve) => {
    new MutationObserver(() => {
      if (document.documentElement?.dataset.state === "ready") resolve(performance.now());
    }).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-state"] });
  });
}


/** The section of docs/benchmarks.md. */
export async function publishSection(repeats) {
  const found = await measure(repeats);
  const rows = found.sizes.map(({ size, rest, push }) => `| ${size.toLocaleString("en")} | ${rest.toFixed(0)} | ${push.toFixed(0)} |`);
  return `## Publishing one more report

\`careo publish --branch gh-pages\` with a bare remote on this machine; made reports of 30 kB, a quarter of them on the main branch; medians of ${repeats} interleaved repeats.

| reports there | besides git push, ms | git push, ms |
| ---: | ---: | ---: |
${rows.join("\n")}

Besides the push, the 1,001st report takes ${times(found.thousand)} times as long as the first, one more among 10,000 ${times(found.tenThousand)} times as long as among 1,000.
The front page is ready after ${found.front.few.toFixed(0)} ms with 100 reports and ${found.front.many.toFixed(0)} ms with 10,000: ${times(found.front.ratio)} times.
`;
}
