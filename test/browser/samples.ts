import type { Page } from 'playwright-core';

/** Opens the page that is shown at another address. */
const at =
  (address: string) =>
  async (page: Page): Promise<void> => {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
    await page.locator(`.view-${address.split('/')[1]?.split('?')[0]}`).waitFor();
  };

const played = '1/play?events=post.QUALITY.BIOMETRY,1.DECLINED,2.SUCCESS,post.BIOMETRY.DOCUMENTS,3.SUCCESS';

async function checked(page: Page): Promise<void> {
  await at('1/check')(page);
  await page.locator('.bundled select').selectOption('two-steps.ndjson');
  await page.getByRole('button', { name: 'Check it' }).click();
  await page.locator('.explanations').waitFor();
}

async function reviewed(page: Page): Promise<void> {
  await at('1/review')(page);
  const judgement = page.getByRole('group', { name: 'Your judgement of STATE-FAILED-MEANS' });
  await judgement.getByLabel('object').check();
  await page.locator('.passage', { has: judgement }).locator('summary').first().click();
}

/** The pictures in the documentation: by the name of their file, in one theme, as much as such a window shows. */
export const documented = [
  {
    name: 'play',
    opening: { address: played, theme: 'light', height: 860 },
    prepare: () => Promise.resolve(),
  },
  { name: 'check', opening: { theme: 'dark', height: 1000 }, prepare: checked },
  { name: 'review', opening: { theme: 'light', height: 900 }, prepare: reviewed },
] as const;

/** The views as they are looked at: by a name, and what brings the freshly opened page there. */
export const samples: readonly (readonly [name: string, prepare: (page: Page) => Promise<void>])[] = [
  ['start', at('1/start')],
  ['review', reviewed],
  [
    'play',
    async (page) => {
      await at(played)(page);
      await page.locator('details.settings summary').click();
      await page.locator('details.refused summary').first().click();
    },
  ],
  [
    'compare',
    async (page) => {
      await at('1/compare')(page);
      await page
        .locator('.question-list details', { hasText: 'result-while-running' })
        .locator('summary')
        .click();
      await page.getByRole('button', { name: /Show the difference: processing or hold/ }).click();
      await page.locator('details.settings summary').click();
    },
  ],
  ['check', checked],
  [
    'simulate',
    async (page) => {
      await at('1/simulate')(page);
      await page.getByLabel('Scenario').selectOption('finished-is-no-pass');
      await page.getByRole('button', { name: 'Create a folder with liveness and face matching' }).click();
      for (let poll = 1; poll <= 4; poll++) {
        await page.getByRole('button', { name: 'Poll the folder' }).click();
        await page.locator('.sent li').nth(poll).waitFor();
      }
    },
  ],
  ['gallery', at('1/gallery?events=post.QUALITY.BIOMETRY,1.DECLINED,2.SUCCESS')],
  ['live', at('1/live')],
];
