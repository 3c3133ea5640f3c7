import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';
import { documented } from './samples.ts';

/**
 * The pictures of the documentation beside the page as it is. They are to look alike, not to be alike: what differs is
 * counted in squares, by their mean colour, so that a letter that moves by a pixel is no difference.
 */
const square = 16;
/** How far, of 255, the mean of a colour in a square may be off. */
const tolerance = 20;
/** The share of the squares that may be off: what a line of text that is worded anew takes, and no more. */
const share = 0.03;

let browser: Browser;
let canvas: Page;
beforeAll(async () => {
  browser = await startBrowser();
  canvas = await browser.newPage();
});
afterAll(() => browser.close());

/** The share of squares in which two pictures differ; all of them where their sizes do. */
function differing(one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  return canvas.evaluate<number>(`(async () => {
    const means = async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const [width, height] = [Math.ceil(image.width / ${square}), Math.ceil(image.height / ${square})];
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, width, height);
      return { width, height, data: context.getImageData(0, 0, width, height).data };
    };
    const [first, second] = await Promise.all(${JSON.stringify(urls)}.map(means));
    if (first.width !== second.width || first.height !== second.height) return 1;
    let off = 0;
    for (let at = 0; at < first.data.length; at += 4) {
      const gaps = [0, 1, 2].map((part) => Math.abs(first.data[at + part] - second.data[at + part]));
      if (Math.max(...gaps) > ${tolerance}) off += 1;
    }
    return off / (first.data.length / 4);
  })()`);
}

const taken = (name: string): Buffer => readFileSync(join(repository, `docs/screenshots/${name}.png`));

test.each(documented)(
  'the picture $name of the documentation looks like the page',
  async ({ name, opening, prepare }) => {
    const { page } = await openPage(browser, opening);
    await prepare(page);
    const now = await page.screenshot();
    expect(
      await differing(taken(name), now),
      'look at it, and take it anew: npm run screenshots',
    ).toBeLessThan(share);
    await page.close();
  },
);

test('another theme, and another step, are noticed', async () => {
  const [play] = documented;
  const { page } = await openPage(browser, { ...play.opening, theme: 'dark' });
  expect(await differing(taken(play.name), await page.screenshot())).toBeGreaterThan(0.5);
  await page.close();
  const light = await openPage(browser, play.opening);
  await light.page.getByRole('button', { name: 'Restart' }).click();
  expect(await differing(taken(play.name), await light.page.screenshot())).toBeGreaterThan(share);
  await light.page.close();
});
