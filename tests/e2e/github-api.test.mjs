// What careo sends to GitHub is what GitHub's own OpenAPI description allows, and what that answers
// is understood.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CAREO, fixture, scratch } from "./lib/careo.mjs";
import { github } from "./lib/prism.mjs";

const ARTIFACTS = ["metrics.json", "predictions.csv", "--baseline", "baselines/C10"];

/** Runs `careo comment --post` beside this process, which is in the way of its requests. */
async function post(url, args, env = {}) {
  const careo = spawn(CAREO, ["comment", "--post", ...args], {
    cwd: fixture("nba"),
    env: { GITHUB_API_URL: url, GITHUB_TOKEN: "ghs_secret", ...env },
  });
  let said = "";
  careo.stderr.on("data", (data) => (said += data));
  const [code] = await once(careo, "close");
  assert.equal(code, 0, said);
  return said;
}

const lines = (seen) => seen.map(({ method, path, status }) => `${method} ${path} ${status}`);

test("what is not allowed would be noticed", async () => {
  const { url, seen } = await github();
  const path = "/repos/octocat/Hello-World/issues/1347/comments";
  const headers = { "content-type": "application/json" };
  for (const body of ['{"text": "x"}', '{"body": 1}']) {
    await fetch(url + path, { method: "POST", headers, body });
  }
  await fetch(`${url}${path}?per_page=many`);
  await fetch(`${url}/repos/octocat/Hello-World/comments`);
  assert.deepEqual(
    seen.map((it) => it.status),
    [422, 422, 422, 404],
  );
});

test("a comment is created as GitHub describes it", async () => {
  const { url, seen } = await github();
  const said = await post(url, [...ARTIFACTS, "--pr", "https://github.com/octocat/Hello-World/pull/1347"]);
  assert.deepEqual(lines(seen), [
    "GET /repos/octocat/Hello-World/issues/1347/comments?per_page=100&page=1 200",
    "POST /repos/octocat/Hello-World/issues/1347/comments 201",
  ]);
  // Prism answers with GitHub's example of a comment.
  assert.match(said, /^commented: https:\/\/github\.com\/octocat\/Hello-World\/issues\/1347#issuecomment-1$/m);
  assert.match(JSON.parse(seen[1].body).body, /^<!-- careo key= digest=[0-9a-f]{8} -->\n### /);
});

test("a comment is updated as GitHub describes it", async () => {
  const { url, seen } = await github((examples) => {
    const [comment] = examples["issue-comment-items"].value;
    comment.body = "<!-- careo key=nba digest=00000000 -->\n### Before";
  });
  const said = await post(url, [...ARTIFACTS, "--key", "nba", "--pr", "https://github.com/octocat/Hello-World/pull/1347"]);
  assert.deepEqual(lines(seen), [
    "GET /repos/octocat/Hello-World/issues/1347/comments?per_page=100&page=1 200",
    "GET /user 200",
    "PATCH /repos/octocat/Hello-World/issues/comments/1 200",
  ]);
  assert.match(said, /^updated the comment: /m);
});

test("whose a fork's run was is asked as GitHub describes it", async () => {
  const { url, seen } = await github();
  const folder = scratch();
  const event = join(folder, "event.json");
  // GitHub's example of a pull request.
  writeFileSync(
    event,
    JSON.stringify({
      workflow_run: {
        event: "pull_request",
        head_sha: "6dcb09b5b57875f334f61aebed695e2e4193db5e",
        head_branch: "new-topic",
        head_repository: { full_name: "octocat/Hello-World" },
      },
    }),
  );
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "workflow_run",
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "octocat/Hello-World",
  };
  await post(url, ARTIFACTS, env);
  await post(url, [...ARTIFACTS, "--pr", "https://github.com/octocat/Hello-World/pull/1347"], env);
  const comment = ["GET /repos/octocat/Hello-World/issues/1347/comments?per_page=100&page=1 200", "POST /repos/octocat/Hello-World/issues/1347/comments 201"];
  assert.deepEqual(lines(seen), [
    "GET /repos/octocat/Hello-World/pulls?state=all&head=octocat%3Anew-topic&per_page=100 200",
    ...comment,
    "GET /repos/octocat/Hello-World/pulls/1347 200",
    ...comment,
  ]);
});
