// The matrix of the file that the address names; the pages of all pictures share it, so that they
// differ in their library only.

/** The colour of the highest count; none is white, and between them it is mixed evenly. */
export const DARK = "#08306b";

/** `{ labels, matrix, max }`. */
export async function loadMatrix() {
  const name = new URLSearchParams(location.search).get("data");
  const response = await fetch(name);
  const { labels, confusion_matrix: matrix } = name.endsWith(".csv") ? count(await response.text()) : await response.json();
  const max = matrix.reduce((max, row) => row.reduce((a, b) => Math.max(a, b), max), 0);
  return { labels, matrix, max };
}

/** The cells that are not empty: `call(row, column, count)`. */
export function eachCell(matrix, call) {
  for (const [row, counts] of matrix.entries()) {
    for (let column = 0; column < counts.length; column += 1) if (counts[column] > 0) call(row, column, counts[column]);
  }
}

/** Tells where cells are, as `place(row, column)` says: `{ x, y }` in the window. */
export function tellPlaces(labels, place) {
  const places = new Map(labels.map((label, idx) => [label, idx]));
  window.cellAt = (actual, predicted) => place(places.get(actual), places.get(predicted));
}

// Each line as it is, whatever it says: there are far fewer kinds of lines than lines.
function count(text) {
  const lines = new Map();
  for (let at = text.indexOf("\n") + 1; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end);
    lines.set(line, (lines.get(line) ?? 0) + 1);
    at = end + 1;
  }
  const pairs = [...lines].map(([line, count]) => [...line.split(","), count]);
  const labels = [...new Set(pairs.flatMap(([actual, predicted]) => [actual, predicted]))].sort();
  const places = new Map(labels.map((label, idx) => [label, idx]));
  const matrix = labels.map(() => new Array(labels.length).fill(0));
  for (const [actual, predicted, count] of pairs) matrix[places.get(actual)][places.get(predicted)] = count;
  return { labels, confusion_matrix: matrix };
}
