import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../../machines/readings.ts';
import { given, readManifest, recordingsDirectory } from '../../../src/cli/commands/bundled.ts';
import { judge } from '../../../src/cli/check/judge.ts';
import { repository } from '../built.ts';
import { runHere } from '../fake-terminal.ts';

const manifest = readManifest();

describe('the bundled recordings', () => {
  test('are exactly the files that the manifest names', () => {
    const present = readdirSync(join(repository, recordingsDirectory)).filter(
      (name) => name !== 'index.json',
    );
    expect(present.toSorted()).toEqual(manifest.map(({ file }) => file).toSorted());
  });

  test.each(manifest)('$file is judged as the manifest says', async ({ file, expected }) => {
    const io = {
      cwd: join(repository, recordingsDirectory),
      env: {},
      stdin: () => expect.unreachable('standard input is not read'),
      stdout: { write: () => undefined, isTerminal: false },
      stderr: { write: () => undefined, isTerminal: false },
      now: () => 0,
    };
    const outcome = await judge({ files: [file], options: { settings: defaultSettings } }, io);
    expect(given(outcome)).toEqual({ ...expected, codes: expected.codes.toSorted() });
  });
});

describe('examples', () => {
  test('shows every recording with its lesson and ends with 0', async () => {
    const { code, stdout, stderr } = await runHere(['examples']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const words = stdout.replaceAll(/\s+/g, ' ');
    for (const { title, lesson } of manifest) {
      expect(words).toContain(title);
      expect(words).toContain(lesson.replaceAll(/\s+/g, ' '));
    }
    expect(words).toContain(`${manifest.length} recordings, each judged as`);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});
