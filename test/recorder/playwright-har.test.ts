import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../browser/chromium.ts';
import { program, runNode } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';
import { declinedFolder, startApi } from './api-server.ts';

let browser: Browser;
let directory = '';

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'har-'));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

const requests = [
  ['POST', '/api/authorize/auth'],
  ['POST', '/api/folders/'],
  ['POST', '/api/folders/f-1/analyses/'],
  ['GET', '/api/folders/f-1?with_analyses=true'],
  ['GET', '/api/folders/f-1?with_analyses=true'],
] satisfies [string, string][] as [string, string][];

/** The script of a page that does what a client does, against a server of its own. */
async function flow(page: Page): Promise<void> {
  const server = await startApi({ ...declinedFolder, 'GET /': [{ body: '<p>page</p>', type: 'text/html' }] });
  await page.goto(server.origin);
  await page.evaluate(async (list) => {
    for (const [method, address] of list) await (await fetch(address, { method })).text();
  }, requests);
  await server.close();
}

const [inGuide, ...others] = blocksOf('docs/guide/recordings.md', 'js');

/** The HAR that the example of the guide writes, with other options of recording where they are given. */
async function recordPage(options?: string): Promise<string> {
  const path = join(directory, `${browser.contexts().length}.har`);
  const code = (inGuide?.text ?? '')
    .replace('// … the flow …', 'await flow(page);')
    .replace("'session.har'", JSON.stringify(path))
    .replace(/, content:.*(?= \})/, (shown) => options ?? shown);
  const url = `data:text/javascript,${encodeURIComponent(`export async function run(browser, flow) {${code}}`)}`;
  const example = (await import(/* @vite-ignore */ url)) as {
    run(...given: [Browser, typeof flow]): Promise<void>;
  };
  await example.run(browser, flow);
  return path;
}

describe('a HAR that Playwright wrote', () => {
  test('is shown how to get in the guide, once', () => {
    expect(inGuide?.text).toContain('recordHar');
    expect(others).toEqual([]);
  });

  test.each([
    ['as the guide says', undefined, 0],
    ['with its defaults', '', 1],
    ['in its minimal mode', ", mode: 'minimal', content: 'embed'", 1],
  ])('is checked as it is: %s', async (_how, options, pages) => {
    const path = await recordPage(options);
    const { code, stdout } = await runNode([program(), 'check', '--all', '--format', 'json', path]);
    const { folders, summary } = JSON.parse(stdout) as {
      readonly folders: readonly { readonly folderId: string; readonly verdict: string }[];
      readonly summary: { readonly observations: number };
    };
    expect(code).toBe(0);
    expect(folders.map(({ folderId, verdict }) => [folderId, verdict])).toEqual([['f-1', 'conforms']]);
    expect(summary.observations).toBe(4);
    const { log } = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly log: { readonly entries: object[] };
    };
    expect(log.entries).toHaveLength(requests.length + pages);
  });
});
