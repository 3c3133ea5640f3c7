import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { good, unfinished } from '../sample-lines.ts';

describe('a directory', () => {
  it('is read without pipes in it, which nobody may ever write to', async () => {
    const cwd = directoryWith({ 'one.ndjson': good });
    execFileSync('mkfifo', [join(cwd, 'two.ndjson')]);
    symlinkSync('two.ndjson', join(cwd, 'three.ndjson'));
    for (const operand of ['.', '*.ndjson']) {
      const { code, stdout } = await runHere(['check', '--format', 'json', operand], { cwd });
      const { summary } = JSON.parse(stdout) as { summary: { observations: number } };
      expect([code, summary.observations]).toEqual([0, 3]);
    }
  });
});

describe('a file', () => {
  it.each([
    ['in a directory with a link to it', ['.']],
    ['in a pattern', ['*.ndjson']],
    ['by a link first', ['a-link.ndjson', 'one.ndjson']],
    ['by a link alone', ['a-link.ndjson']],
    ['twice', ['one.ndjson', './one.ndjson']],
  ])('is read once where it is named %s', async (_how, operands) => {
    const cwd = directoryWith({ 'one.ndjson': good, 'two.ndjson': unfinished });
    symlinkSync('one.ndjson', join(cwd, 'a-link.ndjson'));
    const { code, stdout } = await runHere(['check', '--format', 'json', '--all', ...operands], { cwd });
    const { folders } = JSON.parse(stdout) as { folders: { folderId: string }[] };
    expect([code, folders[0]?.folderId]).toEqual([0, 'good']);
  });
});

describe('the name of a file', () => {
  it('is refused where it is empty, as of a variable without a value', async () => {
    const { code, stderr } = await runHere(['check', ''], { cwd: directoryWith({ 'one.ndjson': good }) });
    expect(code).toBe(2);
    expect(stderr).toContain('expected the name of a file, received an empty one');
  });

  it.each([
    ['dangling.json', 'it is a link to something that is not there'],
    ['looped.json', 'its links lead back to each other'],
    ['n\ufffd.json', 'its name is no UTF-8'],
    ['dangled.json', 'did you mean dangling.json?'],
  ])('that leads to nothing is told with the reason: %s', async (name, reason) => {
    const cwd = directoryWith({ 'one.ndjson': good });
    symlinkSync('nowhere', join(cwd, 'dangling.json'));
    symlinkSync('looped.json', join(cwd, 'looped.json'));
    const { code, stdout } = await runHere(['check', name], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain(reason);
  });
});
