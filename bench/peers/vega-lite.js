// The matrix by Vega-Lite, on a canvas as DVC's own pages have it.
import embed from "vega-embed";

import { DARK, eachCell, loadMatrix, tellPlaces } from "./matrix.js";

const { labels, matrix } = await loadMatrix();
const values = [];
eachCell(matrix, (row, column, count) => values.push({ actual: labels[row], predicted: labels[column], count }));
const axis = { labelOverlap: true };
const { view } = await embed(
  "#chart",
  {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 600,
    height: 600,
    data: { values },
    mark: { type: "rect", tooltip: true },
    encoding: {
      x: { field: "predicted", type: "nominal", sort: labels, axis },
      y: { field: "actual", type: "nominal", sort: labels, axis },
      color: { field: "count", type: "quantitative", scale: { domainMin: 0, range: ["#ffffff", DARK], interpolate: "rgb" } },
      tooltip: [{ field: "actual" }, { field: "predicted" }, { field: "count" }],
    },
  },
  { actions: false, renderer: "canvas" },
);
tellPlaces(labels, (row, column) => {
  const [x, y] = [view.scale("x"), view.scale("y")];
  const [left, top] = view.origin();
  const padding = view.padding();
  const box = document.querySelector("#chart canvas").getBoundingClientRect();
  return {
    x: box.left + left + padding.left + x(labels[column]) + x.bandwidth() / 2,
    y: box.top + top + padding.top + y(labels[row]) + y.bandwidth() / 2,
  };
});
