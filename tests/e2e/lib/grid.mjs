// Many experiments in the shape of `dvc exp show --json`: C × solver × seed, so that what a view has
// to say of them is known beforehand.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { scratch, site } from "./careo.mjs";

const C = [1, 10, 100];
const SOLVERS = ["lbfgs", "saga"];
const SEEDS = [1, 2, 3];

/** A site of 18 experiments on one commit; `change` may alter the list of revisions first. */
export function seeds(change = (list) => list) {
  const dir = scratch();
  writeFileSync(join(dir, "exp-show.json"), JSON.stringify(change(list())));
  return site(["exp-show.json"], { cwd: dir });
}

/** The accuracy of a run: known, and different for each. */
export const accuracy = (c, solver, seed) =>
  0.5 + Math.log10(c) / 10 + (solver === "saga" ? 0.01 : 0) + (seed - 2) / 1000;

/** What a run is called. */
export const name = (c, solver, seed) => `c${c}-${solver}-${seed}`;

function list() {
  const experiments = C.flatMap((c) =>
    SOLVERS.flatMap((solver) =>
      SEEDS.map((seed) => {
        const called = name(c, solver, seed);
        const revs = [revision(sha(called), called, params(c, solver, seed), accuracy(c, solver, seed))];
        return { revs, executor: null, name: called };
      }),
    ),
  );
  const base = params(10, "lbfgs", 0);
  const commit = revision(sha("commit"), "main", base, 0.6);
  const workspace = revision("workspace", null, base, 0.6);
  return [
    { rev: "workspace", name: null, data: workspace.data, error: null, experiments: null },
    { rev: commit.rev, name: "main", data: commit.data, error: null, experiments },
  ];
}

function params(c, solver, seed) {
  return { train: { C: c, solver, layers: [64, 32] }, base: { seed } };
}

function revision(rev, called, values, score) {
  const data = {
    rev,
    timestamp: "2026-11-23T14:42:30",
    params: { "params.yaml": { data: values } },
    metrics: { "metrics.json": { data: { test: { accuracy: score, loss: 1 - score } } } },
    deps: { "src/train.py": { hash: "20a0a929d89265f1601c61d33ca77635", size: 609, nfiles: null } },
    outs: {},
    meta: {},
  };
  return { rev, name: called, data, error: null };
}

function sha(text) {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + char.codePointAt(0)) >>> 0;
  return hash.toString(16).padStart(8, "0").repeat(5);
}
