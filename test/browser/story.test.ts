import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('a scenario that is played keeps its title and lesson at the chart, after a reload too', async () => {
  const { page } = await openPage(browser, { address: '1/gallery' });
  await page.getByRole('button', { name: /^Play step by step ?: Two steps/ }).click();
  await page.getByRole('region', { name: 'What is played' }).getByText('Two steps, and').waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  expect(await page.locator('.story').innerText()).toContain('Step 1 of 4');
  await page.reload();
  expect(await page.locator('.story').innerText()).toContain('keep the result of every step');
  await page.close();
});

test('a scenario that is left keeps its title, and says from where on it is left', async () => {
  const { page } = await openPage(browser, { address: '1/gallery' });
  const story = page.locator('.story');
  await page.getByRole('button', { name: /^Play step by step ?: Two steps/ }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page
    .getByRole('group', { name: 'Liveness g1.a1' })
    .getByRole('button', { name: /ends as SUCCESS/ })
    .click();
  expect(await story.innerText()).toMatch(/^Two steps, and the second hides the first\. From step 2 on/);
  expect(await story.innerText()).not.toContain('keep the result');
  await page.reload();
  expect(await story.innerText()).toMatch(/^Two steps, and the second hides the first\. From step 2 on/);
  await page.close();
});

test('a scenario under another reading than its own does not claim its lesson unasked', async () => {
  const { page } = await openPage(browser, { address: '1/gallery' });
  await page.getByRole('button', { name: /^Play step by step ?: Two steps/ }).click();
  await page.locator('details.settings summary').click();
  await page.getByRole('group', { name: 'result-scope' }).getByLabel('all-analyses').check();
  expect(await page.locator('.story').innerText()).toContain('It was loaded under another reading.');
  await page.close();
});

test('what is opened from a recording names its place, though a scenario has the same events', async () => {
  const { page } = await openPage(browser, { address: '1/check' });
  await page.locator('.bundled select').selectOption('broken.ndjson');
  await page.getByRole('button', { name: 'Check it' }).click();
  await page.getByRole('button', { name: 'Open in Play' }).click();
  const story = page.locator('.story');
  expect(await story.innerText()).toMatch(/^The recording at broken\.ndjson:7\. One explanation/);
  await page.getByRole('button', { name: 'Previous' }).click();
  expect(await story.innerText()).toContain('broken.ndjson:7');
  await page.reload();
  expect(await story.innerText()).toMatch(
    /^The recording at broken\.ndjson:7\. One explanation[^]*Step 1 of 2/,
  );
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByRole('heading', { name: 'Compare two readings' }).waitFor();
  expect(await story.innerText()).toContain('broken.ndjson:7');
  await page.goBack();
  await page.getByRole('heading', { name: 'Play a folder' }).waitFor();
  expect(await story.innerText()).toContain('broken.ndjson:7');
  await page.close();
});

test('going back finds a view where it was left, and a link shows a view from its top', async () => {
  const { page } = await openPage(browser, { address: '1/gallery' });
  const at = (): Promise<number> => page.evaluate<number>('scrollY');
  const last = page.getByRole('button', { name: /^Play step by step/ }).last();
  await last.scrollIntoViewIfNeeded();
  const left = await at();
  expect(left).toBeGreaterThan(200);
  await last.click();
  await page.getByRole('heading', { name: 'Play a folder' }).waitFor();
  await page.goBack();
  await expect.poll(at).toBe(left);
  await page.getByRole('link', { name: 'Check' }).focus();
  await page.evaluate('scrollTo(0, 300)');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Check a recording' }).waitFor();
  await expect.poll(at).toBe(0);
  await page.close();
});
