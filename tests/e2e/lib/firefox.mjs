// Firefox by WebDriver BiDi: Playwright only drives a Firefox of its own.
import { after } from "node:test";

import puppeteer from "puppeteer-core";

/** One Firefox for a test file. */
export async function launch() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });
  after(() => browser.close());
  return browser;
}

/** A page, and all that its console said. */
export async function open(browser, address) {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  await page.goto(address);
  await page.waitForSelector('html[data-state="ready"]');
  return { page, said };
}
