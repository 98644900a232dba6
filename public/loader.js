// Starts the page, or says why it doesn't start; in a worker, does one job for the page.
//
// Served, glue and wasm are the files that the two preload links name. Packed, the glue's text
// stands before this one in the same script, and the wasm is in #careo-wasm (gzip, base64).
// No wording here: the sentences are in index.html.
if (typeof document === "undefined") {
  // A worker. Served, it is told first where the glue is. Its job comes with the page's compiled
  // module, so that nothing is compiled twice.
  let program;
  onmessage = async ({ data: { glue, module, paths, files, is_bundle, order, sum } }) => {
    if (glue) {
      program = import(glue);
      return;
    }
    try {
      // When packed, the glue stands above, since the worker's script is the page's own.
      const { default: init, read_artifacts: read_all, order_classes: order_all, hash_file: hash } =
        program ? await program : { default: __wbg_init, read_artifacts, order_classes, hash_file };
      await init({ module_or_path: module });
      if (order) return postMessage(order_all(...order, (share) => postMessage(share)));
      if (sum) return postMessage([await hash(sum)]);
      // What is large is taken over piece by piece: as `input::is_large`.
      const read = files.map((file) =>
        file.size > 5e7 ? file : file.arrayBuffer().catch((error) => error.message),
      );
      const answer = await read_all(paths, await Promise.all(read), is_bundle);
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

  const glue = document.querySelector('link[rel="modulepreload"]')?.href;
  const asked = new URLSearchParams(location.search);

  // What the program takes over from here: `browser/web/ahead.rs`. It adds what tools may ask for.
  globalThis.careo = {
    fetched: new Map(),

    // What was fetched ahead from an address: a promise of [Response, Blob].
    takeFetched(href) {
      const fetched = this.fetched.get(href);
      this.fetched.delete(href);
      return fetched;
    },

    // A worker that runs this very script; none with `?worker=off`.
    startWorker() {
      if (asked.getAll("worker").includes("off")) return;
      const program = document.getElementById("careo-program");
      if (program) {
        // Classic: module workers don't start at `file://`.
        const script = new Blob([program.textContent], { type: "text/javascript" });
        return new Worker(URL.createObjectURL(script));
      }
      // Beside the glue, wherever the page itself lies.
      const worker = new Worker(new URL("loader.js", glue), { type: "module" });
      worker.postMessage({ glue });
      return worker;
    },

    // The worker that was started ahead, or a new one.
    takeWorker() {
      const worker = this.worker ?? this.startWorker();
      this.worker = undefined;
      return worker;
    },
  };

  // Fetches what the page is about while the program is still on its way; what is large has its
  // worker then, too. Failures are the program's to tell.
  const fetchAhead = async (path) => {
    const { href, origin } = new URL(path, location);
    if (origin !== location.origin) return;
    const asking = fetch(href);
    const fetched = asking.then(async (response) => [response, await response.blob()]);
    careo.fetched.set(href, fetched);
    // Who takes it is told; until then nobody misses it.
    fetched.catch(() => {});
    const { ok, headers } = await asking;
    // As `pipeline::WORKER_BYTES`. Compressed JSON is a quarter of itself, or less.
    const n_sent = headers.get("content-length") * (headers.has("content-encoding") ? 4 : 1);
    const is_large = n_sent > 1e6 || (await fetched)[1].size > 1e6;
    if (!ok || !is_large || careo.worker) return;
    const worker = careo.startWorker();
    if (!worker) return;
    careo.worker = worker;
    // One that fails before it is taken is not taken.
    worker.onerror = () => (careo.worker = undefined);
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
        const wasm = document.querySelector('link[rel="preload"][as="fetch"]').href;
        const program = import(glue);
        const has_data = document.querySelector("#careo-report, #careo-site");
        const paths = asked.has("data") ? asked.getAll("data") : has_data ? [] : ["report.json"];
        if (location.protocol !== "file:") paths.map((path) => fetchAhead(path).catch(() => {}));
        const { default: init } = await program;
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
