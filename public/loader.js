// Starts the page, or says why it doesn't start; in a worker, does one job for the page.
//
// Served, glue and wasm are the files that the two preload links name. Packed, the glue's text
// stands before this one in the same script, and the wasm is in #careo-wasm (gzip, base64).
// No wording here: the sentences are in index.html.
if (typeof document === "undefined") {
  // A worker. It gets the page's compiled module, so that nothing is compiled twice; when packed,
  // the glue stands above, since the worker's script is the page's own.
  onmessage = async ({ data: { glue, module, paths, files, is_bundle, order } }) => {
    try {
      const program = glue
        ? await import(glue)
        : { default: __wbg_init, read_artifacts, order_classes };
      await program.default({ module_or_path: module });
      if (order) {
        const tell = (share) => postMessage(share);
        return postMessage(program.order_classes(...order, tell));
      }
      const read = files.map((file) => file.arrayBuffer().catch((error) => error.message));
      const answer = await program.read_artifacts(paths, await Promise.all(read), is_bundle);
      postMessage(answer, answer?.[0].map(({ buffer }) => buffer));
    } catch (error) {
      postMessage(String(error));
    }
  };
} else {
  const show = (problem) => {
    const root = document.documentElement;
    if (root.dataset.state === "error") return;
    root.dataset.state = "error";
    const cards = document.getElementById("failures").content;
    document.body.prepend(cards.querySelector(`[data-problem="${problem}"]`).cloneNode(true));
  };

  // A panic in wasm is a trap: nothing of the program runs after it.
  const onError = (error) => {
    if (error instanceof WebAssembly.RuntimeError) show("crash");
  };

  const unpack = (text) => {
    const packed = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  const start = async () => {
    if (typeof WebAssembly === "undefined") return show("no-wasm");
    addEventListener("error", (event) => onError(event.error));
    addEventListener("unhandledrejection", (event) => onError(event.reason));
    try {
      const packed = document.getElementById("careo-wasm");
      if (packed) {
        await __wbg_init({ module_or_path: await unpack(packed.textContent) });
      } else {
        const glue = document.querySelector('link[rel="modulepreload"]').href;
        const wasm = document.querySelector('link[rel="preload"][as="fetch"]').href;
        const { default: init } = await import(glue);
        await init({ module_or_path: wasm });
      }
    } catch (error) {
      console.error(error);
      show(error instanceof WebAssembly.RuntimeError ? "crash" : "no-start");
    }
  };

  // What the page carries is painted first, by the second frame it is: what follows keeps the
  // processor busy.
  if (document.documentElement.dataset.state === "shown" && !document.hidden) {
    requestAnimationFrame(() => requestAnimationFrame(start));
  } else {
    start();
  }
}
