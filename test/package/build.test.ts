import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository, runNode } from '../cli/built.ts';
import { directoryWith } from '../cli/fake-terminal.ts';

const builder = 'src/build/build.mjs';

/** A compiler that takes no time: it tells that it ran, and fails where a source says so. */
const compiler = `
  const fs = require('node:fs');
  fs.appendFileSync('ran', 'compiled\\n');
  if (fs.readFileSync('machines/one.ts', 'utf8').includes('wrong')) process.exit(2);
  fs.mkdirSync('dist/src/build', { recursive: true });
  fs.writeFileSync('dist/src/build/bundle.js', 'require("node:fs").appendFileSync("ran", "bundled\\\\n")');
`;

/** A repository of a few files with that compiler. */
function project() {
  const root = directoryWith({});
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  write('node_modules/typescript-7/bin/tsc', compiler);
  write('package.json', '{}');
  for (const name of ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) write(name, '{}');
  for (const name of ['machines/one.ts', 'src/index.ts', 'src/reviewer/page/main.tsx']) write(name, '');
  mkdirSync(join(root, 'src/build'));
  copyFileSync(join(repository, builder), join(root, builder));
  const built = async () => {
    rmSync(join(root, 'ran'), { force: true });
    const { code, stdout, stderr } = await runNode([join(root, builder)], { cwd: dirname(root) });
    const ran = existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8') : '';
    return { code, stdout, stderr, ran };
  };
  return { root, write, built };
}

const nothing = { code: 0, stdout: '', stderr: '', ran: '' };
const all = { code: 0, stdout: '', ran: 'compiled\nbundled\n' };
const says = (why: string) => `dist ${why}: building it takes some seconds\n`;
const isOld = says('is not made of the sources as they are now');

describe('the build', () => {
  test('makes what is not there, says so in one line, and then has nothing to do', async () => {
    const { built } = project();
    expect(await built()).toEqual({ ...all, stderr: says('is not there') });
    expect(await built()).toEqual(nothing);
  });

  test.each(['machines/one.ts', 'src/index.ts', builder, 'package-lock.json', 'tsconfig.build.json'])(
    'makes it anew after a change of %s',
    async (name) => {
      const { root, built } = project();
      await built();
      appendFileSync(join(root, name), '\n');
      expect(await built()).toEqual({ ...all, stderr: isOld });
      expect(await built()).toEqual(nothing);
    },
  );

  test('makes it anew when a source is added, moved or removed', async () => {
    const { root, write, built } = project();
    await built();
    write('src/new.ts', '');
    expect(await built()).toMatchObject({ ...all, stderr: isOld });
    rmSync(join(root, 'src/new.ts'));
    write('src/moved.ts', '');
    expect(await built()).toMatchObject({ ...all, stderr: isOld });
    rmSync(join(root, 'src/moved.ts'));
    expect(await built()).toMatchObject({ ...all, stderr: isOld });
  });

  test('leaves it as it is after a change of the page, which is no part of it', async () => {
    const { write, built } = project();
    await built();
    write('src/reviewer/page/main.tsx', 'changed');
    expect(await built()).toEqual(nothing);
  });

  test('fails where the compiler does, every time until it does not', async () => {
    const { write, built } = project();
    await built();
    write('machines/one.ts', 'wrong');
    const failed = { code: 1, stdout: '', ran: 'compiled\n' };
    expect(await built()).toMatchObject({ ...failed, stderr: isOld });
    expect(await built()).toMatchObject({ ...failed, stderr: says('is not there') });
    write('machines/one.ts', 'right');
    expect(await built()).toMatchObject(all);
  });
});
