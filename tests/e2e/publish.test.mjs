// The tutorial's whole workflow: CI runs on a branch and on a pull request, publishes to gh-pages
// beside what is there, and people follow the links of the comment.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CAREO, fixture, scratch } from "./lib/careo.mjs";
import { launch, open, openReady, ready } from "./lib/chromium.mjs";
import { servePages } from "./lib/nginx.mjs";

const PULL = "https://github.com/datacubeR/dvc_tutorial/pull/3";
const REPORT = [
  "metrics.json", "predictions.csv", "confusion_matrix.json", "classification_report.json",
  "exp-show.json", "experiments", "conf_mat.png", "report.md",
];

const home = scratch();
const work = join(home, "work");
const pages = join(home, "pages");

function run(command, args, { cwd = work, env = {} } = {}) {
  const clean = {
    PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.org", ...env,
  };
  const done = spawnSync(command, args, { cwd, env: clean, encoding: "utf8" });
  if (done.error) throw done.error;
  assert.equal(done.status, 0, `${command} ${args.join(" ")}\n${done.stderr}`);
  return done.stdout;
}
const git = (...args) => run("git", args).trim();

// The remote, and the tutorial's repository with its results.
run("git", ["init", "--quiet", "--bare", "--initial-branch=master", "remote.git"], { cwd: home });
mkdirSync(work);
git("init", "--quiet", "--initial-branch=master");
git("remote", "add", "origin", "../remote.git");
for (const name of [...REPORT, "careo.toml", "baselines"]) {
  cpSync(fixture(`nba/${name}`), join(work, name), { recursive: true });
}
git("add", ".");
git("commit", "--quiet", "-m", "The tutorial");
git("push", "--quiet", "origin", "master");

mkdirSync(pages);
const site = await servePages(pages, "/dvc_tutorial/");
const browser = await launch();

/** What GitHub Actions says of a run. */
function actions(event, more) {
  const path = join(home, "event.json");
  writeFileSync(path, JSON.stringify({ repository: { default_branch: "master" }, ...event }));
  return {
    GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "datacubeR/dvc_tutorial", GITHUB_RUN_NUMBER: "57",
    GITHUB_EVENT_PATH: path, GITHUB_SHA: git("rev-parse", "HEAD"), ...more,
  };
}

/** Publishes; what it said as JSON. Pages then serve the branch anew. */
function publish(inputs, env, cwd = work) {
  const args = ["publish", ...inputs, "--branch", "gh-pages", "--site-url", site, "--json"];
  const said = JSON.parse(run(CAREO, args, { env, cwd }));
  rmSync(pages, { recursive: true });
  run("git", ["clone", "--quiet", "--branch", "gh-pages", "remote.git", "pages"], { cwd: home });
  return said;
}

const onMaster = () => actions({}, { GITHUB_REF: "refs/heads/master", GITHUB_REF_NAME: "master" });
const onPull = () =>
  actions(
    { pull_request: { number: 3, html_url: PULL, title: "Try other values of C", head: { sha: git("rev-parse", "HEAD") } } },
    { GITHUB_REF: "refs/pull/3/merge", GITHUB_HEAD_REF: "experimental", GITHUB_BASE_REF: "master" },
  );

// From inside, so that the artifacts have the names that the pipeline gave them.
const first = publish(["metrics.json", "predictions.csv"], onMaster(), join(work, "baselines/C10"));
git("checkout", "--quiet", "-b", "experimental");
git("commit", "--quiet", "--allow-empty", "-m", "Four experiments");
const pull = publish([...REPORT, "--baseline", "master=baselines/C10"], onPull());
const comment = run(
  CAREO,
  ["comment", ...REPORT, "--baseline", "master=baselines/C10", "--base-url", pull.url],
  { env: onPull() },
);

test("the addresses are those of the design", () => {
  const sha = git("rev-parse", "HEAD").slice(0, 12);
  assert.equal(pull.url, `${site}pr/3/${sha}/`);
  assert.match(first.url, /\/branch\/master\/[0-9a-f]{12}\/$/);
  assert.equal(pull.verdict.outcome, "no-clear-change");
});

/** Waits until a report's page knows whether there is a newer one. */
const isToldOfNewer = (page) =>
  page.waitForFunction(() => performance.getEntriesByType("resource").some((it) => it.name.endsWith("/latest.json")));

