// The rows of `dvc exp show --json`, an object for each, as one would write it down; the pages of
// all tables share it, so that they differ in their library only.

/** `{ columns, rows }` of the file that the address names: titles by id, and the rows. */
export async function loadRows() {
  const response = await fetch(new URLSearchParams(location.search).get("data"));
  return flatten(JSON.parse(await response.text()));
}

/** As short as people want a number to be. */
export const short = (value) => (typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : String(value ?? ""));

function flatten(commits) {
  const columns = new Map([["name", "Experiment"], ["created", "Created"]]);
  const rows = [];
  const walk = (row, prefix, values) => {
    for (const [key, value] of Object.entries(values)) {
      const id = `${prefix}${key}`;
      if (value !== null && typeof value === "object") walk(row, `${id}.`, value);
      else put(row, id, value);
    }
  };
  const put = (row, id, value) => {
    if (!columns.has(id)) columns.set(id, id);
    row[id] = value;
  };
  const add = ({ rev, data }, name) => {
    const row = { name: name ?? rev.slice(0, 7), created: data.timestamp };
    for (const file of Object.values(data.metrics)) walk(row, "", file.data);
    for (const file of Object.values(data.params)) walk(row, "", file.data);
    for (const [path, { hash }] of Object.entries({ ...data.deps, ...data.outs })) put(row, path, hash.slice(0, 7));
    rows.push(row);
  };
  for (const commit of commits) {
    add(commit, commit.name ?? (commit.rev === "workspace" ? commit.rev : null));
    for (const { revs, name } of commit.experiments ?? []) add(revs[0], name);
  }
  return { columns, rows };
}
