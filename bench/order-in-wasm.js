// A worker that puts classes in order by similarity as the page does, three times, and tells how long
// each took: from the counts on, as bench/order.py does it with SciPy.
onmessage = async ({ data: { glue, wasm, file } }) => {
  const program = await import(glue);
  await program.default({ module_or_path: wasm });
  const { confusion_matrix: counts } = await (await fetch(file)).json();
  const took = [];
  for (let repeat = 0; repeat < 3; repeat += 1) {
    const start = performance.now();
    // A full matrix has its cells only, row by row.
    program.order_classes(new Uint32Array(), new Uint32Array(), new Float64Array(counts.flat()), () => {});
    took.push(performance.now() - start);
  }
  postMessage(took);
};
