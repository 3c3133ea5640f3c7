import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from './chromium.ts';
import { openPage, servePage, type PageServer } from './reviewer-page.ts';

let browser: Browser;
let server: PageServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const payload = async (page: Page): Promise<unknown> =>
  JSON.parse(await page.locator('.payload').innerText());
const says = (page: Page) => page.locator('.live').innerText();
const addressOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash.slice(1));
/** The states that a picture marks as active, innermost only. */
const active = (page: Page) =>
  page
    .locator('.active:not(:has(.active))')
    .evaluateAll((marked) => marked.map((one) => one.dataset['state']));

/** Posts liveness and face matching, declines the first and passes the second. */
async function playDeclined(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^POST group g1/ }).click();
  await page
    .getByRole('group', { name: 'Liveness g1.a1' })
    .getByRole('button', { name: /DECLINED/ })
    .click();
  await page
    .getByRole('group', { name: 'Face Matching g1.a2' })
    .getByRole('button', { name: /ends as SUCCESS/ })
    .click();
}

describe('playing', () => {
  test.each([['a file'], ['a server']])('shows what the API would answer, opened from %s', async (from) => {
    const { page, noise } = await openPage(browser, {
      address: '1/play',
      ...(from === 'a server' ? { url: server.url } : {}),
    });
    await playDeclined(page);
    expect(await payload(page)).toMatchObject({
      resolution_status: 'FINISHED',
      system_resolution: 'DECLINED',
      analyses: [
        { type: 'QUALITY', state: 'FINISHED', resolution_status: 'DECLINED' },
        { type: 'BIOMETRY', state: 'FINISHED', resolution_status: 'SUCCESS' },
      ],
    });
    expect(await says(page)).toBe('g1.a2 ends as SUCCESS.');
    expect(new Set(await active(page))).toEqual(
      new Set([
        'folder.resolution_status.FINISHED',
        'folder.system_resolution.DECLINED',
        'analysis.FINISHED.SUCCESS',
        'group.DECLINED',
      ]),
    );
    const taken = page.locator('.taken');
    expect(await taken.evaluateAll((moves) => moves.map((one) => one.dataset['to']))).toEqual([
      'folder.resolution_status.FINISHED',
      'folder.system_resolution.DECLINED',
      'analysis.FINISHED.SUCCESS',
      'group.DECLINED',
    ]);
    expect(noise).toEqual([]);
    expect(server.asked).toEqual([]);
    await page.close();
  });

  test('undoes, redoes and restarts with buttons and keys', async () => {
    const { page } = await openPage(browser, { address: '1/play' });
    await playDeclined(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await payload(page)).toMatchObject({ resolution_status: 'PROCESSING' });
    await page.keyboard.press('Control+z');
    await page.waitForURL(/#1\/play\?events=post.QUALITY.BIOMETRY,1.DECLINED,2.SUCCESS&at=1$/);
    await page.keyboard.press('Control+y');
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await payload(page)).toMatchObject({ resolution_status: 'FINISHED' });
    await page.getByRole('button', { name: 'Restart' }).click();
    expect(await payload(page)).toMatchObject({ resolution_status: 'INITIAL', analyses: [] });
    await page.close();
  });

  test('says what each event would do, and why the refused ones are [LIVENESS-NO-OPERATOR]', async () => {
    const { page } = await openPage(browser, { address: '1/play?events=post.QUALITY.BIOMETRY,2.SUCCESS' });
    const liveness = page.getByRole('group', { name: 'Liveness g1.a1' });
    const decline = liveness.getByRole('button', { name: /ends as DECLINED/ });
    expect(await decline.locator('.effect').innerText()).toMatch(/FINISHED\s*·?\s*DECLINED/);
    await liveness.locator('summary').click();
    expect(await liveness.locator('.refused').innerText()).toContain('LIVENESS-NO-OPERATOR');
    const settled = page.getByRole('group', { name: 'Face Matching g1.a2' });
    await settled.locator('summary').click();
    expect(await settled.locator('.refused').innerText()).toContain(
      'g1.a2 has settled as SUCCESS and stays so',
    );
    await page.close();
  });

  test('works from the keyboard alone', async () => {
    const { page } = await openPage(browser);
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () => page.evaluate<string>('document.activeElement.innerText');
    // Past the link that skips the menu, and two views.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await page.locator('h1:focus', { hasText: 'Play a folder' }).waitFor();
    for (let tries = 0; tries < 20 && !(await focused()).startsWith('POST group'); tries++)
      await press('Tab');
    await press('Enter');
    expect(await payload(page)).toMatchObject({ resolution_status: 'PROCESSING' });
    await page.close();
  });
});

test('comparing plays the shortest scenario that tells two answers apart, side by side', async () => {
  const { page, noise } = await openPage(browser);
  const question = page.locator('.question-card', { hasText: 'result-while-running' });
  await question.getByRole('button', { name: /Show the difference/ }).click();
  const fieldsOf = (name: string) =>
    page
      .getByRole('region', { name: `Reading ${name}` })
      .locator('.both-fields .status')
      .allInnerTexts();
  expect(await fieldsOf('A')).toEqual(['PROCESSING', 'PROCESSING']);
  const { y } = (await page.locator('.story').boundingBox())!;
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y).toBeLessThan(200);
  expect(await fieldsOf('B')).toEqual(['PROCESSING', 'SUCCESS']);
  expect(await page.locator('.history .differs').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await fieldsOf('B')).toEqual(await fieldsOf('A'));
  expect(noise).toEqual([]);
  await page.close();
});

