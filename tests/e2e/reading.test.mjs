// However it is read: in Spanish, on a phone, by keyboard alone, in the dark, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nba } from "./lib/careo.mjs";
import { launch, openReady } from "./lib/chromium.mjs";
import { name, seeds } from "./lib/grid.mjs";
import { serve } from "./lib/nginx.mjs";
import { LANDMARKS, VIEWS } from "./lib/views.mjs";

const { site } = nba();
const address = await serve(site);
const many = await serve(seeds());
const browser = await launch();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("the page can be switched to Spanish, and stays so", async (t) => {
  const page = await openReady(t, browser, address);
  await page.getByRole("button", { name: "Español" }).click();
  await page.locator('html[lang="es"]').waitFor({ state: "attached" });
  assert.match(await page.locator("#verdict").innerText(), /jugador|acierta|de 176|cambio/i);
  await page.reload();
  await page.locator('html[lang="es"][data-state="ready"]').waitFor({ state: "attached" });
});

/** Words that no English sentence does without, and that no Spanish one has. */
const ENGLISH = /(?<!\p{L})(the|of|which|what|with|and|is|are|not|from|by|this|that|to|in|on|or|was|it|has|all|than)(?!\p{L})/iu;

/** All that a view says: texts, folded ones too, and what only assistive technology or a pointer is told. */
const said = async (page) => {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    document.querySelectorAll("details").forEach((it) => { it.open = true; });
    // What is folded is drawn when it is opened.
    await frame();
    await frame();
  });
  return page.evaluate(() => {
    const texts = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walk.nextNode()) {
      const it = walk.currentNode;
      if (it.nodeType === Node.ELEMENT_NODE) {
        const names = ["aria-label", "aria-description", "title", "placeholder", "alt"];
        texts.push(...names.map((name) => it.getAttribute(name)));
      } else if (!it.parentElement.closest("code, pre, script, style, noscript, [lang]:not(html)")) {
        texts.push(it.data.trim());
      }
    }
    return texts.filter(Boolean);
  });
};

/** What can only be used on a screen, and is seen. The heads of tables are buttons, and stay. */
const controls = (page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll("button, select, input, textarea, summary, nav.tabs a, [role=slider]");
    const seen = [...all].filter((it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !it.closest("th"));
    return seen.map((it) => it.outerHTML.slice(0, 120));
  });

for (const view of VIEWS) {
  test(`${view} in Spanish has no English left`, async (t) => {
    const texts = {};
    for (const locale of ["en-GB", "es-ES"]) {
      const page = await openReady(t, browser, `${address}#/${view}`, { context: { locale } });
      await page.locator(LANDMARKS[view]).first().waitFor();
      await page.locator(`html[lang="${locale.slice(0, 2)}"]`).waitFor({ state: "attached" });
      texts[locale] = await said(page);
    }
    assert.ok(texts["es-ES"].length > 50, `${texts["es-ES"].length} texts`);
    assert.ok(texts["en-GB"].filter((it) => ENGLISH.test(it)).length > 20, "it would be found");
    assert.deepEqual(texts["es-ES"].filter((it) => ENGLISH.test(it)), []);
  });

  test(`${view} fits a phone`, async (t) => {
    const page = await openReady(t, browser, `${address}#/${view}`, { context: PHONE });
    await page.locator(LANDMARKS[view]).first().waitFor();
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(content <= screen, `${content} px wide on ${screen}`);
  });

  test(`${view} is printed without controls`, async (t) => {
    const page = await openReady(t, browser, `${address}#/${view}`, { context: { colorScheme: "dark" } });
    await page.locator(LANDMARKS[view]).first().waitFor();
    const onScreen = await controls(page);
    assert.ok(onScreen.length > 8, onScreen.join("\n"));
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await controls(page), []);
    assert.ok(await page.locator(LANDMARKS[view]).first().isVisible());
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.match(ground, /rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\)/);
  });
}

for (const locale of ["en-GB", "es-ES"]) {
  test(`on a phone each number has its column to itself, ${locale}`, async (t) => {
    const page = await openReady(t, browser, address, { context: { ...PHONE, locale } });
    // Texts, not cells: a text that is too wide reaches out of its cell.
    const gaps = await page.locator(".numbers tr").evaluateAll((rows) =>
      rows.flatMap((row) => {
        const widths = [...row.cells].map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return range.getBoundingClientRect();
        });
        return widths.slice(1).map((box, idx) => box.left - widths[idx].right);
      }),
    );
    assert.ok(gaps.length >= 21, `${gaps.length} gaps`);
    assert.ok(Math.min(...gaps) >= 3, `${Math.min(...gaps)} px between two texts`);
  });
}

