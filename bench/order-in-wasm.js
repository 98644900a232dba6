// A worker that puts classes in order by similarity as the page does, three times, and tells how long
// each took: from the counts on, as bench/order.py does it with SciPy.
onmessage = async ({ data: { glue, wasm, file } }) => {
  const program = await import(glue);
  await program.default({ module_or_path: wasm });
  const { confusion_matrix: counts } = await (await fetch(file)).json();
  const took = [];
  for (let repeat = 0; repeat < 3; repeat += 1) {
    const start = performance.now();
    program.order_classes(...similarities(counts), () => {});
    took.push(performance.now() - start);
  }
  postMessage(took);
};

// Of two classes: the share of their samples that is taken for the other one. For each class where
// its others start, then the others, and how similar they are.
function similarities(counts) {
  const totals = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const starts = new Uint32Array(counts.length + 1);
  const others = new Uint32Array(counts.length ** 2);
  const values = new Float64Array(counts.length ** 2);
  let n = 0;
  for (const [a, row] of counts.entries()) {
    for (let b = 0; b < row.length; b += 1) {
      const both = row[b] + counts[b][a];
      if (a === b || both === 0) continue;
      others[n] = b;
      values[n] = both / (totals[a] + totals[b]);
      n += 1;
    }
    starts[a + 1] = n;
  }
  return [starts, others.subarray(0, n), values.subarray(0, n)];
}
