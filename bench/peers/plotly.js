// The matrix by Plotly, whole and in a script of its own, as its guide says; it draws a heatmap as an
// image in SVG.
import { DARK, loadMatrix, tellPlaces } from "./matrix.js";

const { labels, matrix, max } = await loadMatrix();
const chart = document.getElementById("chart");
const heatmap = {
  type: "heatmap",
  z: matrix,
  x: labels,
  y: labels,
  zmin: 0,
  zmax: max,
  colorscale: [[0, "#ffffff"], [1, DARK]],
  hovertemplate: "%{z} of %{y} are taken for %{x}<extra></extra>",
};
const layout = {
  margin: { l: 60, t: 20, r: 60, b: 40 },
  xaxis: { type: "category" },
  yaxis: { type: "category", autorange: "reversed" },
};
await Plotly.newPlot(chart, [heatmap], layout, { displayModeBar: false });
await document.querySelector(".heatmaplayer image").decode?.();
document.documentElement.dataset.state = "painted";
tellPlaces(labels, (row, column) => {
  const { xaxis, yaxis } = chart._fullLayout;
  const { left, top } = chart.getBoundingClientRect();
  return { x: left + xaxis._offset + xaxis.r2p(column), y: top + yaxis._offset + yaxis.r2p(row) };
});
