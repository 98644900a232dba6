// The views of a report, by their address.
export const VIEWS = ["overview", "compare", "experiments", "confusion", "plots", "report", "files"];

/** What must be there, and visible, for a view of the NBA case to be that view. */
export const LANDMARKS = {
  overview: "#verdict",
  compare: "#compare-table caption",
  experiments: "#table",
  confusion: "#matrix",
  plots: "main figure",
  report: "main table",
  files: "#files-table caption",
};
