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

test('what is current looks different where the system gives the colours', async () => {
  const { page } = await openPage(browser, { address: '1/play?events=post.QUALITY,1.SUCCESS&at=1' });
  await page.emulateMedia({ forcedColors: 'active' });
  const edges = await page
    .locator('.history li button')
    .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).borderWidth));
  expect(edges[1]).not.toBe(edges[0]);
  const ground = await page
    .locator('.oz-diagram .active > rect')
    .first()
    .evaluate((state) => [getComputedStyle(state).fill, getComputedStyle(document.body).color]);
  expect(ground[0]).not.toBe(ground[1]);
  await page.close();
});

test('prints on light paper, whatever the theme', async () => {
  const { page } = await openPage(browser, { theme: 'dark' });
  const ink = (): Promise<string> =>
    page.evaluate<string>('getComputedStyle(document.documentElement).color');
  const onScreen = await ink();
  await page.getByLabel('Theme').selectOption('dark');
  expect(await ink()).toBe(onScreen);
  await page.emulateMedia({ media: 'print' });
  const printed = await ink();
  await page.emulateMedia({ media: 'screen' });
  await page.getByLabel('Theme').selectOption('light');
  await expect.poll(ink).toBe(printed);
  await page.close();
});

test('every view has a title of its own, and the focus is never below what stays at the top', async () => {
  const titles = new Set<string>();
  for (const [name, prepare] of samples) {
    const { page } = await openPage(browser, { width: 390, height: 700 });
    await prepare(page);
    titles.add(await page.title());
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.locator('main').getByRole('button').or(page.locator('main a, main input')).last().focus();
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press('Shift+Tab');
      const hidden = await page.evaluate<string | null>(`(() => {
        const { top, left, height } = document.activeElement.getBoundingClientRect();
        const bar = document.elementFromPoint(innerWidth / 2, 2).closest('.progress-bar, .now');
        return bar && top + Math.min(height, 10) < bar.getBoundingClientRect().bottom && !bar.contains(document.activeElement)
          ? document.activeElement.outerHTML.slice(0, 120) : null;
      })()`);
      expect(hidden, name).toBeNull();
    }
    await page.close();
  }
  expect(titles.size).toBe(samples.length);
});

test('axe finds something where something is wrong', async () => {
  const { page } = await openPage(browser);
  await page.evaluate(`document.querySelector('main').append(Object.assign(new Image(), {src: 'data:,'}))`);
  expect((await axeFindings(page)).join()).toContain('image-alt');
  await page.close();
});
