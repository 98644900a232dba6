// What `dvc exp show --json` prints for very many experiments: the same for the same number.
import { createWriteStream } from "node:fs";
import { once } from "node:events";

import { random } from "./random.mjs";

const PER_COMMIT = 50;
const METRICS = ["acc", "loss", "f1", "precision", "recall", "auc", "logloss", "mcc", "kappa", "ece"];
const SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "xu", "ya"];
/** Stands in the name of every hundredth experiment. */
export const NEEDLE = "zebra";

/**
 * Writes `n` experiments in DVC's shape: 10 parameters, 20 metrics, 4 dependencies, 3 outputs each.
 * Gives `{ rows, first, best, top, n_found }`: how many rows there are, the first row's accuracy, the
 * highest one and the name of its row, and in how many names the needle is.
 */
export async function writeExperiments(path, n) {
  const next = random(n);
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const hex = (digits) => Array.from({ length: digits / 8 }, () => below(2 ** 32).toString(16).padStart(8, "0")).join("");
  const versions = Array.from({ length: 240 }, () => hex(32));
  const facts = { rows: 0, first: 0, best: 0, top: "", n_found: 0 };
  const data = (rev, name) => {
    const accuracy = next();
    if (facts.rows === 0) facts.first = accuracy;
    if (accuracy > facts.best) Object.assign(facts, { best: accuracy, top: name });
    facts.rows += 1;
    const metrics = (first) => Object.fromEntries(METRICS.map((name, at) => [name, at === 0 ? first : next()]));
    const hash = (nfiles) => ({ hash: pick(versions), size: below(1e8), nfiles });
    const kept = { ...hash(null), use_cache: true, is_data_source: false };
    return {
      rev,
      timestamp: new Date(Date.UTC(2026, 0, 5) + below(1e7) * 1000).toISOString().slice(0, 19),
      params: {
        "params.yaml": {
          data: {
            train: { lr: pick([0.0001, 0.0005, 0.001, 0.01]), batch_size: pick([16, 32, 64]), epochs: 10 + below(90), optimizer: pick(["adam", "adamw", "sgd"]) },
            model: { depth: 4 + below(30), width: pick([64, 256, 1024]), dropout: below(50) / 100 },
            data: { augment: below(2) === 1, seed: below(1e5), split: pick([0.2, 0.25]) },
          },
        },
      },
      metrics: { "metrics.json": { data: { test: metrics(accuracy), train: metrics(next()) } } },
      deps: { "data/raw": hash(975), "data/features.parquet": hash(null), "src/train.py": hash(null), "src/model.py": hash(null) },
      outs: { "models/model.pkl": kept, "models/tokenizer.json": { ...kept, hash: pick(versions) }, "eval/plots": { ...kept, hash: pick(versions) } },
      meta: {},
    };
  };
  const out = createWriteStream(path);
  const put = async (text) => {
    if (!out.write(text)) await once(out, "drain");
  };
  // With the spaces that Python's json puts in.
  const json = (value) => JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
  await put(`[{"rev": "workspace", "name": null, "data": ${json(data("workspace", "workspace"))}, "error": null, "experiments": null}`);
  for (let done = 0; done < n; done += PER_COMMIT) {
    const rev = hex(40);
    const named = done === 0 ? "main" : rev.slice(0, 7);
    await put(`, {"rev": "${rev}", "name": ${done === 0 ? '"main"' : "null"}, "data": ${json(data(rev, named))}, "error": null, "experiments": [`);
    for (let at = done; at < Math.min(done + PER_COMMIT, n); at += 1) {
      const is_found = at % 100 === 42;
      const name = `${is_found ? NEEDLE : pick(SYLLABLES) + pick(SYLLABLES)}-${pick(SYLLABLES)}${pick(SYLLABLES)}-${at}`;
      const own = hex(40);
      facts.n_found += is_found ? 1 : 0;
      const revs = `[{"rev": "${own}", "name": "${name}", "data": ${json(data(own, name))}, "error": null, "experiments": null}]`;
      await put(`${at === done ? "" : ", "}{"revs": ${revs}, "executor": null, "name": "${name}"}`);
    }
    await put("]}");
  }
  out.end("]");
  await once(out, "finish");
  return facts;
}
