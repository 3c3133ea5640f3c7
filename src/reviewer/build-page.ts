import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import type { Reviewed } from '../review/record.ts';
import { factsForPage } from './facts-for-page.ts';
import { factsElement, workerElement } from './page/facts.ts';
import { pageColours } from './page-colours.ts';

/** Where the parts of the page are. */
export interface PageParts {
  /** The directory of the sources of the page. */
  readonly sources: string;
  /** The directory of the bundled recordings. */
  readonly recordings: string;
  /** What a reviewer looks at. */
  readonly reviewed: Reviewed;
}

/**
 * The page as one HTML file that needs nothing else. Its policy forbids every connection, and every script but
 * those that it holds. The same bytes on every run.
 */
export async function buildPage({ sources, recordings, reviewed }: PageParts): Promise<string> {
  const worker = await bundle({
    root: sources,
    // The readers of recordings unpack with what Node brings along.
    resolve: { alias: { 'node:zlib': join(sources, 'check/browser-zlib.ts') } },
    // As a library, so that what is loaded on use comes without what loads it early in a page.
    build: { lib: { entry: join(sources, 'check/check-worker.ts'), formats: ['iife'], name: 'checkWorker' } },
  });
  const script = worker.find((part) => part.type === 'chunk')!.code;
  const facts = await factsForPage(recordings, reviewed);
  const page = await bundle({
    root: sources,
    plugins: [viteSingleFile({ removeViteModuleLoader: true })],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { rolldownOptions: { input: join(sources, 'index.html') } },
  });
  const html = page.find((part) => part.fileName === 'index.html');
  if (html?.type !== 'asset') throw new Error('the bundler wrote no index.html');
  return withPolicy(
    String(html.source)
      .replace('<!-- colours -->', () => `<style>${pageColours()}</style>`)
      .replace('<!-- facts -->', () => dataElement(factsElement, 'application/json', asJson(facts)))
      .replace('<!-- worker -->', () => dataElement(workerElement, 'application/json', asJson(script))),
  );
}

type Parts = Rolldown.RolldownOutput['output'];

async function bundle(config: InlineConfig): Promise<Parts> {
  // The bundler takes packages made for development where a runner of tests has named another environment.
  const { NODE_ENV: before } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    return await buildOnce(config);
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function buildOnce(config: InlineConfig): Promise<Parts> {
  const [built, ...more] = [
    await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      envDir: false,
      ...config,
      build: { target: 'es2023', write: false, modulePreload: false, ...config.build },
    }),
  ].flat();
  if (!built || more.length > 0 || !('output' in built))
    throw new Error('the bundler gave more than one bundle');
  return built.output;
}

/** JSON that cannot end the element in which it stands. */
const asJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

const dataElement = (id: string, type: string, text: string): string =>
  `<script type="${type}" id="${id}">${text}</script>`;

/** The page with its policy: only the scripts and styles that it holds, workers made from them, no connection. */
function withPolicy(html: string): string {
  const hashes = (elements: RegExp): string =>
    [...html.matchAll(elements)]
      .map(([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`)
      .join(' ');
  const policy = [
    `default-src 'none'`,
    `script-src ${hashes(/<script type="module"[^>]*>([^]*?)<\/script>/g)}`,
    `style-src ${hashes(/<style[^>]*>([^]*?)<\/style>/g)}`,
    `worker-src blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return html.replace(
    '<!-- policy -->',
    () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}
