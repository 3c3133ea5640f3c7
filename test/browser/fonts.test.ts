import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from './chromium.ts';
import { openPage, pageFile } from './reviewer-page.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  ({ page } = await openPage(browser));
});
afterAll(() => browser.close());

/** How wide the browser draws a text, in the family that a rule of the page's style gives. */
const widthOf = (text: string, family: string): Promise<number> =>
  page.evaluate(
    ([shown, fontFamily]) => {
      const span = document.createElement('span');
      Object.assign(span.style, { fontFamily, position: 'absolute', whiteSpace: 'pre' });
      document.body.append(Object.assign(span, { textContent: shown }));
      const { width } = span.getBoundingClientRect();
      span.remove();
      return width;
    },
    [text, family] as const,
  );

/** The picture of one character, drawn large. */
const pictureOf = (character: string, family: string): Promise<string> =>
  page.evaluate(
    ([shown, fontFamily]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 100, height: 100 });
      const context = canvas.getContext('2d')!;
      context.font = `60px ${fontFamily}`;
      context.fillText(shown, 10, 70);
      return canvas.toDataURL();
    },
    [character, family] as const,
  );

describe('the browser of the tests', () => {
  test('draws code in a font of one width, and text in another', async () => {
    for (const family of ['var(--mono)', 'monospace']) {
      expect(await widthOf('iiiii', family)).toBe(await widthOf('WWWWW', family));
    }
    for (const family of ['inherit', 'sans-serif']) {
      expect(await widthOf('iiiii', family)).toBeLessThan((await widthOf('WWWWW', family)) / 2);
    }
  });

  test('draws arrows and all that the page is written with', async () => {
    const characters = new Set(`→←↑↓${readFileSync(pageFile, 'utf8')}`.match(/[^\0-~]/gu));
    for (const family of ['sans-serif', 'monospace']) {
      const missing = await pictureOf('\u{10fffd}', family);
      for (const one of characters) expect(await pictureOf(one, family), one).not.toBe(missing);
    }
  });
});
