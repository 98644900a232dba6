// `cml comment create` with careo's Markdown. CML itself is on no registry that tests may use, so
// this does what its release 0.20.6 does with a report (src/cml.js, src/watermark.js there): append
// the watermark, send the Markdown through remark 13, post it as JSON.
import assert from "node:assert/strict";
import { test } from "node:test";

import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import remark from "remark";

import { careo, fixture } from "./lib/careo.mjs";
import { github } from "./lib/prism.mjs";

const WATERMARK = '![](https://cml.dev/watermark.png#6dcb09b5b57875f334f61aebed695e2e4193db5e "CML watermark")';

/** The body that CML would post. */
async function throughCml(markdown) {
  const file = await remark().process(`${markdown}\n\n${WATERMARK}`);
  return file.toString().replace(/\\&(.+)=/g, "&$1=");
}

/** As GitHub shows it, near enough: tables, and no difference in blanks. */
function shown(markdown) {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return html.replace(/\s+/g, " ").trim();
}

const NBA = ["metrics.json", "predictions.csv", "confusion_matrix.json", "exp-show.json", "--baseline", "baselines/C10", "--base-url", "https://team.github.io/nba/pr/12/x/"];

for (const lang of ["en", "es"]) {
  test(`CML posts what careo wrote, ${lang}`, async () => {
    const markdown = careo(["comment", ...NBA, "--lang", lang], { cwd: fixture("nba") });
    const body = await throughCml(markdown);
    assert.match(body, /^<!-- careo key= digest=[0-9a-f]{8} -->\n/, "the hidden marker stays the first line");
    assert.equal(shown(body), shown(`${markdown}\n\n${WATERMARK}`), "nothing is shown otherwise");
    assert.match(shown(body), /<table>.*<\/table>/);
    assert.notEqual(shown(body), shown(body.replace(" | ", " ")), "a difference would be noticed");

    const { url, seen } = await github();
    const path = "/repos/octocat/Hello-World/issues/1347/comments";
    await fetch(url + path, {
      method: "POST",
      // CML asks for GitHub's own kind of JSON; the description knows the plain one.
      headers: { accept: "application/json", "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ body }),
    });
    assert.equal(seen[0].status, 201);
    assert.ok(body.length < 65_536);
  });
}