test('a click on a state fires the event that leads there, by pointer and by key', async () => {
  const { page, noise } = await openPage(browser, { address: '1/play' });
  const state = (name: string) => page.locator(`[data-state="${name}"]`);
  await state('folder.resolution_status.PROCESSING').first().click();
  expect(await payload(page)).toMatchObject({ resolution_status: 'PROCESSING' });
  await state('analysis.FINISHED.DECLINED').first().focus();
  await page.keyboard.press('Enter');
  expect(await says(page)).toBe('g1.a1 ends as DECLINED.');
  const possible = page.locator('.possible[data-state]');
  expect(await possible.evaluateAll((all) => all.map((one) => one.getAttribute('role')))).not.toContain(null);
  const failed = state('folder.resolution_status.INITIAL').first();
  expect(await failed.getAttribute('role')).toBe(null);
  await page
    .locator('[data-to="folder.resolution_status.FAILED"]')
    .first()
    .dispatchEvent('pointerover', { bubbles: true });
  expect(await page.locator('figure .hint').first().innerText()).toContain(
    'rule 3: an analysis of the folder is FAILED',
  );
  expect(noise).toEqual([]);
  await page.close();
});

test('a click on an arrow from where a field stands fires the event that leads along it', async () => {
  const { page, noise } = await openPage(browser, { address: '1/play?events=post.QUALITY' });
  const arrow = (to: string) => page.locator(`[data-to="${to}"]`).first();
  expect(await arrow('folder.resolution_status.INITIAL').count()).toBe(0);
  await arrow('folder.resolution_status.FAILED').locator('.reach').dispatchEvent('click', { bubbles: true });
  expect(await says(page)).toBe('g1.a1 ends in an error: FAILED.');
  // It stands no longer where this arrow begins.
  await arrow('folder.resolution_status.FINISHED')
    .locator('.reach')
    .dispatchEvent('click', { bubbles: true });
  expect(await page.locator('.story').innerText()).toContain('Step 2 of 2');
  expect(noise).toEqual([]);
  await page.close();
});

test.each([390, 1280, 1920])(
  'every comparison shows where both readings stand, %i pixels wide',
  async (width) => {
    const { page } = await openPage(browser, { address: '1/compare', width });
    const buttons = page.getByRole('button', { name: /^Show the difference/, includeHidden: true });
    const count = await buttons.count();
    expect(count).toBeGreaterThan(10);
    for (let at = 0; at < count; at += 1) {
      await buttons.nth(at).evaluate((button: HTMLElement) => {
        button.click();
      });
      await page.locator('.story', { hasText: 'The shortest scenario that tells' }).waitFor();
      const cut = await page.locator('.active:not(:has(.active))').evaluateAll((all) =>
        all
          .map(
            (one) => [one.getBoundingClientRect(), one.closest('.picture')!.getBoundingClientRect()] as const,
          )
          .filter(([box, frame]) => box.left < frame.left - 1 || box.right > frame.right + 1)
          .map(([box, frame]) => [box.left, box.right, frame.left, frame.right].join()),
      );
      expect(cut, `comparison ${at}`).toEqual([]);
    }
    await page.close();
  },
);

test('the gallery plays a scenario and gives it away as JSON and as Mermaid', async () => {
  const { page, noise } = await openPage(browser, { address: '1/gallery' });
  await page.getByRole('button', { name: /^Show the end ?: Two steps/ }).click();
  expect(await payload(page)).toMatchObject({ resolution_status: 'FINISHED', system_resolution: 'SUCCESS' });
  await page.getByRole('link', { name: 'Gallery' }).click();
  const text = page.locator('textarea');
  expect(JSON.parse(await text.inputValue())).toMatchObject({
    events: [{ type: 'group.posted' }, {}, {}, {}],
  });
  await page.getByLabel('Mermaid sequence').check();
  expect(await text.inputValue()).toMatch(/^sequenceDiagram\n/);
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as scenario.mmd' }).click();
  expect((await saving).suggestedFilename()).toBe('scenario.mmd');
  expect(noise).toEqual([]);
  await page.close();
});

describe('the address', () => {
  test('opens for somebody else what it was copied from', async () => {
    const first = await openPage(browser, { address: '1/play' });
    await playDeclined(first.page);
    await first.page.waitForURL(/2\.SUCCESS$/);
    const second = await openPage(browser, { address: addressOf(first.page) });
    expect(await payload(second.page)).toEqual(await payload(first.page));
    await first.page.close();
    await second.page.close();
  });

  test.each([
    ['markup', '1/play?events=<img src=x onerror=alert(1)>'],
    ['a script', '1/play?reading=javascript:alert(1)'],
    ['another version', '99/play'],
    ['a view that is not there', '1/constructor'],
    ['an analysis that was not posted', '1/play?events=7.SUCCESS'],
    ['a name that every object has', '1/play?reading=__proto__.constructor'],
    ['something endless', `1/play?events=${'post.QUALITY,'.repeat(5000)}`],
    ['broken escapes', '%E0%A4%A'],
  ])('that holds %s gives a notice and the start', async (_what, address) => {
    const { page, noise } = await openPage(browser, { address });
    expect(await page.getByRole('alert').innerText()).toContain('The page begins at its start');
    expect(await page.locator('h1').innerText()).toBe('What do the statuses mean?');
    expect(noise).toEqual([]);
    await page.close();
  });
});

test('the page can connect to nothing, not even to where it came from', async () => {
  const { page } = await openPage(browser, { url: server.url });
  const before = server.asked.length;
  const tried = await page.evaluate<readonly string[]>(`Promise.all([
    fetch('/stolen').then(() => 'fetched', () => 'refused'),
    new Promise((done) => {
      const image = new Image();
      image.onload = () => done('loaded');
      image.onerror = () => done('refused');
      image.src = '/stolen.png';
    }),
  ])`);
  expect(tried).toEqual(['refused', 'refused']);
  expect(server.asked.length).toBe(before);
  await page.close();
});
