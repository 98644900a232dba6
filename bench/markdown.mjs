// How numbers and tables are written in docs/benchmarks.md.

/** A table; the first column is text, the others numbers. */
export function table(head, rows) {
  const rule = head.map((_, idx) => (idx === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A ratio with its interval; a dash where there is none. */
export const times = (it) => (it ? `${it.ratio.toFixed(2)} (${it.low.toFixed(2)}–${it.high.toFixed(2)})` : "–");

/** Three digits or more; a dash where there is no number. */
export const number = (value) => (value === null || value === undefined ? "–" : value.toFixed(value >= 100 ? 0 : 1));

export const thousands = (value) => value.toLocaleString("en");
