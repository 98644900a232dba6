// GitHub's API in Prism's hands: it answers by GitHub's own description, and refuses what that
// doesn't allow.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after } from "node:test";

import { scratch } from "./careo.mjs";

const DESCRIPTION = JSON.parse(readFileSync(new URL("../github-api/openapi.json", import.meta.url), "utf8"));

/**
 * Starts Prism behind a listener that notes what goes through: `{ url, seen, said }`. `change` may
 * alter the examples that it answers with.
 */
export async function github(change = () => {}) {
  const description = structuredClone(DESCRIPTION);
  change(description.components.examples);
  const file = join(scratch(), "openapi.json");
  writeFileSync(file, JSON.stringify(description));
  const main = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const bin = join(dirname(main), JSON.parse(readFileSync(main, "utf8")).bin.prism);
  const port = await freePort();
  const prism = spawn(process.execPath, [bin, "mock", "--host", "127.0.0.1", "--port", String(port), file]);
  after(() => prism.kill());
  await new Promise((resolve, reject) => {
    let said = "";
    const listen = (data) => {
      said += data;
      if (said.includes("Prism is listening")) resolve();
    };
    prism.stdout.on("data", listen);
    prism.stderr.on("data", listen);
    prism.on("exit", (code) => reject(new Error(`Prism ended with ${code}: ${said}`)));
  });

  const seen = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method, url: path } = incoming;
    // No `connection` of the one side concerns the other.
    const { connection, ...headers } = incoming.headers;
    const sent = request({ host: "127.0.0.1", port, method, path, headers });
    sent.end(Buffer.concat(chunks));
    const [answer] = await once(sent, "response");
    const body = [];
    for await (const chunk of answer) body.push(chunk);
    const text = Buffer.concat(body).toString();
    seen.push({ method, path, status: answer.statusCode, body: Buffer.concat(chunks).toString(), text });
    outgoing.writeHead(answer.statusCode, { "content-type": "application/json" });
    outgoing.end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}`, seen };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
