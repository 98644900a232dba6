// Builds the pages of peers/, each from its library as npm has it, as one would use it.
import { cpSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("package.json", import.meta.url));

/** Writes NAME.html and NAME.js into `dir` for each name. */
export async function buildPeers(names, dir) {
  await require("esbuild").build({
    entryPoints: names.map((name) => `bench/peers/${name}.js`),
    outdir: dir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    external: ["./perspective/*"],
  });
  for (const name of names) cpSync(`bench/peers/${name}.html`, `${dir}/${name}.html`);
  if (names.includes("plotly")) cpSync("bench/node_modules/plotly.js-dist-min/plotly.min.js", `${dir}/plotly.min.js`);
  if (names.includes("perspective")) copyPerspective(`${dir}/perspective`);
}

/** Its files as a content network would serve them, which is how its own guide begins. */
function copyPerspective(dir) {
  for (const part of ["client", "server", "viewer", "viewer-datagrid"]) {
    const from = `bench/node_modules/@perspective-dev/${part}/dist`;
    const isServed = (path) => !/[.](map|ts)$|\/(esm|docs)$/.test(path);
    cpSync(from, `${dir}/${part}/dist`, { recursive: true, filter: isServed });
  }
}

/** The version of a library that the lock file names. */
export const version = (name) => require("./package-lock.json").packages[`node_modules/${name}`].version;
