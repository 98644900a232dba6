// Trunk's last step: shrinks the wasm in the staging folder and notes the version beside it.
// Without wasm-opt the viewer works all the same, only larger.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const staging = process.env.TRUNK_STAGING_DIR;
const version = /^version = "(.+)"$/m.exec(readFileSync("Cargo.toml", "utf8"))[1];
writeFileSync(join(staging, "version.txt"), version + "\n");

if (process.env.TRUNK_PROFILE === "release") {
  const wasm = join(staging, readdirSync(staging).find((file) => file.endsWith("_bg.wasm")));
  optimise(wasm);
}

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
    // Instances of one generic function come to lie side by side, within gzip's 32 kB.
    "--reorder-functions-by-name",
  ];
  const done = spawnSync(command, [...passes, ...features, wasm, "-o", `${wasm}.opt`], {
    stdio: "inherit",
  });
  if (done.status !== 0) process.exit(1);
  renameSync(`${wasm}.opt`, wasm);
  console.error(`wasm-opt ${major}: ${before} → ${statSync(wasm).size} bytes`);
}
