import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { checkRecording } from '../../src/index.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { runNode } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';
import { startBrowser } from './chromium.ts';
import { openPage } from './reviewer-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const answered = (page: Page) => page.getByRole('region', { name: 'Answer', exact: true });
const inside = (page: Page) => page.locator('.inside').innerText();

/** Sends one of the usual requests and waits until it stands in the list. */
async function send(page: Page, name: string): Promise<void> {
  const before = await page.locator('.sent li').count();
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator('.sent li').nth(before).waitFor();
}

async function taken(page: Page, format: string): Promise<string> {
  await page.getByRole('radio', { name: format }).check();
  return page.locator('.take textarea').inputValue();
}

test('the page answers as the simulator does, shows chart and clock, and gives the traffic away', async () => {
  const { page, noise } = await openPage(browser, { address: '1/simulate' });
  await page.getByLabel('Scenario').selectOption('finished-is-no-pass');
  await send(page, 'Create a folder with liveness and face matching');
  expect(await answered(page).innerText()).toContain('201');
  for (let poll = 0; poll < 4; poll++) await send(page, 'Poll the folder');
  const body = JSON.parse(await page.locator('.answer').innerText()) as Record<string, unknown>;
  expect([body['resolution_status'], body['system_resolution']]).toEqual(['FINISHED', 'DECLINED']);
  expect(await inside(page)).toContain('DECLINED');
  const active = page.locator('.active:not(:has(.active))');
  expect(await active.evaluateAll((all) => all.map((one) => one.dataset['state']))).toEqual([
    'folder.resolution_status.FINISHED',
    'folder.system_resolution.DECLINED',
  ]);
  expect(Number.parseFloat(await page.locator('.clock').innerText())).toBeGreaterThan(0);

  for (const format of ['Lines for oz-status check', 'HAR']) {
    const { folders, exitCode } = await checkRecording(await taken(page, format));
    expect([exitCode, folders.map(({ verdict }) => verdict)]).toEqual([0, ['conforms']]);
  }
  // The session goes on while another view is shown.
  await page.getByRole('button', { name: 'Open in Play' }).click();
  await page.getByRole('heading', { name: 'Play a folder' }).waitFor();
  await page.goBack();
  await page.locator('.sent li').nth(4).waitFor();
  expect(await inside(page)).toContain('DECLINED');

  const directory = mkdtempSync(join(inject('builtPackage'), 'dist/page-'));
  const file = join(directory, 'simulator.test.mjs');
  const text = await taken(page, 'A test');
  writeFileSync(file, text);
  expect(await runNode(['--test', file])).toMatchObject({ code: 0 });
  writeFileSync(file, text.replace('"FINISHED","DECLINED"', '"FINISHED","SUCCESS"'));
  expect((await runNode(['--test', file])).code).not.toBe(0);
  expect(noise).toEqual([]);
  await page.close();
});

test('analyses end by hand, time is moved on, and what is wrong with a request is its answer', async () => {
  const { page, noise } = await openPage(browser, { address: '1/simulate' });
  await page.getByRole('combobox', { name: /^Clock/ }).selectOption('manual');
  await send(page, 'Create a folder with liveness and face matching');
  await page
    .getByRole('group', { name: /^Liveness/ })
    .getByRole('button', { name: 'SUCCESS' })
    .click();
  await page
    .getByRole('group', { name: /^Face Matching/ })
    .getByRole('button', { name: 'FAILED' })
    .click();
  await expect.poll(() => inside(page)).toContain('FAILED');
  await page.getByRole('button', { name: '+ 5 s' }).click();
  await expect.poll(() => page.locator('.clock').innerText()).toBe('5.0 s');
  await page.getByLabel('Path below the base URL').fill('/api/nothing');
  await send(page, 'Send');
  expect(await answered(page).innerText()).toContain('404');
  await page.getByRole('button', { name: 'Open in Play' }).click();
  expect(await page.locator('h1').innerText()).toBe('Play a folder');
  expect(await page.locator('.payload').innerText()).toContain('"resolution_status": "FAILED"');
  expect(noise).toEqual([]);
  await page.close();
});

test('a connection that breaks is told, and a new session begins with nothing', async () => {
  const { page, noise } = await openPage(browser, { address: '1/simulate' });
  await page.getByLabel('Fault in transit').selectOption('reset');
  for (let at = 0; at < 8; at++) await send(page, 'List folders');
  expect(await page.locator('.sent').innerText()).toContain('no answer');
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await expect.poll(() => page.locator('.sent li').count()).toBe(0);
  expect(noise).toEqual([]);
  await page.close();
});

test('Playwright takes the simulator as a route, as the guide says', async () => {
  const [snippet] = blocksOf('docs/guide/simulator.md', 'js').filter(({ text }) =>
    text.includes('page.route'),
  );
  const page = await browser.newPage();
  const simulator = createSimulator();
  const directory = mkdtempSync(join(inject('builtPackage'), 'dist/route-'));
  const file = join(directory, 'install.mjs');
  writeFileSync(file, `export async function install(page, simulator) {\n${snippet?.text}\n}\n`);
  const { install } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    install: (...given: unknown[]) => Promise<void>;
  };
  await install(page, simulator);
  await page.goto('https://oz.test/s/route/clock=instant/api/folders/');
  const shown = await page.evaluate(async () => {
    const made = await fetch('./', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"analyses":[{"type":"quality"}]}',
    });
    const { folder_id: id } = (await made.json()) as { folder_id: string };
    const got = await fetch(`./${id}`);
    return [made.status, ((await got.json()) as { system_resolution: string }).system_resolution];
  });
  expect(shown).toEqual([201, 'SUCCESS']);
  await page.close();
});
