import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';
import { samples } from './samples.ts';

/** Takes a picture of every view in both themes, as narrow as a telephone and as wide as a screen. */
export async function takeScreenshots(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const browser = await startBrowser();
  try {
    for (const [name, prepare] of samples) {
      for (const theme of ['light', 'dark'] as const) {
        for (const width of [360, 1600]) {
          const { page } = await openPage(browser, { theme, width });
          await prepare(page);
          const path = resolve(join(directory, `${name}-${theme}-${width}.png`));
          await page.screenshot({ path, fullPage: true });
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
  }
}
