import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest, recordingsDirectory } from '../../src/cli/commands/bundled.ts';
import { repository } from '../cli/built.ts';
import { startBrowser } from './chromium.ts';
import { axeFindings, openPage } from './reviewer-page.ts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), 'oz-status-recordings-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Drops a file on the page, as a hand with a mouse does. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const base64 = JSON.stringify(Buffer.from(bytes).toString('base64'));
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob(${base64}), (sign) => sign.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], ${JSON.stringify(name)}));
    document.querySelector('.intake').dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    );
  })()`);
  await page
    .locator('.results h2')
    .filter({ hasText: name.slice(0, 20) })
    .waitFor();
}

const dropText = (page: Page, name: string, text: string) => drop(page, name, new TextEncoder().encode(text));
const poll = (id: string, status: string) =>
  JSON.stringify({ folder_id: id, resolution_status: status, system_resolution: 'PROCESSING' });

describe('checking', () => {
  test('judges each bundled recording that is dropped as the program does', async () => {
    const { page, noise } = await openPage(browser, { address: '1/check' });
    for (const { file, expected } of readManifest()) {
      await drop(page, file, readFileSync(join(repository, recordingsDirectory, file)));
      const heading = await page.locator('.results h2').innerText();
      expect(heading, file).toContain(`exit code ${expected.exitCode}`);
      const wanted = Object.values(expected.verdicts).toSorted();
      const shown = page.locator('.folder-rows .verdict');
      if (wanted.length > 0) await shown.nth(wanted.length - 1).waitFor();
      expect((await shown.allInnerTexts()).toSorted(), file).toEqual(wanted);
    }
    expect(noise).toEqual([]);
    await page.close();
  });

  test('says what was left aside, what is no recording, and leaves the page for no file', async () => {
    const { page } = await openPage(browser, { address: '1/check', width: 390, height: 700 });
    const other = { method: 'GET', url: 'https://api.example/healthz', status: 200, body: {} };
    await dropText(page, 'other.ndjson', `${JSON.stringify(other)}\n${poll('f', 'INITIAL')}\n`);
    const results = page.locator('.results');
    expect(await results.innerText()).toMatch(/left aside\s+1: the request is not one of[^]*GET \/healthz/);
    // Below the fold of a telephone, what a check came to is brought into view.
    const { y = -1 } = (await results.locator('h2').boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(700);
    await dropText(page, 'page.html', '<!doctype html><script>document.title = "taken"</script>');
    expect(await axeFindings(page)).toEqual([]);
    const prevented = await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'stray.html'));
      const stray = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector('h1').dispatchEvent(stray);
      return stray.defaultPrevented;
    })()`);
    expect(prevented).toBe(true);
    await page.close();
  });

  test('judges again with fields that may be older than the list [FOLDER-STAGE]', async () => {
    const { page, noise } = await openPage(browser, { address: '1/check', width: 390 });
    const polls = ['PROCESSING', 'SUCCESS'].map((resolution) =>
      JSON.stringify({
        folder_id: 'f',
        resolution_status: 'PROCESSING',
        system_resolution: 'PROCESSING',
        analyses: [{ analyse_id: 'a', resolution_status: resolution }],
      }),
    );
    await dropText(page, 'replica.ndjson', polls.join('\n'));
    const verdict = page.locator('.folder-rows .verdict');
    expect(await verdict.allInnerTexts()).toEqual(['violates']);
    await page.locator('.settings summary').click();
    await page.getByLabel('The fields of a folder may be older').check();
    await page.getByRole('button', { name: 'Judge again' }).click();
    await verdict.filter({ hasText: 'conforms' }).waitFor();
    await page.getByRole('link', { name: 'Play' }).click();
    await page.getByRole('link', { name: 'Check' }).click();
    await verdict.filter({ hasText: 'conforms' }).waitFor();
    await page.locator('.settings summary').click();
    expect(await page.getByLabel('The fields of a folder may be older').isChecked()).toBe(true);
    expect(await page.getByRole('button', { name: 'Judge again' }).count()).toBe(0);
    expect(noise).toEqual([]);
    await page.close();
  });

  test('steps through a timeline by keys, with findings and what could be going on', async () => {
    const { page } = await openPage(browser, { address: '1/check' });
    await page.locator('.bundled select').selectOption('finality-violated.ndjson');
    await page.getByRole('button', { name: 'Check it' }).click();
    const detail = page.locator('.step-detail');
    expect(await detail.locator('.finding h4').innerText()).toBe('violation SETTLED_ANALYSIS_CHANGED');
    expect(await detail.locator('.finding .facts').innerText()).toMatch(/allowed\s+DECLINED/);
    await detail.locator('.explanations').waitFor();
    await page.locator('.steps [aria-current]').focus();
    await page.keyboard.press('Home');
    expect(await detail.locator('h3').innerText()).toBe('Step 1');
    await page.keyboard.press('ArrowDown');
    expect(await detail.locator('h3').innerText()).toBe('Step 2');
    await page.getByRole('button', { name: 'Next finding' }).click();
    expect(await detail.locator('.finding').count()).toBe(1);
    await page.close();
  });

  test.each([
    ['markup', `{"folder_id":"<img src=x onerror=alert(1)>","resolution_status":"<script>1</script>"}`],
    ['controls', `{"folder_id":"\\u202e\\u0000\\u001b[31m","resolution_status":"\\ud800"}`],
    ['huge numbers', `{"folder_id":${'9'.repeat(400)},"resolution_status":1e999}`],
    ['broken JSON', `{"folder_id":"f","resolution_status":"FINISHED"\n{"folder_id"`],
    ['endless nesting', '['.repeat(100_000)],
    ['a long id', `{"folder_id":"${'x'.repeat(100_000)}","resolution_status":"FAILED"}`],
    [
      'names of objects',
      `{"__proto__":{"folder_id":"f"},"folder_id":"constructor","resolution_status":"toString"}`,
    ],
    ['bytes that are no text', '\u0000\u0001\u0002'],
    ['nothing', ''],
  ])('shows a recording with %s as text and nothing else', async (what, text) => {
    const { page, noise } = await openPage(browser, { address: '1/check', width: 360 });
    await dropText(page, `${what}.json`, text);
    expect(await page.locator('.results img, .results script, .results iframe').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(noise).toEqual([]);
    await page.close();
  });

  test('pages long lists and says which part is shown', async () => {
    const { page } = await openPage(browser, { address: '1/check' });
    const many = Array.from({ length: 60 }, (_, at) => poll(`folder-${at}`, 'PROCESSING'));
    const long = Array.from({ length: 120 }, (_, at) => poll('long', at % 2 === 0 ? 'PROCESSING' : 'FAILED'));
    await dropText(page, 'many.ndjson', [...many, ...long].join('\n'));
    expect(await page.locator('.pager').first().innerText()).toContain('Folders 1 to 25 of 61');
    await page.locator('.pager').first().getByRole('button', { name: 'Next' }).click();
    await page.getByText('Folders 26 to 50 of 61').waitFor();
    expect(await page.locator('.folder-rows li').count()).toBe(25);
    expect(await page.locator('.steps li').count()).toBeLessThanOrEqual(50);
    await page.close();
  });
});

