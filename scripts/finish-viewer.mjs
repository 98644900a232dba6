// Trunk's last step: shrinks wasm and glue in the staging folder and notes the version beside them.
// Without wasm-opt the viewer works all the same, only larger.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { nameByOrder } from "./order-functions.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
const version = /^version = "(.+)"$/m.exec(readFileSync("Cargo.toml", "utf8"))[1];
writeFileSync(join(staging, "version.txt"), version + "\n");

if (process.env.TRUNK_PROFILE === "release") {
  const wasm = join(staging, readdirSync(staging).find((file) => file.endsWith("_bg.wasm")));
  const names = optimise(wasm);
  if (names) shorten(wasm.replace("_bg.wasm", ".js"), names);
  const loader = join(staging, "loader.js");
  writeFileSync(loader, bare(readFileSync(loader, "utf8")));
}

// Returns which short names imports and exports have now: { imports: [[module, old, new]…],
// exports: [[old, new]…] }; nothing when there is no wasm-opt.
function optimise(wasm) {
  const command = process.env.CAREO_WASM_OPT || "wasm-opt";
  const found = spawnSync(command, ["--version"], { encoding: "utf8" });
  // Older ones (Debian 12 has 108) don't know what today's compiler writes.
  const major = Number(/version (\d+)/.exec(found.stdout ?? "")?.[1] ?? 0);
  if (major < 120) {
    const why = found.error ? "none found" : `version ${major} is too old`;
    console.error(`warning: wasm-opt: ${why}; the viewer stays some 15 % larger (make setup)`);
    return;
  }
  const before = statSync(wasm).size;
  // What Rust's compiler uses; with all features, wasm-opt writes what no browser reads yet.
  const features = [
    "bulk-memory",
    "bulk-memory-opt",
    "call-indirect-overlong",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
  ].map((name) => `--enable-${name}`);
  // What counts is the size after gzip, so what it finds again may stay repeated.
  const passes = [
    // The stack begins at 0 and grows down to it, so nothing that is alive lies there.
    "--low-memory-unused",
    "-Oz",
    "--skip-pass=local-cse",
    "--one-caller-inline-max-function-size=0",
    // The names have digests in them, which no compression makes smaller.
    "--minify-imports-and-exports-and-modules",
    "--strip-producers",
    "--strip-target-features",
  ];
  const run = (...passes) => {
    const done = spawnSync(command, [...passes, ...features, wasm, "-o", `${wasm}.opt`], {
      stdio: ["inherit", "pipe", "inherit"],
      encoding: "utf8",
    });
    if (done.status !== 0) process.exit(1);
    renameSync(`${wasm}.opt`, wasm);
    return done.stdout;
  };
  const names = JSON.parse(run(...passes));
  writeFileSync(wasm, nameByOrder(readFileSync(wasm)));
  // The levels change how it is written; there are no other passes.
  run("--optimize-level=2", "--shrink-level=2", "--reorder-functions-by-name");
  console.error(`wasm-opt ${major}: ${before} → ${statSync(wasm).size} bytes`);
  return names;
}

// A script without comments that fill lines, and without indents.
function bare(text) {
  return text.replace(/^\s*(\/\/|\/?\*).*\n/gm, "").replace(/^ +/gm, "");
}

// Gives the glue the names that the wasm has now.
function shorten(glue, { imports, exports }) {
  const shortImports = new Map(imports.map(([, name, short]) => [name, short]));
  const shortExports = new Map(exports);
  const text = bare(readFileSync(glue, "utf8"))
    // `"./viewer_bg.js": import0`, `__wbg_log_…: function(…)` and `wasm.__wbindgen_malloc(…)`.
    .replace(/"\.\/\w+_bg\.js"(?=: import0)/, '"a"')
    .replace(/^\w+(?=: )/gm, (name) => shortImports.get(name) ?? name)
    .replace(/\bwasm\.(\w+)/g, (all, name) => `wasm.${shortExports.get(name) ?? name}`);
  writeFileSync(glue, text);
}
