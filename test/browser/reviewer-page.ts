import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../cli/built.ts';

/** The built page. */
export const pageFile = join(repository, 'docs/index.html');
const pageUrl = pathToFileURL(pageFile).href;

/** How a test opens the page. */
export interface Opening {
  /** What stands after `#`. */
  readonly address?: string;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Default: the file itself, as from a disk. */
  readonly url?: string;
}

/** The page in a window of its own, and whatever it said or asked for that it should not. */
export interface Opened {
  readonly page: Page;
  /** Messages on the console, errors, and requests for anything but the page. */
  readonly noise: readonly string[];
}

/** Opens the page. */
export async function openPage(browser: Browser, opening: Opening = {}): Promise<Opened> {
  const { address = '', theme = 'light', width = 1280, height = 900, url = pageUrl } = opening;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const isPage = request.url().split('#')[0] === url;
    if (!isPage && !request.url().startsWith('blob:')) noise.push(`request: ${request.url()}`);
  });
  page.on('websocket', (socket) => noise.push(`socket: ${socket.url()}`));
  await page.goto(address === '' ? url : `${url}#${address}`);
  await page.locator('h1').waitFor();
  return { page, noise };
}

/** What axe finds wrong with what is shown now, one line for each place. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // The policy of the page forbids scripts in it; this one comes with the debugger.
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly AxeRule[]>(
    'axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations)',
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

interface AxeRule {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** A server that serves the page and counts what it is asked for besides. */
export interface PageServer {
  readonly url: string;
  readonly asked: readonly string[];
  close(): void;
}

/** Serves the page on this machine. */
export async function servePage(): Promise<PageServer> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(readFileSync(pageFile));
    else {
      asked.push(request.url ?? '');
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