test("every link of the comment opens what it names", async (t) => {
  const links = [...new Set([...comment.matchAll(/\]\((http[^)]*)\)/g)].map(([, url]) => url))];
  const own = links.filter((url) => url.startsWith(pull.url));
  assert.ok(own.length > 8, comment);
  const page = await openReady(t, browser, own[0]);
  await isToldOfNewer(page);
  for (const link of own) {
    await page.goto("about:blank");
    await page.goto(link);
    await ready(page);
    await isToldOfNewer(page);
    assert.equal(await page.locator('[data-notice="newer-report"], [data-problem]').count(), 0, link);
    const cell = /cell=([^~]*)~([^&]*)/.exec(link);
    if (cell) {
      const pinned = page.locator(`#matrix [data-actual="${cell[1]}"][data-predicted="${cell[2]}"]`).first();
      assert.equal(await pinned.getAttribute("aria-selected"), "true", link);
    }
  }
  assert.ok(own.some((url) => url.includes("cell=")), "a cell is among them");
});

test("the way back is the pull request", async (t) => {
  const page = await openReady(t, browser, pull.url);
  const back = page.locator('header a[rel~="discussion"]');
  assert.equal(await back.getAttribute("href"), PULL);
  assert.match(await back.textContent(), /#3/);
});

test("pr/3/ opens the newest report at the same view", async (t) => {
  const page = await open(t, browser, `${site}pr/3/#/confusion?cell=SF~PF`);
  await page.waitForURL(`${pull.url}#/confusion?cell=SF~PF`);
  await ready(page);
});

test("pr/3/ has a way without JavaScript", async (t) => {
  const page = await open(t, browser, `${site}pr/3/`, {
    context: { javaScriptEnabled: false }, expected: [/^failed: .*viewer.*\.js: csp$/],
  });
  await page.waitForURL(pull.url);
  assert.ok(await page.locator("#verdict").isVisible());
});

test("a raw artifact is there under its digest", async () => {
  const report = JSON.parse(readFileSync(join(pages, pull.path, "report.json"), "utf8"));
  const { sha256 } = report.artifacts.find(({ path }) => path === "predictions.csv");
  const answer = await fetch(new URL(`raw/${sha256}.bin`, pull.url));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "max-age=600");
  assert.equal(await answer.text(), readFileSync(join(work, "predictions.csv"), "utf8"));
});

test("the front page has pull requests and finds reports", async (t) => {
  const page = await openReady(t, browser, site);
  const row = page.locator("#site-pulls tr[data-report]");
  assert.equal(await row.count(), 1);
  assert.equal(await row.locator("[data-verdict]").getAttribute("data-verdict"), "no-clear-change");
  assert.match(await row.innerText(), /Posiciones NBA/);
  await page.locator("#site-search").fill("branch master");
  await page.locator('#site-found tr[data-report^="branch/master/"]').waitFor();
  assert.equal(await page.locator("#count").getAttribute("data-count"), "1");
  assert.equal(new URL(page.url()).hash, "#/site?q=branch%20master");
  await page.reload();
  await ready(page);
  await page.locator('#site-found tr[data-report^="branch/master/"] a').first().click();
  await page.waitForURL(first.url);
  await ready(page);
});

test("an older report says that there is a newer one, which pr/3/ opens", async (t) => {
  git("commit", "--quiet", "--allow-empty", "-m", "Again");
  const newer = publish([...REPORT, "--baseline", "master=baselines/C10"], onPull());
  const page = await openReady(t, browser, `${pull.url}#/confusion?cell=SF~PF`);
  const notice = page.locator('[data-notice="newer-report"]');
  await notice.waitFor();
  await notice.getByRole("link").click();
  await page.waitForURL(`${newer.url}#/confusion?cell=SF~PF`);
  await ready(page);
  assert.equal(await page.locator('[data-notice="newer-report"]').count(), 0);
});

test("the trend tells commit, date and value of each report, by pointer and by key", async (t) => {
  git("checkout", "--quiet", "master");
  git("commit", "--quiet", "--allow-empty", "-m", "Merged");
  const merged = publish(["metrics.json", "predictions.csv"], onMaster());
  const page = await openReady(t, browser, site);
  const card = page.locator(".trend").first();
  const point = card.locator(".trend-point");
  const short = (ref) => git("rev-parse", ref).slice(0, 7);
  assert.match(await point.innerText(), new RegExp(short("master")));
  const plot = await card.locator(".trend-plot svg").boundingBox();
  await page.mouse.move(plot.x + 4, plot.y + plot.height / 2);
  await page.waitForFunction(
    (text) => document.querySelector(".trend-point").textContent.includes(text), short("master~1"),
  );
  assert.equal(await point.getByRole("link").getAttribute("href"), `./${first.path}/`);
  const slider = card.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("End");
  assert.match(await slider.getAttribute("aria-valuetext"), new RegExp(short("master")));
  await point.getByRole("link").click();
  await page.waitForURL(merged.url);
  await ready(page);
  await page.getByRole("link", { name: "All reports" }).click();
  await page.locator("#site-pulls").waitFor();
});
