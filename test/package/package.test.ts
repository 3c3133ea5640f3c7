import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileLibrary, library, projects } from './consumer.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly name: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) =>
  typeof target === 'string' ? [] : [[entry, target] as const],
);

let folder = '';
let tarball = '';

/** The directory into which the package is installed, as a user would have it. */
const installed = (): string => join(folder, 'node_modules', manifest.name);

const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  // `npm pack` builds first, by the script `prepack`.
  execFileSync('npm', ['pack', '--pack-destination', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no tarball');
  mkdirSync(installed(), { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed(), '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link, 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  // Compiles the whole package.
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  test.each(entries)('lets a user import %s', (entry) => {
    const specifier = JSON.stringify(manifest.name + entry.slice(1));
    const script = `const names = Object.keys(await import(${specifier})); console.log(names.length);`;
    expect(Number(node('--input-type=module', '--eval', script))).toBeGreaterThan(0);
  });

  test.each(entries)('holds code and types of %s', (_entry, target) => {
    for (const path of [target.types, target.default]) {
      expect(readFileSync(join(installed(), path), 'utf8').length).toBeGreaterThan(0);
    }
  });

  test('computes the fields of a folder', () => {
    const script = `
      import { emptyFolder, project, reduceFolder } from '${manifest.name}/machines';
      const posted = reduceFolder(emptyFolder, { type: 'group.posted', groupId: 'g', analyses: [{ id: 'a', kind: 'QUALITY' }] });
      console.log(JSON.stringify(project(posted)));`;
    expect(JSON.parse(node('--input-type=module', '--eval', script))).toEqual({
      resolution_status: 'PROCESSING',
      system_resolution: 'PROCESSING',
    });
  });

  test('has the program that it names, made to be run', () => {
    for (const path of Object.values(manifest.bin)) {
      expect(readFileSync(join(installed(), path), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });

  test('runs nothing where it is installed', () => {
    const atInstall = [
      'preinstall',
      'install',
      'postinstall',
      'prepublish',
      'preprepare',
      'prepare',
      'postprepare',
    ];
    expect(atInstall.filter((name) => name in manifest.scripts)).toEqual([]);
  });

  test('holds all that its pages lead to', () => {
    const pages = readdirSync(installed(), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .toSorted();
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/guide/reviewer.md']));
    const missing = pages.flatMap((page) => {
      const text = readFileSync(join(installed(), page), 'utf8').replaceAll(/```[^]*?```/g, '');
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
      return links
        .filter((link) => !existsSync(join(installed(), page, '..', link)))
        .map((link) => [page, link]);
    });
    expect(missing).toEqual([]);
  });

  test('needs no second build after that', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['src/build/build.mjs'], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  });

  test('holds the specification and the test vectors, but neither tests nor other sources', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const isSource = (path: string) =>
      /(?<![.]d)[.]ts$/.test(path) && !/^package[/](?:machines|docs[/]examples)[/]/.test(path);
    expect(files.filter((path) => /[/]test[/](?!vectors[/])/.test(path) || isSource(path))).toEqual([]);
    expect(files.filter((path) => path.startsWith('package/dist/.'))).toEqual([]);
    expect(files).toContain('package/LICENSE');
    expect(files).toContain('package/test/vectors/index.json');
  });

  test('has types for clients that lead neither to XState nor to other rooms', () => {
    const begun = join(installed(), 'dist/src/verdict/index.d.ts');
    const seen = new Set([begun]);
    for (const path of seen) {
      const text = readFileSync(path, 'utf8');
      for (const [, to = ''] of text.matchAll(/(?:from |import\()["']([^"']+)["']/g))
        seen.add(to.startsWith('.') ? join(dirname(path), to.replace(/\.ts$/, '.d.ts')) : to);
    }
    const places = [...seen].map((path) => relative(join(installed(), 'dist'), path));
    expect(places.filter((path) => !/^(?:machines|src\/verdict)\/(?!.*machine\.d\.ts)/.test(path))).toEqual(
      [],
    );
    expect(places.length).toBeGreaterThan(5);
  });

  test('is what publint asks of a package', async () => {
    const { publint } = await import('publint');
    const { messages } = await publint({ pkgDir: installed(), level: 'warning', strict: true });
    expect(messages).toEqual([]);
  });

  test('has types that resolve wherever ES modules do', () => {
    const options = [resolve('node_modules/@arethetypeswrong/cli/dist/index.js'), tarball];
    const answer = node(...options, '--profile', 'esm-only', '--no-color', '--no-emoji', '--format', 'table');
    // A problem under the profile ends the program with an error, which throws above.
    expect(answer).toMatch(/node16 \(from ESM\).*OK \(ESM\)/);
    expect(answer).not.toMatch(/^(?!.*ignored).*(failed|Error|❌)/m);
  });
});

describe('a library that hands on the machines', () => {
  test.each(projects)('compiles with its declarations, every type checked: %s, %s', async (...project) => {
    const { code, said, declarations } = await compileLibrary(folder, project, library);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(declarations).toContain('FolderMeta');
  });

  test('does not compile with a wrong answer', async () => {
    const wrong = library.replace("'failed-first'", "'failed-frist'");
    const { code, said } = await compileLibrary(folder, ['TypeScript 7', 'NodeNext'], wrong);
    expect(code).not.toBe(0);
    expect(said).toContain('failed-frist');
  });
});
