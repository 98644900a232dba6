// The same table by Perspective, whose engine is WebAssembly in a worker; it takes columns.
import "./perspective/viewer/dist/cdn/perspective-viewer.js";
import "./perspective/viewer-datagrid/dist/cdn/perspective-viewer-datagrid.js";
import perspective from "./perspective/client/dist/cdn/perspective.js";

import { loadRows } from "./rows.js";

const starting = perspective.worker();
const { columns, rows } = await loadRows();
const titles = [...columns];
const values = Object.fromEntries(titles.map(([id, title]) => [title, rows.map((row) => row[id] ?? null)]));
const numbers = titles.filter(([id]) => typeof rows[0][id] === "number");
const four = { number_format: { minimumFractionDigits: 4, maximumFractionDigits: 4 } };

const engine = await starting;
const table = await engine.table(values, { name: "experiments" });
const viewer = document.querySelector("perspective-viewer");
await viewer.load(table);
await viewer.restore({
  plugin: "Datagrid",
  settings: false,
  theme: "Pro Light",
  columns_config: Object.fromEntries(numbers.map(([, title]) => [title, four])),
});

const [filter, count] = ["filter", "count"].map((id) => document.getElementById(id));
const tell = async () => {
  const view = await viewer.getView();
  count.textContent = String(await view.num_rows());
};
filter.oninput = async () => {
  await viewer.restore({ filter: filter.value ? [["Experiment", "contains", filter.value]] : [] });
  await tell();
};
await tell();
