// In which order the functions of a wasm compress best: gzip finds again only what came within the
// last 32 kB, and a program of some thousand functions has many that are nearly alike.
//
// Greedy: next comes the function that shares most with those of the last 28 kB, for its length. Two
// functions share the runs of six bytes that both have.

const RUN = 6;
const WINDOW = 28_000;

/** The wasm with a name section in which each function is called by its place in that order. */
export function nameByOrder(wasm) {
  const { n_imported, bodies } = functions(wasm);
  const names = bestOrder(bodies).flatMap((of, place) => {
    const name = Buffer.from(`f${String(place).padStart(6, "0")}`);
    return [[of, Buffer.concat([leb(n_imported + of), leb(name.length), name])]];
  });
  // The section has them by index.
  names.sort(([one], [other]) => one - other);
  const map = Buffer.concat([leb(names.length), ...names.map(([, entry]) => entry)]);
  const content = Buffer.concat([leb(4), Buffer.from("name"), leb(1), leb(map.length), map]);
  return Buffer.concat([wasm, leb(0), leb(content.length), content]);
}

/** The places of `bodies` in the order that compresses best. */
function bestOrder(bodies) {
  const owners = new Map();
  const runs = bodies.map((body, at) => {
    const own = [...runsOf(body)];
    for (const run of own) owners.set(run, [...(owners.get(run) ?? []), at]);
    return own;
  });
  const n_shared = new Float64Array(bodies.length);
  const n_in_window = new Map();
  // A run counts once, however often the window has it.
  const add = (at, change) => {
    for (const run of runs[at]) {
      const others = owners.get(run);
      if (others.length < 2) continue;
      const before = n_in_window.get(run) ?? 0;
      n_in_window.set(run, before + change);
      if (before === 0 || before + change === 0) for (const other of others) n_shared[other] += change;
    }
  };
  const weights = runs.map(({ length }) => 1 / Math.sqrt(length + 20));
  const left = new Set(bodies.keys());
  const order = [];
  let n_bytes = 0;
  let oldest = 0;
  while (left.size > 0) {
    let best;
    for (const at of left) if (best === undefined || n_shared[at] * weights[at] > n_shared[best] * weights[best]) best = at;
    left.delete(best);
    order.push(best);
    add(best, 1);
    n_bytes += bodies[best].length;
    while (n_bytes > WINDOW && oldest < order.length - 1) {
      n_bytes -= bodies[order[oldest]].length;
      add(order[oldest++], -1);
    }
  }
  return order;
}

/** The runs of a function, as FNV-1a hashes. */
function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at += 1) {
    let hash = 2166136261;
    for (let idx = at; idx < at + RUN; idx += 1) hash = Math.imul(hash ^ body[idx], 16777619);
    runs.add(hash);
  }
  return runs;
}

/** The bodies of a wasm's functions, and how many it imports. https://webassembly.github.io/spec/core/binary/ */
function functions(wasm) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const skip = (length) => {
    at += length;
  };
  const limits = () => {
    const has_most = number() & 1;
    number();
    if (has_most) number();
  };
  // What follows the kind of an import: a type; a type and limits; limits; a type and a flag.
  const kinds = [() => number(), () => (number(), limits()), limits, () => (number(), number())];
  let n_imported = 0;
  const bodies = [];
  while (at < wasm.length) {
    const id = number();
    const end = number() + at;
    if (id === 2) {
      for (let n = number(); n > 0; n -= 1) {
        // The module's name and its own.
        skip(number());
        skip(number());
        const kind = number();
        n_imported += kind === 0 ? 1 : 0;
        kinds[kind]();
      }
    } else if (id === 10) {
      for (let n = number(); n > 0; n -= 1) {
        const length = number();
        bodies.push(wasm.subarray(at, at + length));
        at += length;
      }
    }
    at = end;
  }
  return { n_imported, bodies };
}

/** An unsigned number as LEB128. */
function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}
