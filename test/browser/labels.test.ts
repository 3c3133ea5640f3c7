import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** Active states that their frame does not show whole. */
const hidden = `[...document.querySelectorAll('.picture')].flatMap((picture) => {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll('.active:not(:has(.active))')].flatMap((state) => {
    const { left, right } = state.getBoundingClientRect();
    return left >= frame.left - 1 && right <= frame.right + 1 ? [] : [state.getAttribute('data-state')];
  });
})`;

test.each(
  samples.flatMap(([name, prepare]) => [390, 1280, 1920].map((width) => [name, width, prepare] as const)),
)(
  '%s has no picture with words below 11 pixels and none whose active state is out of sight, %i wide',
  async (name, width, prepare) => {
    const { page } = await openPage(browser, { width });
    await prepare(page);
    const sizes = await page.evaluate<readonly (readonly [string, number])[]>(shownSizes);
    expect(sizes.filter(([, size]) => size < least)).toEqual([]);
    if (['start', 'play', 'compare', 'simulate'].includes(name))
      expect(sizes.length).toBeGreaterThanOrEqual(10);
    expect(await page.evaluate(hidden)).toEqual([]);
    await page.close();
  },
);
