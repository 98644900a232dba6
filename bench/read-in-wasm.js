// A worker that reads one file as the page's own worker does, and tells how long that took.
onmessage = async ({ data: { glue, module, bytes } }) => {
  const program = await import(glue);
  await program.default({ module_or_path: module });
  const started = performance.now();
  const sum = await crypto.subtle.digest("SHA-256", bytes);
  const digits = Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0"));
  program.read_artifacts(["exp-show.json"], [bytes], [digits.join("")]);
  postMessage(performance.now() - started);
};
