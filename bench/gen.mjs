// Makes what `dvc exp show --json` prints for many experiments: gen.mjs N FILE.
//
// The shape of DVC 2.55 and later (a list; seen with 3.67.1): a workspace, then commits with 50
// experiments each; 10 parameters, 20 metrics, 4 dependencies, 3 outputs; Python's separators.
// Seeded: the same N gives the same bytes.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { random } from "./random.mjs";

const PER_COMMIT = 50;
const METRICS = ["accuracy", "loss", "f1", "precision", "recall", "auc", "brier", "mcc", "kappa", "ece"];

/** The text for `n` experiments. */
export function expShow(n, seed = 1) {
  const next = random(seed);
  const hex = (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join("");
  const choose = (list) => list[Math.floor(next() * list.length)];
  const scores = () => Object.fromEntries(METRICS.map((name) => [name, 0.05 + 0.9 * next()]));
  const file = (hash, size) => ({ hash, size, nfiles: null });
  const versions = Array.from({ length: 24 }, () => [hex(32), 1000 + Math.floor(next() * 1e7)]);
  let seconds = Date.UTC(2026, 0, 5) / 1000;

  const row = (rev) => ({
    rev,
    timestamp: new Date((seconds += 60) * 1000).toISOString().slice(0, 19),
    params: {
      "params.yaml": {
        data: {
          seed: Math.floor(next() * 1000),
          train: {
            lr: 10 ** (-5 + 4 * next()),
            epochs: 1 + Math.floor(next() * 100),
            batch_size: 2 ** (3 + Math.floor(next() * 6)),
            dropout: Math.floor(next() * 10) / 20,
            optimizer: choose(["adam", "adamw", "sgd"]),
            augment: next() < 0.5,
          },
          model: { depth: 2 + Math.floor(next() * 10), width: 32 * (1 + Math.floor(next() * 16)), norm: choose(["batch", "layer"]) },
        },
      },
    },
    metrics: { "metrics.json": { data: { train: scores(), test: scores() } } },
    deps: Object.fromEntries(
      ["data/raw.csv", "data/features.csv", "src/train.py", "src/evaluate.py"].map((path) => [path, file(...choose(versions))]),
    ),
    outs: Object.fromEntries(
      ["models/model.bin", "assets/predictions.csv", "assets/plots.json"].map((path) => [
        path,
        { ...file(hex(32), 1000 + Math.floor(next() * 1e7)), use_cache: true, is_data_source: false },
      ]),
    ),
    meta: {},
  });
  const experiment = (idx) => {
    const rev = hex(40);
    const name = `exp-${String(idx).padStart(6, "0")}`;
    return { revs: [{ rev, name, data: row(rev), error: null, experiments: null }], executor: null, name };
  };

  const entries = [{ rev: "workspace", name: null, data: { ...row("workspace"), timestamp: null }, error: null, experiments: null }];
  for (let first = 0; first < n; first += PER_COMMIT) {
    const rev = hex(40);
    const experiments = [];
    for (let idx = first; idx < Math.min(n, first + PER_COMMIT); idx += 1) experiments.push(experiment(idx));
    entries.push({ rev, name: first === 0 ? "main" : null, data: row(rev), error: null, experiments });
  }
  return python(entries) + "\n";
}

/** JSON as Python's `json.dumps` writes it: a blank after each comma and colon. */
function python(value) {
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`).join(", ")}}`;
  }
  return JSON.stringify(value);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [n, output] = process.argv.slice(2);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, expShow(Number(n)));
}
