// Draws how the cost of a table grows with its rows: an SVG with both axes logarithmic, which has a
// ground of its own, so that it can be read on a light and on a dark page.
import { thousands } from "./markdown.mjs";
import { median } from "./stats.mjs";

const SERIES = [
  ["raw", "careo, raw"],
  ["bundle", "careo, bundle"],
  ["tanstack", "TanStack Table"],
  ["ag-grid", "AG Grid"],
  ["perspective", "Perspective"],
];
const PANELS = [
  ["first", "Navigation to the first right row, ms"],
  ["sort", "Click on a header to sorted rows, ms"],
  ["filter", "Typing in the filter to the right count, ms"],
  ["process", "Peak memory of the page’s process, MB"],
];
const [WIDTH, HEIGHT, TOP] = [430, 230, 40];
/** Where a panel's plot lies in it. */
const PLOT = { left: 60, top: 34, width: 335, height: 150 };

const STYLE = `
  svg { font: 12px system-ui, sans-serif; }
  .ground { fill: #fff; stroke: #d0d7de; }
  text { fill: #3d444d; }
  .title { font-weight: 600; fill: #1f2328; }
  path { stroke-width: 2; fill: none; }
  path.rule { stroke: #d8dee4; stroke-width: 1; }
  circle { stroke-width: 0; }
  .raw, .bundle { stroke: #0b6570; } .raw circle, .bundle circle { fill: #0b6570; }
  .bundle path { stroke-dasharray: 5 3; }
  .tanstack { stroke: #c2410c; } .tanstack circle { fill: #c2410c; }
  .ag-grid { stroke: #7c3aed; } .ag-grid circle { fill: #7c3aed; }
  .perspective { stroke: #8a6d00; } .perspective circle { fill: #8a6d00; }
  .tanstack path { stroke-dasharray: 10 3; } .ag-grid path { stroke-dasharray: 2 3; } .perspective path { stroke-dasharray: 10 3 2 3; }
  g text { stroke: none; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d; }
    text { fill: #c9d1d9; } .title { fill: #f0f6fc; } path.rule { stroke: #2f363e; }
    .raw, .bundle { stroke: #4fc3d1; } .raw circle, .bundle circle { fill: #4fc3d1; }
    .tanstack { stroke: #ff9661; } .tanstack circle { fill: #ff9661; }
    .ag-grid { stroke: #b794f6; } .ag-grid circle { fill: #b794f6; }
    .perspective { stroke: #e0c04c; } .perspective circle { fill: #e0c04c; }
  }
`;

/** The picture of `[{ n, found }]`, where `found` has the values of each measure by subject. */
export function drawGrowth(sizes) {
  const width = 2 * WIDTH;
  const height = TOP + 2 * HEIGHT;
  const legend = SERIES.map(([name, title], idx) => {
    const x = 20 + idx * 168;
    return `<g class="${name}"><path d="M${x} 24h30"/><circle cx="${x + 15}" cy="24" r="3.5"/><text x="${x + 38}" y="28">${title}</text></g>`;
  });
  const panels = PANELS.map(([key, title], idx) => {
    const place = `translate(${(idx % 2) * WIDTH} ${TOP + Math.floor(idx / 2) * HEIGHT})`;
    return `<g transform="${place}">${drawPanel(sizes, key, title)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time and memory from 1,000 to 100,000 experiments">
<style>${STYLE}</style>
<rect class="ground" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${[...legend, ...panels].join("\n")}
</svg>
`;
}

function drawPanel(sizes, key, title) {
  const lines = SERIES.map(([name]) => {
    const points = sizes.filter(({ found }) => found[name]?.[key]).map(({ n, found }) => [n, median(found[name][key])]);
    return { name, points };
  });
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const { left, top, width, height } = PLOT;
  const [small, large] = [sizes[0].n, sizes.at(-1).n].map(Math.log10);
  const ticks = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
  const low = ticks.findLast((it) => it <= Math.min(...values)) ?? 1;
  const high = ticks.find((it) => it >= Math.max(...values)) ?? 100_000;
  const x = (n) => (left + ((Math.log10(n) - small) / (large - small || 1)) * width).toFixed(1);
  const y = (value) => (top + height - (Math.log10(value / low) / Math.log10(high / low)) * height).toFixed(1);
  const rules = ticks
    .filter((it) => it >= low && it <= high)
    .map((it) => `<path class="rule" d="M${left} ${y(it)}h${width}"/><text x="${left - 8}" y="${Number(y(it)) + 4}" text-anchor="end">${thousands(it)}</text>`);
  const names = sizes.map(({ n }) => `<text x="${x(n)}" y="${top + height + 20}" text-anchor="middle">${thousands(n)}</text>`);
  const drawn = lines.map(({ name, points }) => {
    const path = points.map(([n, value], idx) => `${idx === 0 ? "M" : "L"}${x(n)} ${y(value)}`).join("");
    const dots = points.map(([n, value]) => `<circle cx="${x(n)}" cy="${y(value)}" r="3.5"/>`);
    return `<g class="${name}"><path d="${path}"/>${dots.join("")}</g>`;
  });
  return [`<text class="title" x="${left}" y="${top - 14}">${title}</text>`, ...rules, ...names, ...drawn].join("");
}
