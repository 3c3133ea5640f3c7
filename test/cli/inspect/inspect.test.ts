import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../../src/inspection/saved.ts';
import { inspectTo } from '../../../src/inspect.ts';
import { folderRecords } from '../../inspection/samples.ts';
import { program } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

/** Starts the command and waits for the address that it prints. */
async function start(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [program(), 'inspect', ...args], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  const seen = { stdout: '', stderr: '' };
  child.stderr.on('data', (text: Buffer) => (seen.stderr += text.toString()));
  child.stdout.on('data', (text: Buffer) => (seen.stdout += text.toString()));
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  while (!seen.stdout.includes('Ctrl+C')) {
    // oxlint-disable-next-line no-await-in-loop -- until it is printed
    await Promise.race([once(child.stdout, 'data'), code]);
    if (child.exitCode !== null) throw new Error(seen.stderr);
  }
  const url = /http:\S+(?=#1\/live)/.exec(seen.stdout)?.[0] ?? '';
  return { child, url, code, seen };
}

describe('inspect', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'writes all that comes in to a file and ends on %s',
    async (signal) => {
      const cwd = directoryWith({});
      const { child, url, code, seen } = await start(['--record', 'session.ndjson'], cwd);
      const sender = inspectTo(url);
      const records = folderRecords();
      for (const each of records) sender.send(each);
      await sender.flushed();
      // A page that watches keeps nobody from ending.
      const watching = await fetch(`${url}stream`);
      child.kill(signal);
      expect(await code).toBe(0);
      await watching.body?.cancel().catch(() => undefined);
      expect(seen.stderr).toBe('');
      expect(seen.stdout).toContain(`Ended: 1 actors, ${records.length} records.`);
      const opened = openSession(readFileSync(join(cwd, 'session.ndjson'), 'utf8'));
      if (!opened.ok) throw new Error(opened.problem);
      expect(opened.problems).toEqual([]);
      const source = expect.stringMatching(/^[0-9a-f]{8}$/);
      expect(opened.session.records()).toEqual(records.map((each) => ({ ...each, source })));
    },
  );

  test('serves the page that is built, with a policy that lets it ask its server only', async () => {
    const { url } = await start([], directoryWith({}));
    const response = await fetch(url);
    const html = await response.text();
    expect(html).toContain('<meta name="oz-status-live"');
    // The page writes reports with a policy of their own; in its head there is none any more.
    expect(html.slice(0, html.indexOf('<script'))).not.toContain('http-equiv');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(policy.match(/connect-src [^;]*/g)).toEqual([`connect-src 'self'`]);
  });

  test.each([
    [['--port', 'x'], '--port: expected a number up to 65535, received “x”'],
    [['--port', '70000'], '--port: expected a number up to 65535, received “70000”'],
    [['--allow-origin', 'localhost'], '--allow-origin: expected an origin such as http://localhost:5173'],
    [['--allow-origin', 'http://a/b'], '--allow-origin: expected an origin such as http://localhost:5173'],
    [['--hosted', 'javascript:alert(1)'], '--hosted: expected a URL of http or https, received'],
    [['--record', ''], '--record: expected a file, received nothing'],
    [['--record', '.'], 'the session cannot be written: it is a directory'],
  ])('refuses %j', async (args, problem) => {
    const { code, stdout, stderr } = await runHere(['inspect', ...args], { cwd: directoryWith({}) });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
  });

  test('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runHere(['inspect', '--port', String(port)]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--port ${port}: expected to listen there, but something else listens there`);
  });
});
