// The matrix by ECharts, with the parts that it needs. It draws large series in slices, 400 cells a
// frame, and a million cells would take hours: they are drawn at once.
import { HeatmapChart } from "echarts/charts";
import { GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import { DARK, eachCell, loadMatrix, tellPlaces } from "./matrix.js";

echarts.use([CanvasRenderer, GridComponent, HeatmapChart, TooltipComponent, VisualMapComponent]);

const { labels, matrix, max } = await loadMatrix();
const cells = [];
eachCell(matrix, (row, column, count) => cells.push([column, row, count]));
const place = document.getElementById("chart");
const chart = echarts.init(place);
chart.setOption({
  animation: false,
  tooltip: { formatter: ({ value: [column, row, count] }) => `${count} of ${labels[row]} are taken for ${labels[column]}` },
  grid: { left: 60, top: 20, right: 60, bottom: 60 },
  xAxis: { type: "category", data: labels },
  yAxis: { type: "category", data: labels, inverse: true },
  visualMap: { min: 0, max, orient: "horizontal", left: "center", bottom: 0, inRange: { color: ["#ffffff", DARK] } },
  series: [{ type: "heatmap", data: cells, ...(cells.length > 100_000 && { progressive: 0 }) }],
});
tellPlaces(labels, (row, column) => {
  const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, [column, row]);
  const { left, top } = place.getBoundingClientRect();
  return { x: left + x, y: top + y };
});