test("on a phone no badge leaves the column of the page, and a column's name breaks between words", async (t) => {
  const context = { ...PHONE, locale: "es-ES" };
  const page = await openReady(t, browser, `${address}#/experiments?group=-train.C`, { context });
  const badge = page.locator(".badge", { hasText: "todos menos" });
  await badge.waitFor();
  const right = (locator) => locator.evaluate((it) => it.getBoundingClientRect().right);
  assert.ok((await right(badge)) <= (await right(page.locator(".badges"))) + 0.5);
  await page.locator("summary", { hasText: "Columnas" }).click();
  const name = page.locator(".xp-order code", { hasText: "test_accuracy" });
  await name.waitFor();
  const lines = await name.evaluate((it) => {
    const texts = [...it.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return texts.map((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    });
  });
  assert.ok(lines.length > 3 && lines.every((it) => it === 1), lines.join());
});

test("on paper a metric and its picture stand beside each other, and nothing is left to choose", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments`);
  await page.locator("#xp-plot").waitFor();
  const cell = page.locator("#table tbody td.metric").first();
  const room = () => cell.evaluate((it) => parseFloat(getComputedStyle(it).paddingRight));
  const before = await room();
  assert.ok(before >= 56, `${before} px for the picture`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await room(), before);
  assert.equal(await page.locator("main select:visible, main .xp-fold:visible").count(), 0);
});

test("the table of experiments is as wide as A4", async (t) => {
  // What is left between the margins of the page.
  const context = { viewport: { width: 718, height: 1000 } };
  const page = await openReady(t, browser, `${address}#/experiments`, { context });
  await page.locator("#xp-plot").waitFor();
  await page.emulateMedia({ media: "print" });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 718, `${width} px`);
});

test("Compare is as wide as A4 with up to six runs; of more, paper has six and says so", async (t) => {
  const context = { viewport: { width: 718, height: 1000 } };
  const page = await openReady(t, browser, `${many}#/compare`, { context });
  const runs = [1, 10, 100].flatMap((c) => [1, 2, 3].map((seed) => name(c, "lbfgs", seed)));
  for (const n of [1, 2, 3, 4, 5, 6, 9]) {
    await page.emulateMedia({ media: "screen" });
    await page.evaluate((names) => { location.hash = `#/compare?changed=0&runs=${names}`; }, runs.slice(0, n).join(","));
    await page.locator("#compare-table caption", { hasText: n === 1 ? "One run" : `${n} runs` }).waitFor({ state: "attached" });
    await page.emulateMedia({ media: "print" });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 718, `${width} px with ${n} runs`);
    const printed = page.locator("#compare-table thead th[data-revision]:visible");
    assert.equal(await printed.count(), 1 + Math.min(n, 6), "with the baseline");
    assert.equal(await page.getByText("On paper, 6 of 9 runs").isVisible(), n === 9);
  }
});

test("no picture is cut at the edge of paper, and plots begin on its first page", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments`, { context: { viewport: { width: 1280, height: 900 } } });
  await page.locator(".xp-parallel-frame").waitFor();
  await page.emulateMedia({ media: "print" });
  const { width } = await page.locator(".xp-parallel-frame").boundingBox();
  assert.ok(width <= 690, `${width} px`);
  // A page that stays on the screen is printed as it is there.
  await page.emulateMedia({ media: null });
  await page.getByRole("link", { name: /^Plots/ }).first().click();
  await page.locator(".plot svg").first().waitFor();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const n = pdf.match(/\/Type \/Page\b/g).length;
  assert.ok(n <= 2, `${n} pages`);
});

test("a picture that nobody has scrolled to is on paper, in the colours of paper", async (t) => {
  const context = { viewport: { width: 1280, height: 500 }, colorScheme: "dark" };
  const page = await openReady(t, browser, `${address}#/experiments`, { context });
  await page.locator(".xp-parallel-frame canvas").waitFor();
  const darkest = (picture) => page.evaluate(async (picture) => {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let darkest = null;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 255) darkest = Math.min(darkest ?? 255, data[at]);
    }
    return darkest;
  }, picture);
  const lines = page.locator(".xp-parallel-frame canvas");
  assert.equal(await darkest(await lines.evaluate((it) => it.toDataURL())), null, "nothing for nobody");
  // Before the page is on screen again.
  await lines.evaluate((it) => addEventListener("afterprint", () => { window.printed = it.toDataURL(); }));
  await page.pdf({ preferCSSPageSize: true });
  const ink = await darkest(await page.evaluate(() => window.printed));
  assert.ok(ink !== null && ink < 100, `ink ${ink}`);
});

