// The same table by AG Grid Community, with the modules that it needs and without the animation
// that would hide a new order for 400 ms.
import {
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  ModuleRegistry,
  RowApiModule,
  TextFilterModule,
  createGrid,
} from "ag-grid-community";

import { loadRows, short } from "./rows.js";

ModuleRegistry.registerModules([ClientSideRowModelApiModule, ClientSideRowModelModule, ColumnApiModule, RowApiModule, TextFilterModule]);

const { columns, rows } = await loadRows();
const [box, filter, count] = ["box", "filter", "count"].map((id) => document.getElementById(id));
const grid = createGrid(box, {
  animateRows: false,
  suppressFieldDotNotation: true,
  rowData: rows,
  columnDefs: [...columns].map(([id, title]) => ({
    colId: id,
    field: id,
    headerName: title,
    width: 110,
    filter: id === "name" && "agTextColumnFilter",
    valueFormatter: ({ value }) => short(value),
  })),
  defaultColDef: { sortingOrder: ["desc", "asc", null], suppressHeaderFilterButton: true, suppressHeaderMenuButton: true },
  onModelUpdated: ({ api }) => (count.textContent = String(api.getDisplayedRowCount())),
});
filter.oninput = async () => {
  await grid.setColumnFilterModel("name", filter.value ? { type: "contains", filter: filter.value } : null);
  grid.onFilterChanged();
};
