import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { putInPlace, repository } from '../cli/built.ts';
import { cacheDirectory, temporaryDirectory } from '../tidy/temporary.mjs';

/** The browser of the tests: it and its fonts come with npm packages and need nothing of the system. */

const require = createRequire(import.meta.url);
const browserPackage = join(dirname(require.resolve('@sparticuz/chromium')), '../..');

/** What text is drawn with: families of the widths of Arial and of Courier New, which most screens have. */
const families = [
  {
    name: 'Arimo',
    directory: dirname(require.resolve('@expo-google-fonts/arimo/package.json')),
    standsFor: ['sans-serif', 'system-ui', 'serif', 'Arial', 'Helvetica', 'Liberation Sans'],
  },
  {
    name: 'Cousine',
    directory: dirname(require.resolve('@expo-google-fonts/cousine/package.json')),
    standsFor: ['monospace', 'Courier New', 'Liberation Mono'],
  },
] as const;

const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];

/** The fonts that stand beside it, and no others; what fontconfig keeps of them stands there as well. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
${families
  .flatMap(({ name, standsFor }) =>
    standsFor.map(
      (family) =>
        `  <alias binding="same"><family>${family}</family><prefer><family>${name}</family></prefer></alias>\n`,
    ),
  )
  .join('')}</fontconfig>
`;

/** What the unpacked browser is made of: another version of anything gets a place of its own. */
function fingerprint(): string {
  const packages = [browserPackage, ...families.map(({ directory }) => directory)];
  const manifests = packages.map((directory) => readFileSync(join(directory, 'package.json'), 'utf8'));
  return createHash('sha256')
    .update(JSON.stringify([manifests, fontConfiguration]))
    .digest('hex')
    .slice(0, 16);
}

/** Unpacks browser, libraries and fonts into an empty directory. */
async function unpack(directory: string): Promise<void> {
  const script =
    "const { default: packed } = await import('@sparticuz/chromium'); await packed.executablePath();";
  // The package unpacks into the temporary directory, and libraries only on the system that it is made for.
  const env = { ...process.env, TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const args = ['--input-type=module', '--eval', script];
  await promisify(execFile)(process.execPath, args, { cwd: repository, env });
  // Its own fonts have no arrows and no monospace.
  rmSync(join(directory, 'fonts'), { recursive: true });
  mkdirSync(join(directory, 'fonts'));
  for (const { name, directory: source } of families) {
    for (const face of faces) {
      const file = `${name}_${face}.ttf`;
      copyFileSync(join(source, face, file), join(directory, 'fonts', file));
    }
  }
  writeFileSync(join(directory, 'fonts.conf'), fontConfiguration);
}

/**
 * The directory into which the browser is unpacked; later runs find it there. It takes its place whole: another test
 * may look for it at the same time.
 */
async function unpackedBrowser(): Promise<string> {
  const place = join(cacheDirectory(), `chromium-${fingerprint()}`);
  if (existsSync(place)) return place;
  const draft = mkdtempSync(join(cacheDirectory(), 'chromium-draft-'));
  try {
    await unpack(draft);
    putInPlace(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}

/** Those of the arguments that the package recommends which do not weaken what is tested. */
const args = [
  '--headless=shell',
  // Test machines often run as a user for whom the kernel offers no sandbox.
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  // With a process of its own, one picture in ten of a page fails where the machine is busy.
  '--in-process-gpu',
  // Containers offer little shared memory.
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--disable-domain-reliability',
  '--no-pings',
];

/** Starts the browser. */
export async function startBrowser(): Promise<Browser> {
  const place = await unpackedBrowser();
  const { FONTCONFIG_SYSROOT: _, ...env } = process.env as Record<string, string>;
  // Not all that it writes there it removes.
  const temporary = temporaryDirectory('chromium-');
  const launch = () =>
    chromium.launch({
      executablePath: join(place, 'chromium'),
      args,
      env: {
        ...env,
        LD_LIBRARY_PATH: join(place, 'al2023/lib'),
        FONTCONFIG_FILE: join(place, 'fonts.conf'),
        // Of each browser its own: several start at once, and the first of them write what is kept of the fonts.
        XDG_CACHE_HOME: join(temporary, 'cache'),
        TMPDIR: temporary,
      },
    });
  // On a busy machine Chromium crashes now and then before it has begun.
  const browser = await launch().catch(launch);
  const close = browser.close.bind(browser);
  return Object.assign(browser, {
    async close() {
      await close();
      rmSync(temporary, { recursive: true, force: true });
    },
  });
}
