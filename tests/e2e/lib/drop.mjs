// Files, folders and zips dropped on a page, as the desktop does it: by paths, through the browser
// itself, so that the page gets real file entries.

/** Drops the files or folders with these absolute paths into the middle of the page. */
export async function drop(page, ...files) {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  const at = { x: width / 2, y: height / 2, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, ...at });
  }
  await session.detach();
}
