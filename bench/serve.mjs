// Serves one folder under a sub-path of a free port on 127.0.0.1, compressed, as GitHub Pages
// does under /REPO/.
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A running server of `dir` under `path`, and the address of its first page. */
export async function serve(dir, path) {
  const root = normalize(dir);
  const packed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let file = null;
    if (pathname.startsWith(path)) {
      try {
        file = join(root, decodeURIComponent(pathname.slice(path.length)));
        if (!(file + sep).startsWith(root + sep) && file !== root) file = null;
        if (file && statSync(file).isDirectory()) file = join(file, "index.html");
        if (file) statSync(file);
      } catch {
        file = null;
      }
    }
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "no-cache" };
    if (type === "image/png") {
      response.writeHead(200, headers).end(readFileSync(file));
      return;
    }
    // Once for each state of a file, as a static host does.
    const state = `${file} ${statSync(file).mtimeMs}`;
    if (!packed.has(state)) packed.set(state, gzipSync(readFileSync(file)));
    const body = packed.get(state);
    response.writeHead(200, { ...headers, "content-encoding": "gzip", "content-length": body.length }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  return { address, close: () => new Promise((resolve) => server.close(resolve)) };
}