test("no word of a table's head is broken on paper", async (t) => {
  const context = { viewport: { width: 688, height: 1000 } };
  for (const view of ["experiments", "experiments?changed=0&cols=train.max_iter,test_recall,test_accuracy,features.remove,model_name,assets%2Fmodels", "compare", "confusion"]) {
    const page = await openReady(t, browser, `${address}#/${view}`, { context });
    await page.locator(LANDMARKS[view.split("?")[0]]).first().waitFor();
    await page.emulateMedia({ media: "print" });
    const broken = await page.evaluate(() => {
      const broken = [];
      for (const head of document.querySelectorAll("main table th")) {
        const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const node = texts.currentNode;
          for (const { 0: word, index } of node.data.matchAll(/[^\s/_.-]+/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const lines = new Set([...range.getClientRects()].map((it) => Math.round(it.top)));
            if (lines.size > 1) broken.push(word);
          }
        }
      }
      return broken;
    });
    assert.deepEqual(broken, [], view);
  }
});

for (const view of ["experiments", "compare", "confusion"]) {
  test(`the headings of ${view} are on paper, too`, async (t) => {
    const page = await openReady(t, browser, `${address}#/${view}`);
    await page.locator(LANDMARKS[view]).first().waitFor();
    // The state of a run is a mark beside its name there: its column leaves room for the others.
    const heads = page.locator('main :is(thead, tfoot) th:not([data-column="state"]) button:visible');
    const shown = await heads.count();
    assert.ok(shown > 0);
    await page.emulateMedia({ media: "print" });
    // Buttons that take a run away are no headings.
    const removing = await page.locator("main thead th button.no-print").count();
    assert.ok((await heads.count()) >= shown - removing, `${await heads.count()} of ${shown}`);
  });
}

test("by keyboard alone: from the first tab to a pinned cell", async (t) => {
  const page = await openReady(t, browser, address);
  const focused = () => page.evaluate(() => {
    const { href, id, dataset, outerHTML } = document.activeElement;
    return { href: href ?? "", id, actual: dataset.actual ?? null, html: outerHTML.slice(0, 80) };
  });
  const tabUntil = async (found, what) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      if (found(await focused())) return;
    }
    assert.fail(`no way to ${what} by Tab`);
  };
  await tabUntil(({ href }) => href.includes("#/confusion"), "the confusion view");
  await page.keyboard.press("Enter");
  await page.locator("#matrix").waitFor();
  await tabUntil(({ id, actual }) => id === "matrix" || actual !== null, "the matrix");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.hash.includes("cell="));
});

test("what has the focus can be seen", async (t) => {
  const page = await openReady(t, browser, address);
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      return { outlineStyle, outlineWidth, boxShadow, html: document.activeElement.outerHTML.slice(0, 80) };
    });
    const visible = (outline.outlineStyle !== "none" && outline.outlineWidth !== "0px") || outline.boxShadow !== "none";
    assert.ok(visible, outline.html);
  }
});

test("sorting, filtering and their count", async (t) => {
  const page = await openReady(t, browser, `${address}#/experiments`);
  const count = async () => Number(await page.locator("#count").getAttribute("data-count"));
  const all = await count();
  await page.locator("#filter").fill("bovid");
  await page.locator('#table tr[data-revision]:not([data-baseline])', { hasText: "bovid-rime" }).waitFor();
  await page.waitForURL((url) => url.hash.includes("where=bovid"));
  assert.ok((await count()) < all);
  await page.locator("#filter").fill("");
  await page.waitForURL((url) => !url.hash.includes("where="));
  const header = page.locator('#table th[data-column$="test_accuracy"]').first();
  await header.locator("button").click();
  await page.locator('#table th[data-column$="test_accuracy"]:is([aria-sort=ascending],[aria-sort=descending])').first().waitFor();
  const direction = await header.getAttribute("aria-sort");
  const column = await header.getAttribute("data-column");
  const values = await page
    .locator(`#table tr[data-revision]:not([data-baseline]) td[data-column="${column}"]`)
    .evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.value)));
  const sorted = [...values].sort((a, b) => (direction === "ascending" ? a - b : b - a));
  assert.deepEqual(values, sorted);
  assert.ok(values.length >= 4);
});
