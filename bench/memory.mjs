// What a page has in memory: `WebAssembly.Memory` of page and workers, and the objects of the page.
// A program's memory never shrinks, so its last size is its largest.
import { readFileSync } from "node:fs";

// Goes before the program's own script, in the page and in its worker: a worker tells how much it
// has with each answer, since it ends after the last one.
function watch() {
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await real.apply(WebAssembly, args);
      // wasm-opt gives exports other names.
      const { exports } = made.instance ?? made;
      memories.add(Object.values(exports).find((it) => it instanceof WebAssembly.Memory));
      return made;
    };
  }
  const bytes = () => [...memories].reduce((sum, it) => sum + it.buffer.byteLength, 0);
  const channel = new BroadcastChannel("memory");
  if (typeof document === "undefined") {
    const id = Math.random();
    const send = self.postMessage.bind(self);
    self.postMessage = (...args) => {
      channel.postMessage({ id, bytes: bytes() });
      send(...args);
    };
  } else {
    const workers = new Map();
    channel.onmessage = ({ data }) => workers.set(data.id, data.bytes);
    window.memoryOfPrograms = () => ({ page: bytes(), workers: [...workers.values()].reduce((sum, it) => sum + it, 0) });
  }
}

/** Puts the watch before the viewer's own script on this page and in its workers. */
export function watchMemory(page, loader) {
  const body = `(${watch})();\n${readFileSync(loader, "utf8")}`;
  return page.route("**/loader.js", (route) => route.fulfill({ body, contentType: "text/javascript" }));
}

/** Megabytes of the page's program, and of its objects after collection. */
export async function memoryOfPage(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return (usedSize + (await page.evaluate("window.memoryOfPrograms?.().page ?? 0"))) / 1e6;
}

/** Megabytes of the programs in its workers. */
export const memoryOfWorkers = (page) => page.evaluate("(window.memoryOfPrograms?.().workers ?? 0) / 1e6");
