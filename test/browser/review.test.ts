import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsElement, type PageFacts } from '../../src/reviewer/page/facts.ts';
import { inventPage, type InventedPage } from '../review/invented-page.ts';
import { temporaryDirectory } from '../tidy/temporary.mjs';
import { startBrowser } from './chromium.ts';
import { openPage, pageFile, type Opened } from './reviewer-page.ts';

let browser: Browser;
let page: InventedPage;
let url: string;
/** The page, knowing an invented page instead of the captured one: of that no copy is at hand. */
beforeAll(async () => {
  browser = await startBrowser();
  page = await inventPage();
  const html = readFileSync(pageFile, 'utf8');
  const place = new RegExp(`(id="${factsElement}">)([^]*?)(?=</script>)`);
  const facts = JSON.parse(place.exec(html)![2]!) as PageFacts;
  const text = JSON.stringify({ ...facts, reviewed: { ...facts.reviewed, passages: page.register } });
  const file = join(temporaryDirectory('review-'), 'index.html');
  writeFileSync(
    file,
    html.replace(place, (_, start: string) => start + text.replaceAll('<', '\\u003c')),
  );
  url = pathToFileURL(file).href;
});
afterAll(() => browser.close());

const open = (): Promise<Opened> => openPage(browser, { address: '1/review', url });
const drop = async (shown: Page, name: string, text: string): Promise<void> => {
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
  await shown.locator('.intake input[type=file]').first().setInputFiles(file);
  await shown.locator('.compared', { hasText: name }).waitFor();
};

async function saved(shown: Page, name: string): Promise<string> {
  const saving = shown.waitForEvent('download');
  await shown.getByRole('link', { name: `Save as ${name}` }).click();
  return readFileSync(await (await saving).path(), 'utf8');
}

test('a reviewer goes through all clauses beside a copy, marks them, saves the marks and signs off', async () => {
  const { page: shown, noise } = await open();
  await drop(shown, 'copy.md', page.markdown);
  const line = shown.getByRole('region', { name: 'section on system_resolution, sentence 8' });
  expect(await line.locator('blockquote').innerText()).toContain('Sentence number 8');
  await line.locator('summary').first().click();
  expect(await line.innerText()).toContain('folder, on group.posted, if the event is legal');
  // Every card by its buttons, as a reviewer would.
  const groups = shown.getByRole('group', { name: /^Your judgement of / });
  const count = await groups.count();
  await groups.evaluateAll((all) => {
    for (const one of all) one.querySelector<HTMLInputElement>('input')!.click();
  });
  await shown.getByText(`${count} of ${count} clauses judged`).waitFor();
  await line.getByRole('group', { name: 'GROUP-IS-ONE-POST' }).getByLabel('object').check();
  await line.getByLabel('Note on GROUP-IS-ONE-POST').fill('not in our version');
  await shown.getByRole('heading', { name: 'Sign off' }).click();
  const report = await saved(shown, 'review.html');
  expect(report).toContain('not in our version');
  expect(report).toContain(`${count} of ${count} clauses judged: ${count - 1} agreed, 1 objected to`);
  const marks = await saved(shown, 'marks.json');

  const other = await open();
  await other.page
    .locator('.intake input[type=file]')
    .nth(1)
    .setInputFiles({
      name: 'marks.json',
      mimeType: 'application/json',
      buffer: Buffer.from(marks),
    });
  await other.page.getByText(`${count} of ${count} clauses judged`).waitFor();
  await drop(
    other.page,
    'newer.html',
    page.html.replace('INITIAL</code> &#x2013; as', 'INITIAL</code> &#x2013; so').replace('number 8', '8'),
  );
  expect(await other.page.locator('.notice', { hasText: 'Judged before' }).innerText()).toMatch(
    /: FOLDER-INITIAL-MEANS, GROUP-IS-ONE-POST, GROUP-CONSTANT, FOLDER-INITIAL-ONCE$/,
  );
  await other.page.getByLabel('Show').selectOption('changed');
  expect(await other.page.locator('.passage .differs').allInnerTexts()).toEqual(['changed', 'changed']);
  expect([...noise, ...other.noise]).toEqual([]);
  await shown.close();
  await other.page.close();
});

