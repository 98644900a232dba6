// The same table by TanStack Table, with the rows that are seen only (TanStack Virtual).
import {
  columnFilteringFeature,
  constructTable,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";

import { loadRows, short } from "./rows.js";

const WIDTH = 110;
const HEIGHT = 28;
const [box, head, place, filter, count] = ["box", "head", "rows", "filter", "count"].map((id) => document.getElementById(id));

const { columns, rows } = await loadRows();

const table = constructTable({
  features: tableFeatures({
    coreReactivityFeature: storeReactivityBindings(),
    rowSortingFeature,
    columnFilteringFeature,
    sortedRowModel: createSortedRowModel(),
    filteredRowModel: createFilteredRowModel(),
    sortFns: { basic: sortFn_basic },
    filterFns: { includesString: filterFn_includesString },
  }),
  data: rows,
  columns: [...columns].map(([id, header]) => ({ id, accessorFn: (row) => row[id], header, sortFn: "basic", filterFn: "includesString" })),
});

let shown = [];
const drawn = new Map();
const virtual = new Virtualizer({
  count: 0,
  getScrollElement: () => box,
  estimateSize: () => HEIGHT,
  overscan: 8,
  scrollToFn: elementScroll,
  observeElementRect,
  observeElementOffset,
  onChange: draw,
});
const ids = [...columns.keys()];
head.style.width = place.style.width = `${ids.length * WIDTH}px`;
for (const [id, header] of columns) {
  const button = document.createElement("button");
  button.textContent = header;
  button.dataset.column = id;
  button.style.width = `${WIDTH}px`;
  button.onclick = () => {
    const column = table.getColumn(id);
    column.toggleSorting(column.getIsSorted() !== "desc");
    update();
  };
  head.append(button);
}
filter.oninput = () => {
  table.getColumn("name").setFilterValue(filter.value || undefined);
  update();
};
virtual._didMount();
update();

function update() {
  shown = table.getRowModel().rows;
  count.textContent = String(shown.length);
  virtual.setOptions({ ...virtual.options, count: shown.length });
  place.style.height = `${virtual.getTotalSize()}px`;
  virtual._willUpdate();
  draw();
}

function draw() {
  const seen = new Set();
  for (const { index, start } of virtual.getVirtualItems()) {
    const row = shown[index];
    if (!row) continue;
    seen.add(index);
    let element = drawn.get(index);
    if (!element) {
      element = document.createElement("div");
      element.className = "row";
      drawn.set(index, element);
      place.append(element);
    }
    if (element.row !== row) {
      element.row = row;
      element.replaceChildren(...ids.map((id) => cell(id, row.getValue(id))));
    }
    element.dataset.index = String(index);
    element.style.transform = `translateY(${start}px)`;
  }
  for (const [index, element] of drawn) {
    if (seen.has(index)) continue;
    element.remove();
    drawn.delete(index);
  }
}

function cell(id, value) {
  const element = document.createElement("div");
  element.className = "cell";
  element.dataset.column = id;
  element.style.width = `${WIDTH}px`;
  element.dataset.value = String(value);
  element.textContent = short(value);
  return element;
}
