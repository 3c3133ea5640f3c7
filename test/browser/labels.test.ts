import * as fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { htmlReport } from '../../src/reports/check/html.ts';
import { wholeText } from '../../src/reports/check/outcome.ts';
import { anyOutcome } from '../reports/outcomes.ts';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';
import { samples } from './samples.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** The least size of a letter in a picture, in pixels of the window. */
const least = 11;

/** The words of pictures that are drawn, each with the size at which it is shown. */
const shownSizes = `[...document.querySelectorAll('svg text')].flatMap((text) => {
  const { width } = text.getBoundingClientRect();
  if (width === 0) return [];
  const matrix = text.getScreenCTM();
  return [[text.textContent, Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b)]];
})`;

/** Pictures of which their frame, or the window, does not show all. */
const cut = `[...document.querySelectorAll('.picture svg')].flatMap((picture) => {
  const { left, right, width } = picture.getBoundingClientRect();
  const frame = picture.parentElement;
  const isCut = frame.scrollWidth > frame.clientWidth || right > innerWidth || left < 0;
  return width > 0 && isCut ? [picture.querySelector('title').textContent] : [];
})`;

/** By how many pixels the page is wider than its window. */
const tooWide = 'document.documentElement.scrollWidth - innerWidth';

test.each(
  samples.flatMap(([name, prepare]) => [390, 1280, 1920].map((width) => [name, width, prepare] as const)),
)(
  '%s has no picture that is cut or has words below 11 pixels, and does not scroll sideways, %i wide',
  async (name, width, prepare) => {
    const { page } = await openPage(browser, { width });
    await prepare(page);
    const sizes = await page.evaluate<readonly (readonly [string, number])[]>(shownSizes);
    expect(sizes.filter(([, size]) => size < least)).toEqual([]);
    if (['start', 'play', 'compare', 'simulate'].includes(name))
      expect(sizes.length).toBeGreaterThanOrEqual(10);
    expect(await page.evaluate(cut)).toEqual([]);
    expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
    await page.close();
  },
);

/** Of each closed list its options, and whether it is wide enough to show the option whole. */
const optionsOfLists = `[...document.querySelectorAll('main select')].map((list) => {
  const { width } = list.getBoundingClientRect();
  return [...list.options].map(({ text, value }) => {
    const only = list.cloneNode();
    only.append(new Option(text));
    only.style.cssText = 'width: auto; max-width: none; flex: none; justify-self: start; position: absolute';
    list.after(only);
    const needed = only.getBoundingClientRect().width;
    only.remove();
    return [value, text, needed <= width];
  });
})`;

test.each(samples.flatMap(([name, prepare]) => [390, 1280].map((width) => [name, width, prepare] as const)))(
  '%s says in full what a closed list of it cuts, %i wide',
  async (_name, width, prepare) => {
    const { page } = await openPage(browser, { width });
    await prepare(page);
    const lists =
      await page.evaluate<readonly (readonly (readonly [string, string, boolean])[])[]>(optionsOfLists);
    for (const [at, options] of lists.entries()) {
      const list = page.locator('main select').nth(at);
      for (const [value, text] of options.filter(([, , isWhole]) => !isWhole)) {
        await list.selectOption(value);
        const around = list.locator('xpath=ancestor::section[1]');
        const full = around.getByText(text).and(page.locator(':not(option)')).first();
        await full.waitFor();
        expect(await full.innerText()).toContain(text);
      }
    }
    await page.close();
  },
);

test('the longest kind, and paper, cut nothing', async () => {
  const kind = 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF';
  const { page } = await openPage(browser, { address: `1/play?events=post.${kind},1.SUCCESS`, width: 390 });
  await page.getByLabel('Another kind of analysis').fill(kind);
  await page.getByRole('button', { name: '+ add' }).click();
  expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
  await page.evaluate(`location.hash = '1/start'`);
  await page.emulateMedia({ media: 'print' });
  // The width of A4 between the margins that browsers leave.
  await page.setViewportSize({ width: 718, height: 1000 });
  const table = page.locator('.vocabulary');
  await table.waitFor();
  expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
  const hidden = await page.locator('.scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(hidden).toBeLessThanOrEqual(0);
  await page.close();
});

test('an HTML report shows all its counts on a telephone, and is not wider than that', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  const [outcome] = fc.sample(anyOutcome, { numRuns: 1, seed: 1 });
  await page.setContent(wholeText(htmlReport(outcome!)));
  const hidden = await page
    .locator('table')
    .evaluateAll((tables) => tables.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  expect(hidden.length).toBeGreaterThan(0);
  expect(Math.max(...hidden)).toBeLessThanOrEqual(0);
  expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
  await page.close();
});
