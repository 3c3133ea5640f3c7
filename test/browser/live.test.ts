import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createActor } from 'xstate';
import { folderMachine } from '../../machines/index.ts';
import { hostedPage, livePage } from '../../src/cli/inspect/page.ts';
import { startInspectServer } from '../../src/cli/inspect/server.ts';
import { inspectTo } from '../../src/inspect.ts';
import { openSession } from '../../src/inspection/saved.ts';
import { startBrowser } from './chromium.ts';
import { axeFindings, openPage, pageFile } from './reviewer-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function serve(hosted?: URL) {
  const page = livePage(readFileSync(pageFile, 'utf8'));
  if (!page) throw new Error('expected the page');
  const server = await startInspectServer({ page, hosted: hosted && hostedPage(hosted), port: 0 });
  onTestFinished(() => server.close());
  return server;
}

/** A folder whose liveness is declined, told of to a server. */
async function runFolder(url: string) {
  const inspect = inspectTo(url);
  const folder = createActor(folderMachine, { inspect, id: 'my-folder' }).start();
  folder.send({ type: 'group.posted', groupId: 'g', analyses: [{ id: 'liveness', kind: 'QUALITY' }] });
  await inspect.flushed();
  return { folder, flushed: () => inspect.flushed() };
}

const shown = (page: Page) => page.locator('.step-detail .live-state');
const address = '1/live';

describe('watching actors', () => {
  test('shows them live, steps back, saves, and opens again from the disk', async () => {
    const server = await serve();
    const { page, noise } = await openPage(browser, { url: server.url, address });
    await page.locator('.intake', { hasText: 'Connected. No actor was told of yet.' }).waitFor();

    const { folder, flushed } = await runFolder(server.url);
    await page.locator('.live-actors', { hasText: 'my-folder' }).waitFor();
    await shown(page).filter({ hasText: 'system_resolution: PROCESSING' }).waitFor();
    folder.send({ type: 'analysis.finished', id: 'liveness', resolution: 'DECLINED' });
    await flushed();
    await shown(page).filter({ hasText: 'system_resolution: DECLINED' }).waitFor();
    const active = page.locator('.state-tree .active');
    expect((await active.allInnerTexts()).join()).toMatch(/FINISHED[^]*DECLINED/);

    await page.locator('.steps [aria-current]').focus();
    await page.keyboard.press('Home');
    expect(await page.locator('.step-detail h2').innerText()).toBe('Step 1');
    expect(await shown(page).innerText()).toBe('nothing yet');
    const sent = page.locator('.steps button', { hasText: 'is sent analysis.finished' });
    await sent.click();
    expect(await shown(page).innerText()).toContain('system_resolution: PROCESSING');
    // What comes meanwhile does not move what is looked at.
    folder.send({ type: 'group.posted', groupId: 'h', analyses: [{ id: 'face', kind: 'BIOMETRY' }] });
    await flushed();
    await page.locator('.steps button', { hasText: 'is sent group.posted' }).nth(1).waitFor();
    expect(await sent.getAttribute('aria-current')).toBe('step');
    await page.getByRole('button', { name: 'Latest' }).click();
    expect(await shown(page).innerText()).toContain('system_resolution: PROCESSING');
    const last = await page.locator('.step-detail h2').innerText();
    expect(await axeFindings(page)).toEqual([]);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the session' }).click();
    const saved = await (await download).path();
    const opened = openSession(readFileSync(saved, 'utf8'));
    if (!opened.ok) throw new Error(opened.problem);
    expect(opened.session.records()).toEqual(server.session.records());
    expect(noise).toEqual([`request: ${server.url}stream`]);

    // The page from the disk knows nothing of the server.
    const again = await openPage(browser, { address });
    await again.page.locator('.file input').setInputFiles(saved);
    await again.page.locator('.intake', { hasText: 'A saved session is shown' }).waitFor();
    expect(await again.page.locator('.step-detail h2').innerText()).toBe(last);
    await again.page.locator('.steps button', { hasText: 'is sent analysis.finished' }).click();
    expect(await shown(again.page).innerText()).toContain('system_resolution: PROCESSING');
    expect(await axeFindings(again.page)).toEqual([]);
    expect(again.noise).toEqual([]);
    await again.page.close();
    await page.close();
  });

  test('shows hostile records as text and stays within 360 pixels', async () => {
    const server = await serve();
    const { page, noise } = await openPage(browser, { url: server.url, address, width: 360 });
    // What is refused is told to those who look, and not kept for later.
    await page.locator('.intake', { hasText: 'Connected.' }).waitFor();
    const hostile = '<img src=x onerror=alert(1)>\u202e\u0000';
    const inspect = inspectTo(server.url);
    const states = { [hostile]: { states: { __proto__: {}, a: null } }, constructor: 7 };
    const definition = JSON.stringify({ id: hostile, states });
    inspect.send({ type: '@xstate.actor', sessionId: hostile, name: hostile, definition });
    inspect.send({ type: '@xstate.actor', sessionId: 'x:1', name: 'no JSON', definition: '{' });
    const snapshot = { status: hostile, value: { [hostile]: { a: ['x'.repeat(9999)] } } };
    inspect.send({ type: '@xstate.snapshot', sessionId: hostile, snapshot, event: { type: hostile } });
    inspect.send({ type: hostile, sessionId: 'x' });
    await inspect.flushed();
    await page.locator('.notice', { hasText: 'type: expected @xstate.actor' }).waitFor();
    await page.locator('.state-tree .active').first().waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toMatch(/[\p{Cf}\p{Co}]/u);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await axeFindings(page)).toEqual([]);
    expect(noise).toEqual([`request: ${server.url}stream`]);
    await page.close();
  });

  test('says that a file is no session, and asks nobody where it was opened from the disk', async () => {
    const { page, noise } = await openPage(browser, { address });
    await page.locator('.intake', { hasText: 'was not served by oz-status inspect' }).waitFor();
    const buffer = Buffer.from('{"folder_id":"f"}\n');
    await page.locator('.file input').setInputFiles({ name: 'other.ndjson', mimeType: 'text/plain', buffer });
    await page.locator('.notice', { hasText: 'other.ndjson cannot be opened' }).waitFor();
    expect(noise).toEqual([]);
    await page.close();
  });

  test('passes all but microsteps on to an inspector elsewhere, where one was named', async () => {
    const inspector = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(`<p>messages:</p><script>
        addEventListener('message', ({ data }) => {
          document.querySelector('p').textContent += ' ' + data.type + ' ' + data._version;
        });
        parent.postMessage({ type: '@statelyai.connected' }, '*');
      </script>`);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void inspector.close());
    await once(inspector, 'listening');
    const { port } = inspector.address() as AddressInfo;
    const server = await serve(new URL(`http://127.0.0.1:${port}/`));
    await runFolder(server.url);
    const page = await browser.newPage();
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    await page.goto(`${server.url}hosted`);
    const text = page.frameLocator('iframe').locator('p');
    const expected = server.session.records().filter(({ type }) => type !== '@xstate.microstep');
    const words = expected.map(({ type }) => `${type} 0.7.2`).join(' ');
    await text.filter({ hasText: words }).waitFor();
    expect(await text.innerText()).toBe(`messages: ${words}`);
    expect(noise).toEqual([]);
    await page.close();
    inspector.closeAllConnections();
  });
});
