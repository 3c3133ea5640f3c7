import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { directoryWith } from '../cli/fake-terminal.ts';

/** Only root may make spaces of mounts and processes, and not on every machine. */
const isPossible =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0;

/** A repository of one commit with the script in it, and a place for its temporary files. */
function project() {
  const root = directoryWith({ committed: '', uncommitted: '' });
  const [script, temporary] = [join(root, '.ci/bare'), join(root, 'temporary')];
  mkdirSync(join(root, '.ci'));
  mkdirSync(temporary);
  copyFileSync(join(repository, '.ci/bare'), script);
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    expect(spawnSync('git', [...identity, ...args], { cwd: root }).status).toBe(0);
  };
  git('init', '--quiet');
  git('add', 'committed', '.ci');
  git('commit', '--quiet', '--message', 'first');
  const env = { ...process.env, TMPDIR: temporary, SECRET: 'told' };
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync(script, args, {
      cwd: root,
      env: { ...env, ...more },
      encoding: 'utf8',
    });
    expect(readdirSync(temporary)).toEqual([]);
    return { status, stdout, stderr };
  };
  return { root, script, env, run };
}

describe('a command on a bare machine', () => {
  test.each([
    ['without root', 'id', 'echo 1000', 'it needs root'],
    ['where spaces are refused', 'unshare', 'echo "unshare failed" >&2; exit 1', 'unshare failed'],
  ])('is not run %s, which is told and no success', (_where, program, script, why) => {
    const { root, run } = project();
    const bin = join(root, 'bin');
    mkdirSync(bin);
    const programs = { id: 'echo 0', [program]: script };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const ended = run([`touch '${root}/ran'`], { PATH: `${bin}:${process.env['PATH']}` });
    expect(ended).toEqual({ status: 125, stdout: '', stderr: `bare: not run: ${why}\n` });
    expect(existsSync(join(root, 'ran'))).toBe(false);
  });

  test.each([[[]], [['one', 'two']], [['--keep', 'file']], [['--keep']], [['--other', 'true']]])(
    'is not run where the arguments are wrong: %j',
    (args) => {
      const { status, stderr } = project().run(args);
      expect(status).toBe(125);
      expect(stderr).toMatch(/^bare: not run: expected .*, received /);
    },
  );
});

describe.each(isPossible ? ['root'] : [])('a command on a bare machine, as %s,', () => {
  const told = 'bare: what is not committed is not tried\n';

  test('sees what is committed and nothing else of this machine', () => {
    const look =
      'ls; echo "$SECRET"; ls -A /tmp /var/tmp "$HOME" | grep -v npmrc; node --eval "console.log(1)"';
    const { status, stdout, stderr } = project().run([look]);
    expect(stdout).toBe('committed\n\n/mnt/home:\n\n/tmp:\n\n/var/tmp:\n1\n');
    expect({ status, stderr }).toEqual({ status: 0, stderr: told });
  });

  test.each([0, 7])('ends as it does, with %i', (code) => {
    expect(project().run([`exit ${code}`])).toEqual({ status: code, stdout: '', stderr: told });
  });

  test('hands over what is to be kept, and nothing older', () => {
    const { root, run } = project();
    writeFileSync(join(root, 'report'), 'old');
    writeFileSync(join(root, 'other'), 'old');
    run(['--keep', 'report', '--keep', 'other', 'echo new > report; exit 1']);
    expect(readFileSync(join(root, 'report'), 'utf8')).toBe('new\n');
    expect(existsSync(join(root, 'other'))).toBe(false);
  });

  test('fails where it leaves temporary files', () => {
    const { status, stderr } = project().run(['touch /tmp/one /var/tmp/two']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `${told}bare: left among the temporary files: one two\n`,
    });
  });

  test('ends with all its processes on a signal, and is cleaned up', async () => {
    const { root, script, env } = project();
    const child = spawn(script, ['tail -f /dev/null & echo started; wait'], { cwd: root, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    // Closed is what no process can write to any more.
    expect(await once(child, 'close')).toEqual([143, null]);
    expect(readdirSync(join(root, 'temporary'))).toEqual([]);
  });
});
