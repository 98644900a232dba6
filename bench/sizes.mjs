// What the viewer weighs: its files, and what each crate has in it.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { table } from "./markdown.mjs";

/** The viewer's files: `[{ name, bytes, gzip }]`. What a reader downloads, without the report. */
export function viewerFiles(dist = "dist") {
  return readdirSync(dist)
    .filter((name) => /[.](wasm|js|css|html)$/.test(name))
    .sort()
    .map((name) => {
      const content = readFileSync(join(dist, name));
      return { name: name.replace(/-[0-9a-f]{10,}/, ""), bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
    });
}

/**
 * Bytes of code by crate, largest first, from a module that still has its function names: what
 * wasm-bindgen wrote, before wasm-opt. A generic function counts for the crate
 * that wrote it.
 */
export function codeByCrate(path) {
  const module = readFileSync(path);
  const sections = readSections(module);
  const imported = countImportedFunctions(module, sections.get(2));
  const sizes = functionSizes(module, sections.get(10));
  const names = functionNames(module, sections.get("name"));
  const crates = new Map();
  for (const [idx, size] of sizes.entries()) {
    const crate = crateOf(names.get(idx + imported) ?? "");
    crates.set(crate, (crates.get(crate) ?? 0) + size);
  }
  return [...crates].map(([crate, bytes]) => ({ crate, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** The crate of a function's name; that of its type for a method of a trait. */
function crateOf(name) {
  // `<alloc::vec::Vec<T> as core::…>::method`; the first path inside the brackets is the type's.
  const path = name.replace(/^(?:<|&|\[|\(|mut |dyn |\*const |\*mut )+/, "");
  return /^([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(path)?.[1] ?? "other";
}

function readSections(module) {
  const sections = new Map();
  const at = { pos: 8 };
  while (at.pos < module.length) {
    const id = module[at.pos++];
    const size = leb(module, at);
    const end = at.pos + size;
    if (id === 0) {
      const name = text(module, at);
      sections.set(name, { start: at.pos, end });
    } else {
      sections.set(id, { start: at.pos, end });
    }
    at.pos = end;
  }
  return sections;
}

function countImportedFunctions(module, section) {
  const at = { pos: section.start };
  let functions = 0;
  for (let left = leb(module, at); left > 0; left -= 1) {
    text(module, at);
    text(module, at);
    const kind = module[at.pos++];
    if (kind === 0) {
      functions += 1;
      leb(module, at);
    } else if (kind === 3) {
      at.pos += 2;
    } else {
      if (kind === 1) at.pos += 1;
      const flags = leb(module, at);
      leb(module, at);
      if (flags & 1) leb(module, at);
    }
  }
  return functions;
}

function functionSizes(module, section) {
  const at = { pos: section.start };
  return Array.from({ length: leb(module, at) }, () => {
    const size = leb(module, at);
    at.pos += size;
    return size;
  });
}

function functionNames(module, section) {
  const names = new Map();
  if (!section) return names;
  const at = { pos: section.start };
  while (at.pos < section.end) {
    const id = module[at.pos++];
    const end = leb(module, at) + at.pos;
    if (id === 1) {
      for (let left = leb(module, at); left > 0; left -= 1) {
        const idx = leb(module, at);
        names.set(idx, text(module, at));
      }
    }
    at.pos = end;
  }
  return names;
}

function text(module, at) {
  const length = leb(module, at);
  at.pos += length;
  return module.toString("utf8", at.pos - length, at.pos);
}

function leb(module, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module[at.pos++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

/** The newest module that wasm-bindgen wrote; it still has the names of its functions. */
function namedModule() {
  const modules = ["target/wasm", "target/wasm-debian"]
    .map((target) => `${target}/wasm-bindgen/release`)
    .filter((dir) => existsSync(dir))
    .flatMap((dir) => readdirSync(dir).map((name) => `${dir}/${name}`))
    .filter((path) => path.endsWith("_bg.wasm"));
  return modules.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Both sections of docs/benchmarks.md. */
export async function sizeSections() {
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  const files = viewerFiles();
  const total = files.reduce((sum, { gzip }) => sum + gzip, 0);
  const compressed = files.find(({ name }) => name.endsWith(".wasm"));
  const crates = codeByCrate(namedModule());
  const code = crates.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = crates.filter(({ bytes }) => bytes / code > 0.005);
  return `## What a reader downloads

${table(["file", "bytes", "gzip -9"], [...files.map(({ name, bytes, gzip }) => [name, bytes, gzip]), ["**in all**", "", `**${kb(total)} kB** of 250 kB`]])}

The NBA case as one file, \`nba.html\`: ${kb(statSync("target/demo/nba.html").size)} kB on disk, of 520 kB.

## What each dependency costs

Share of the code in the wasm before wasm-opt, and what that share is of the ${kb(compressed.gzip)} kB that are sent.
A generic function counts for the crate that wrote it.

${table(
    ["crate", "code, kB", "share", "sent, kB"],
    large.map(({ crate, bytes }) => [crate, kb(bytes), `${((100 * bytes) / code).toFixed(1)} %`, kb((bytes / code) * compressed.gzip)]),
  )}
`;
}
