// Medians, and the interval of a ratio of medians.
import { random } from "./random.mjs";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The ratio of two medians with its bootstrap 90 % interval: `{ ratio, low, high }`.
 *
 * Repeats are interleaved, so repeat i of both saw the same moment of the machine: they are drawn
 * together. `less` is what both have in common, by repeat (a blank page), and is taken away first.
 */
export function ratio(ours, theirs, less = ours.map(() => 0)) {
  const of = (picked) =>
    median(picked.map((idx) => ours[idx] - less[idx])) / median(picked.map((idx) => theirs[idx] - less[idx]));
  const all = ours.map((_, idx) => idx);
  const next = random(90);
  const drawn = Array.from({ length: 10_000 }, () => of(all.map(() => Math.floor(next() * all.length))));
  drawn.sort((a, b) => a - b);
  return { ratio: of(all), low: drawn[499], high: drawn[9499] };
}
