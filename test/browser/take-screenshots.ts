import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { repository } from '../cli/built.ts';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';
import { documented, samples } from './samples.ts';

/** Takes the pictures of the documentation, or, into a directory, those of every view. */
export async function takeScreenshots(directory: string | undefined): Promise<void> {
  const browser = await startBrowser();
  try {
    if (directory === undefined) await takeDocumented(browser);
    else await takeViews(browser, directory);
  } finally {
    await browser.close();
  }
}

async function takeDocumented(browser: Browser): Promise<void> {
  for (const { name, opening, prepare } of documented) {
    const { page } = await openPage(browser, opening);
    await prepare(page);
    await page.screenshot({ path: join(repository, `docs/screenshots/${name}.png`) });
    await page.close();
  }
}

/** Pictures of every view in both themes, as narrow as a telephone and as wide as a screen. */
async function takeViews(browser: Browser, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const [name, prepare] of samples) {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [390, 1280, 1920]) {
        const { page } = await openPage(browser, { theme, width });
        await prepare(page);
        const path = resolve(join(directory, `${name}-${theme}-${width}.png`));
        await page.screenshot({ path, fullPage: true });
        await page.close();
      }
    }
  }
}
