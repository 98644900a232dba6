// In every measured page, before anything of its own: what is looked for, and when it is painted.
{
  const bench = { blocked: 0, frames: [] };
  window.bench = bench;

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.blocked += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });

  /**
   * Resolves when `check(facts)` has become true and was painted, which is two frames later, with
   * the milliseconds since the next `event`, or since navigation where none is named.
   */
  bench.until = (check, facts, event) =>
    new Promise((resolve, reject) => {
      let start = event ? null : 0;
      const begin = ({ timeStamp }) => (start ??= timeStamp);
      if (event) addEventListener(event, begin, { capture: true, once: true });
      const look = () => {
        try {
          if (start === null || !check(facts)) return requestAnimationFrame(look);
        } catch (error) {
          return reject(error);
        }
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      };
      requestAnimationFrame(look);
    });

  /** From now on, how long each frame takes. */
  bench.record = () => {
    let last = performance.now();
    bench.frames = [];
    const tick = () => {
      bench.frames.push(performance.now() - last);
      last = performance.now();
      bench.asked = requestAnimationFrame(tick);
    };
    bench.asked = requestAnimationFrame(tick);
  };

  /** The centre of a cell of the matrix in the window; nothing where there is none yet. */
  bench.cellAt = (actual, predicted) => (window.careo?.cellAt ?? window.cellAt)?.(actual, predicted);

  /** Whether a canvas has this colour there; libraries lay several on top of each other. */
  bench.hasColour = (point, colour) =>
    [...document.querySelectorAll("canvas")].some((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const [x, y] = [((point.x - left) / width) * canvas.width, ((point.y - top) / height) * canvas.height];
      if (!(x >= 0 && y >= 0 && x < canvas.width && y < canvas.height)) return false;
      const [red, green, blue, alpha] = canvas.getContext("2d").getImageData(Math.floor(x), Math.floor(y), 1, 1).data;
      return alpha > 200 && [red, green, blue].every((it, idx) => Math.abs(it - colour[idx]) <= 20);
    });
}
