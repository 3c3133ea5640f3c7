import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './chromium.ts';
import { axeFindings, openPage } from './reviewer-page.ts';
import { samples } from './samples.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const cases = samples.flatMap(([name, prepare]) =>
  (['light', 'dark'] as const).map((theme) => [name, theme, prepare] as const),
);

test.each(cases)('%s has nothing that axe finds wrong, %s', async (_name, theme, prepare) => {
  const opened = await openPage(browser, { theme });
  await prepare(opened.page);
  expect(await axeFindings(opened.page)).toEqual([]);
  expect(opened.noise).toEqual([]);
  await opened.page.close();
});

test.each(samples)('%s fits a window of 360 pixels', async (_name, prepare) => {
  const { page } = await openPage(browser, { width: 360 });
  await prepare(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await page.close();
});

test('axe finds something where something is wrong', async () => {
  const { page } = await openPage(browser);
  await page.evaluate(`document.querySelector('main').append(Object.assign(new Image(), {src: 'data:,'}))`);
  expect((await axeFindings(page)).join()).toContain('image-alt');
  await page.close();
});