test('a file that is no copy is refused in words, and nothing at hand is lost', async () => {
  const { page: shown } = await open();
  await drop(shown, 'copy.md', page.markdown);
  await shown
    .locator('.intake input[type=file]')
    .first()
    .setInputFiles({
      name: 'other.md',
      mimeType: 'text/plain',
      buffer: Buffer.from('# Other <script>'),
    });
  expect(await shown.getByRole('alert').innerText()).toContain('other.md: expected a copy of the page');
  expect(await shown.locator('.compared').innerText()).toContain('copy.md');
  await shown.close();
});

test('nothing of a review gets lost by a reload, by another window or by another file', async () => {
  const context = await browser.newContext();
  const [shown, other] = [await context.newPage(), await context.newPage()];
  for (const each of [shown, other]) await each.goto(`${url}#1/review`);
  const changed = page.markdown.replace('number 8', '8');
  await drop(shown, 'copy.md', changed);
  const note = shown.getByLabel('Note on GROUP-IS-ONE-POST');
  const card = shown.getByRole('group', { name: 'Your judgement of GROUP-IS-ONE-POST' });
  await shown.getByLabel('Show').selectOption('open');
  await card.getByLabel('agree').check();
  await shown.getByRole('button', { name: /^Add a note ?: Note on GROUP-IS-ONE-POST/ }).click();
  await shown.keyboard.type('half a');
  const progress = shown.locator('.progress-bar');
  await other.getByRole('group', { name: 'Your judgement of WORST-ORDER' }).getByLabel('object').check();
  await progress.getByText(/^2 of /).waitFor();
  expect(await note.inputValue()).toBe('half a');
  await shown.reload();
  await progress.getByText(/^2 of [^]* 1 agreed, 1 objected to/).waitFor();
  expect(await shown.locator('.compared').innerText()).toContain('copy.md');
  expect(await note.inputValue()).toBe('half a');

  const none = JSON.stringify({
    format: 'oz-status-marks',
    version: 1,
    reviewer: '',
    clauses: {},
    answers: {},
  });
  const file = { name: 'marks.json', mimeType: 'application/json', buffer: Buffer.from(none) };
  await shown.locator('.intake input[type=file]').first().setInputFiles(file);
  await progress.getByText(/^0 of /).waitFor();
  await shown.getByRole('button', { name: 'Take them back' }).click();
  await progress.getByText(/^2 of /).waitFor();
  await shown.getByRole('button', { name: 'Begin anew' }).click();
  await progress.getByText(/^0 of /).waitFor();
  await shown.reload();
  expect(await shown.locator('.compared').count()).toBe(0);
  await progress.getByText(/^0 of /).waitFor();
  await context.close();
});

test.each([
  ['forbidden', `Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })`],
  ['full', `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }`],
])('where storage is %s, the page says so and goes on', async (_how, script) => {
  const context = await browser.newContext();
  await context.addInitScript(script);
  const shown = await context.newPage();
  await shown.goto(`${url}#1/review`);
  await shown.getByRole('group', { name: 'Your judgement of WORST-ORDER' }).getByLabel('agree').check();
  await shown.getByText(/^1 of /).waitFor();
  expect(await shown.getByRole('alert').innerText()).toContain('keeps no marks: save marks.json');
  await context.close();
});

test('what cannot be read, as a folder, is refused in words', async () => {
  const { page: shown, noise } = await open();
  await shown.evaluate(
    'Blob.prototype.text = () => Promise.reject(new DOMException("gone", "NotFoundError"))',
  );
  for (const [at, name] of ['copy.md', 'marks.json'].entries()) {
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from('') };
    await shown.locator('.intake input[type=file]').nth(at).setInputFiles(file);
    await shown
      .getByRole('alert')
      .filter({ hasText: `${name}: expected a file` })
      .waitFor();
  }
  expect(noise).toEqual([]);
  await shown.close();
});

test('marks that were kept and cannot be read are told, not dropped silently', async () => {
  const context = await browser.newContext();
  await context.addInitScript(`localStorage.setItem('oz-status-review', '{"format":"oz-status-marks"}')`);
  const shown = await context.newPage();
  await shown.goto(`${url}#1/review`);
  expect(await shown.getByRole('alert').innerText()).toMatch(
    /has kept cannot be read.*\/version: expected 1/,
  );
  await context.close();
});
