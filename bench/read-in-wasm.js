// A worker that reads one file as the page's own worker does, and tells how long that took.
onmessage = async ({ data: { glue, module, bytes } }) => {
  const program = await import(glue);
  await program.default({ module_or_path: module });
  const started = performance.now();
  await program.read_artifacts(["exp-show.json"], [bytes], false);
  postMessage(performance.now() - started);
};
