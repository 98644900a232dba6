// What a trace says of the page's main thread.

/** The longest task of the page's main thread while `act` runs, in milliseconds of its own time. */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "devtools.timeline", "toplevel"] });
  await act();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  // The page is the busiest thread of that name.
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const tasks = (thread) => traceEvents.filter(({ name, pid, tid, ph }) => ph === "X" && /RunTask$/.test(name) && pid === thread.pid && tid === thread.tid);
  // What other programs take of the processor is not the page's.
  const own = ({ dur, tdur }) => tdur ?? dur;
  const sum = (events) => events.reduce((sum, event) => sum + own(event), 0);
  const of = threads.map(tasks).sort((a, b) => sum(b) - sum(a))[0] ?? [];
  return Math.max(0, ...of.map(own)) / 1000;
}
