import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formats } from '../../../src/cli/check/check-targets.ts';
import { readHtml, readXml, workflowCommands } from '../../reports/reading.ts';
import { program } from '../built.ts';
import { directoryWith } from '../fake-terminal.ts';
import { bad, unfinished } from '../sample-lines.ts';
import { some } from '../../deep.ts';

interface Running {
  readonly child: ReturnType<typeof spawn>;
  /** What it has written to standard output so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its exit code. */
  readonly code: Promise<number | null>;
}

function start(args: readonly string[], cwd: string): Running {
  const child = spawn(process.execPath, [program(), ...args], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  const seen = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (seen.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (seen.stderr += text.toString()));
  child.stdin.on('error', () => undefined);
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  return { child, stdout: () => seen.stdout, stderr: () => seen.stderr, code };
}

/** Everything but the lines of JSON goes to files here. */
const others = formats.filter((format) => format !== 'ndjson');
const toFiles = others.flatMap((format) => ['--format', `${format}=report.${format}`]);

const summaryOf = (lines: string) =>
  JSON.parse(lines.trimEnd().split('\n').at(-1) ?? '') as Readonly<Record<string, unknown>>;

describe.each(
  some(1, [
    ['SIGINT', 130, 'it was interrupted (SIGINT)'],
    ['SIGTERM', 143, 'it was terminated (SIGTERM)'],
  ] as const),
)('%s', (signal, exitCode, means) => {
  test('ends a check with what was found so far, marked as partial in every report', async () => {
    const cwd = directoryWith({});
    const { child, stdout, stderr, code } = start(['check', '--format', 'ndjson', ...toFiles, '-'], cwd);
    // The last line is cut: that is no fault of the recording.
    child.stdin!.write(`${unfinished}${bad}${bad.slice(0, 50)}`);
    // A finding is written when it is found: standard input is open still.
    await once(child.stdout!, 'data');
    child.kill(signal);
    expect(await code).toBe(exitCode);
    expect(stderr()).toBe('');

    expect(stdout()).toMatch(/^\{"type":"finding","folderId":"bad","code":"SETTLED_ANALYSIS_CHANGED"/);
    expect(summaryOf(stdout())).toMatchObject({ partial: signal, violates: 1, unreadable: 0, exitCode });
    const report = Object.fromEntries(
      others.map((format) => [format, readFileSync(join(cwd, `report.${format}`), 'utf8')]),
    );
    for (const [format, text] of Object.entries(report)) {
      expect(text, format).toContain('SETTLED_ANALYSIS_CHANGED');
      // Nobody knows how the recording ends.
      expect(text, format).not.toContain('the recording ends while');
    }
    const conclusion = `partial: ${means} (exit code ${exitCode})`;
    expect(report['text']?.endsWith(`\n${conclusion}\n`)).toBe(true);
    expect(report['markdown']).toContain(`## oz-status: ${conclusion}`);
    expect(readHtml(report['html'] ?? '').title).toBe(`oz-status: ${conclusion}`);
    expect(JSON.parse(report['json'] ?? '')).toMatchObject({ summary: { partial: signal } });
    expect(
      readXml(report['junit'] ?? '')
        .querySelector('error')
        ?.getAttribute('type'),
    ).toBe('PARTIAL');
    const annotations = workflowCommands(report['github'] ?? '').map(({ properties }) => properties['title']);
    expect(annotations).toEqual(['SETTLED_ANALYSIS_CHANGED', 'PARTIAL']);
    expect(JSON.parse(report['sarif'] ?? '')).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              exitCode,
              toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'PARTIAL' } }],
            },
          ],
        },
      ],
    });
  });

  test('ends at once what has nothing to report', async () => {
    const { child, stdout, code } = start(['source', '-'], directoryWith({}));
    // More than a pipe holds: once it has drained, it is being read.
    if (!child.stdin!.write('x'.repeat(1_000_000))) await once(child.stdin!, 'drain');
    child.kill(signal);
    expect([await code, stdout()]).toEqual([exitCode, '']);
  });
});

/** Recordings with a finding each, of folders of their own. */
const findings = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => bad.replaceAll('bad', `bad-${from + at}`)).join('');

test('a second signal ends a check at once that cannot end by itself', async () => {
  // Its report is more than a pipe holds, and nobody reads on: it would wait for ever.
  const cwd = directoryWith({ 'bad.ndjson': findings(400) });
  const child = spawn(process.execPath, [program(), 'check', 'bad.ndjson'], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'readable');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  // Of two that are pending at once, either may arrive first.
  expect([[130], [143]]).toContainEqual((await once(child, 'exit')).slice(0, 1));
});

describe('a reader of standard output that goes away', () => {
  test('ends a check of which nothing else is asked', async () => {
    const { child, stderr, code } = start(['check', '--format', 'ndjson', '-'], directoryWith({}));
    child.stdin!.write(findings(1));
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    // Standard input stays open: only the end of the program ends this.
    let number = 1;
    const feed = (error?: Error | null) => {
      if (!error) child.stdin!.write(findings(1, number++), (after) => setImmediate(feed, after));
    };
    feed();
    expect([await code, stderr()]).toEqual([141, '']);
  });

  test('leaves the other reports whole', async () => {
    const cwd = directoryWith({});
    const args = ['check', '--format', 'ndjson', '--format', 'json=report.json', '-'];
    const { child, stderr, code } = start(args, cwd);
    child.stdin!.write(findings(1));
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    child.stdin!.end(findings(500, 1));
    expect([await code, stderr()]).toEqual([1, '']);
    const { summary } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as { summary: object };
    expect(summary).toMatchObject({ partial: null, violates: 501 });
  });
});

describe('a full disk', () => {
  test.each([
    ['check', '--format', 'text', 'bad.ndjson'],
    ['check', '--format', 'ndjson', 'bad.ndjson'],
    ['check', '--format', 'json', '--format', 'text=report.text', 'bad.ndjson'],
    ['examples'],
  ])('under standard output is told, with exit code 2: %s %s %s', async (...args) => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program(), ...args], { cwd, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let complaints = '';
    child.stderr!.on('data', (text: Buffer) => (complaints += text.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, complaints]).toEqual([
      2,
      'oz-status: standard output: cannot be written: the disk is full\n',
    ]);
    if (args.includes('text=report.text')) {
      expect(readFileSync(join(cwd, 'report.text'), 'utf8')).toContain('failed (exit code 1)');
    }
  });

  test('under the file of a report is told, with exit code 2', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const { stderr, code } = start(['check', '--format', 'ndjson=/dev/full', 'bad.ndjson'], cwd);
    expect([await code, stderr()]).toEqual([
      2,
      'oz-status: /dev/full: the report cannot be written: the disk is full\n',
    ]);
  });
});
