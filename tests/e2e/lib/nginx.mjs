// Debian's nginx, as a plain static server on a free port.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { scratch } from "./careo.mjs";

/** Where tests serve a site: Pages would have a report of a pull request there. */
export const SUB_PATH = "/some/repo/pr/12/";

/** Serves a folder under `SUB_PATH` until the test file is done; gives its address. */
export function serve(dir) {
  return start(SUB_PATH, `location ${SUB_PATH} { alias ${dir}/; }`);
}

/** Serves a folder below `path` as GitHub Pages does: compressed, kept for ten minutes. */
export function servePages(dir, path) {
  const gzip = "gzip on; gzip_types text/css text/javascript application/javascript application/json application/wasm;";
  return start(path, `location ${path} { alias ${dir}/; ${gzip} add_header Cache-Control max-age=600; }`);
}

async function start(path, location) {
  const home = scratch();
  const port = await freePort();
  const config = join(home, "nginx.conf");
  // Root's nginx would give its work to a user who may not read our folder.
  const user = userInfo().uid === 0 ? "user root;" : "";
  writeFileSync(
    config,
    `${user}
pid ${home}/nginx.pid;
error_log ${home}/error.log;
worker_processes 1;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path ${home}/body;
  proxy_temp_path ${home}/proxy;
  fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
}
`,
  );
  // It goes to the background by itself, once it listens.
  const done = spawnSync("nginx", ["-c", config, "-e", join(home, "error.log")], {
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`nginx: ${done.error ?? done.stderr}`);
  const pid = Number(readFileSync(join(home, "nginx.pid"), "utf8"));
  after(() => process.kill(pid, "SIGTERM"));
  return `http://127.0.0.1:${port}${path}`;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