describe('a recording of 50 MB', () => {
  const megabytes = 50;

  async function largeFile(): Promise<string> {
    const path = join(folder, 'large.ndjson');
    const stream = createWriteStream(path);
    // Folders of their own in each portion, as long recordings have; the rest of a line is what clients record too.
    const padding = 'x'.repeat(1800);
    for (let portion = 0; portion < megabytes; portion++) {
      const portionLines = Array.from({ length: 500 }, (_, at) =>
        JSON.stringify({
          folder_id: `folder-${portion}-${Math.floor(at / 10)}`,
          resolution_status: at % 10 < 5 ? 'PROCESSING' : 'FINISHED',
          system_resolution: at % 10 < 5 ? 'PROCESSING' : 'SUCCESS',
          meta_data: { padding: padding + padding.slice(0, 200) },
        }),
      );
      if (!stream.write(`${portionLines.join('\n')}\n`)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
    return path;
  }

  test('is judged while the page goes on answering, and can be cancelled', async () => {
    const path = await largeFile();
    const { page, noise } = await openPage(browser, { address: '1/check' });
    // The longest time for which the page did nothing else, by a clock of its own.
    await page.evaluate(`(() => {
      let last = performance.now();
      window.longest = 0;
      setInterval(() => {
        const now = performance.now();
        window.longest = Math.max(window.longest, now - last);
        last = now;
      }, 10);
    })()`);
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('.running, .results').count()).toBe(0);

    const begin = performance.now();
    await page.locator('input[type=file]').setInputFiles(path);
    await page.locator('.running').waitFor();
    await page.getByRole('link', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: 'Check', exact: true }).click();
    await page.locator('.results h2').waitFor();
    const took = performance.now() - begin;
    expect(await page.locator('.results h2').innerText()).toContain('exit code 0');
    expect(await page.locator('.results').innerText()).toContain('2,500 folders, 25,000 observations');
    // Judged by the page itself it would be all of the time.
    expect(await page.evaluate<number>('window.longest')).toBeLessThan(took / 4);
    expect(noise).toEqual([]);
    await page.close();
  });
});

test('from a finding one goes on: by its address, under the reading that explains it, and into Play', async () => {
  const { page, noise } = await openPage(browser, { address: '1/check?file=failed-first.ndjson' });
  await page.locator('.results').getByText('Another reading explains it').waitFor();
  expect(await page.locator('.finding').first().innerText()).not.toContain('`');
  await page.getByRole('button', { name: 'Judge under this reading' }).click();
  await page.locator('.results .verdict', { hasText: 'conforms' }).first().waitFor();
  await page.waitForURL(/reading=status-precedence.failed-first&file=failed-first.ndjson/);
  await page.getByText('The charts at this step').click();
  expect(await page.locator('.step-detail .active').count()).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Open in Play' }).first().click();
  await page.locator('h1', { hasText: 'Play a folder' }).waitFor();
  expect(await page.locator('.history li').count()).toBeGreaterThan(1);
  expect(noise).toEqual([]);
  await page.close();
});

test('a small recording can be put into the address, and is judged by whoever opens it', async () => {
  const { page, noise } = await openPage(browser, { address: '1/check' });
  const text = JSON.stringify({ folder_id: 'f', resolution_status: 'FAILED', system_resolution: 'INITIAL' });
  await page
    .locator('.intake input[type=file]')
    .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Put the recording into the address' }).click();
  await page.waitForURL(/data=[\w-]+$/);
  const address = new URL(page.url()).hash.slice(1);
  const other = await openPage(browser, { address });
  await other.page.locator('.results .verdict', { hasText: 'violates' }).first().waitFor();
  const broken = await openPage(browser, { address: '1/check?data=AAAA' });
  const said = broken.page.locator('.live', { hasText: 'no recording that can be read' });
  await said.waitFor();
  // Nothing else of the page says it: it is there for eyes as well.
  expect((await said.boundingBox())?.width).toBeGreaterThan(200);
  expect([...noise, ...other.noise, ...broken.noise]).toEqual([]);
  for (const one of [page, other.page, broken.page]) await one.close();
});
