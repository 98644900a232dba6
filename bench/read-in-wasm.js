// A worker that reads files as the page's own worker does, and tells how long that took.
onmessage = async ({ data: { glue, module, paths, files } }) => {
  const program = await import(glue);
  await program.default({ module_or_path: module });
  const started = performance.now();
  await program.read_artifacts(paths, files, false);
  postMessage(performance.now() - started);
};
