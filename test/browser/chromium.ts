import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { putInPlace, repository } from '../cli/built.ts';

/** The browser of the tests: it comes with an npm package and needs nothing of the system. */

/** Libraries and fonts are unpacked only where the package takes the system for the one that it is made for. */
const madeFor = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };

/**
 * The directory into which the browser is unpacked, in the temporary directory under the version of its package, so
 * that later runs find it. It takes its place whole: another test may look for it at the same time.
 */
async function unpackedBrowser(): Promise<string> {
  const manifest = readFileSync(join(repository, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const place = join(tmpdir(), `oz-status-chromium-${version}`);
  if (existsSync(place)) return place;
  const draft = mkdtempSync(join(tmpdir(), 'oz-status-chromium-draft-'));
  const before = { ...process.env };
  try {
    Object.assign(process.env, madeFor, { TMPDIR: draft });
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  putInPlace(draft, place);
  return place;
}

/** Those of the arguments that the package recommends which do not weaken what is tested. */
const args = [
  '--headless=shell',
  // Test machines often run as a user for whom the kernel offers no sandbox.
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  // Containers offer little shared memory.
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--disable-domain-reliability',
  '--no-pings',
];

/** Starts the browser. */
export async function startBrowser(): Promise<Browser> {
  const place = await unpackedBrowser();
  return chromium.launch({
    executablePath: join(place, 'chromium'),
    args,
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(place, 'al2023/lib'),
      FONTCONFIG_PATH: join(place, 'fonts'),
    },
  });
}
