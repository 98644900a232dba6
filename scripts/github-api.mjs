// Cuts out of GitHub's OpenAPI description what careo uses of it:
//   npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
//   node scripts/github-api.mjs package/generated/api.github.com.json >tests/e2e/github-api/openapi.json
// The whole package unpacks to half a gigabyte; the cut is committed, so that tests need none of it.
import { readFileSync } from "node:fs";

const USED = {
  "/user": ["get"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch"],
  "/repos/{owner}/{repo}/pulls": ["get"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": ["get"],
};

const whole = JSON.parse(readFileSync(process.argv[2], "utf8"));
const cut = { openapi: whole.openapi, info: whole.info, paths: {}, components: {} };
for (const [path, methods] of Object.entries(USED)) {
  cut.paths[path] = Object.fromEntries(methods.map((it) => [it, whole.paths[path][it]]));
}

// Everything that is referred to from there, however deep.
const waiting = [cut.paths];
while (waiting.length > 0) {
  const value = waiting.pop();
  if (value === null || typeof value !== "object") continue;
  waiting.push(...Object.values(value));
  const found = /^#\/components\/([^/]+)\/([^/]+)$/.exec(typeof value.$ref === "string" ? value.$ref : "");
  if (!found) continue;
  const [, kind, name] = found;
  cut.components[kind] ??= {};
  if (name in cut.components[kind]) continue;
  cut.components[kind][name] = whole.components[kind][name];
  waiting.push(cut.components[kind][name]);
}
process.stdout.write(`${JSON.stringify(cut, null, 1)}\n`);
