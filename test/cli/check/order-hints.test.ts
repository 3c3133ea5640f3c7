import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { raw } from 'jq-wasm';
import { describe, expect, it } from 'vitest';
import type { FolderResult } from '../../../src/conformance/index.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { folderLine, life, lines } from '../sample-lines.ts';

/** Two folders, the newest answer first, with nothing that says when it came. */
const newestFirst = [...life('one', 'DECLINED'), ...life('two', 'SUCCESS')].toReversed();
const values = newestFirst.map((line) => JSON.parse(line) as object);

async function checked(cwd: string, ...operands: readonly string[]) {
  const { stdout } = await runHere(['check', '--format', 'json', ...operands], { cwd });
  const { folders } = JSON.parse(stdout) as { folders: readonly FolderResult[] };
  return folders.filter(({ verdict }) => verdict === 'violates').map(({ findings }) => findings[0]!.hint);
}

/** What the command hands on, run by a shell, but for jq, which need not be installed. */
async function turned(command: string, file: string): Promise<string> {
  const [, flag = '', filter, rest = ''] =
    /^jq (-c )?(\S+|'[^']*') FILE( \| tac)? \| oz-status check -$/.exec(command) ?? [];
  if (filter === undefined) {
    const shown = command.replace(' (tail -r where there is no tac)', '').replace(' | oz-status check -', '');
    return execFileSync('bash', ['-c', shown.replace('FILE', `'${file}'`)], { encoding: 'utf8' });
  }
  const text = execFileSync('cat', [file], { encoding: 'utf8' });
  const written = await raw(text, filter.replaceAll("'", ''), flag === '' ? [] : ['-c']);
  return rest === '' ? written : execFileSync('tac', { encoding: 'utf8', input: `${written}\n` });
}

describe('a violation in a file that conforms from its end', () => {
  it.each([
    ['lines', lines(...newestFirst), [], 'tac FILE'],
    ['packed lines', gzipSync(lines(...newestFirst)), [], 'tac <(gzip -dc FILE)'],
    [
      'lines with others between them',
      lines(...newestFirst).replaceAll('\n', '\n\n'),
      [],
      'jq -c . FILE | tac',
    ],
    [
      'values over lines',
      values.map((one) => JSON.stringify(one, null, 1)).join('\n'),
      [],
      'jq -c . FILE | tac',
    ],
    ['text', newestFirst.map((line) => `INFO answer\nINFO got ${line}\n`).join(''), [], 'tac FILE'],
    ['a list', JSON.stringify(values), [], "jq '. |= reverse' FILE"],
    [
      'a list in a document',
      JSON.stringify({ hits: { hits: values.map((_source) => ({ _source })) } }, null, 1),
      ['--at', '/hits/hits/*/_source'],
      "jq '.hits.hits |= reverse' FILE",
    ],
  ])('hints at that, with a command that works: %s', async (_what, text, options, command) => {
    const cwd = directoryWith({ recording: text });
    const hints = await checked(cwd, ...options, 'recording');
    expect(hints).toHaveLength(2);
    for (const hint of hints)
      expect(hint).toMatch(/^in reverse order the file conforms: if its newest answer stands first/);
    const named = /same options: (.*?)(?:; (?:else|if) .*)?$/.exec(hints[0]!)![1]!;
    expect(named).toContain(`${command} | oz-status check -`);
    const again = directoryWith({ turned: await turned(named, join(cwd, 'recording')) });
    expect(await checked(again, ...options, 'turned')).toEqual([]);
  });

  it('is told so of its beginning where there is much of it', async () => {
    const polled = newestFirst.flatMap((line) => Array.from({ length: 1000 }, () => line));
    const [hint] = await checked(directoryWith({ recording: lines(...polled) }), 'recording');
    expect(hint).toContain('in reverse order its beginning (4096 observations) conforms');
  });

  const stamped = newestFirst.map((line, at) =>
    JSON.stringify({ time: `2026-01-12T09:00:${10 + at}Z`, body: JSON.parse(line) as object }),
  );
  const stale = folderLine('one', 'PROCESSING', 'PROCESSING', []);
  it.each([
    ['times show the order', lines(...stamped)],
    [
      'it violates in either order',
      lines(...life('one', 'DECLINED'), stale, ...life('two', 'SUCCESS').toReversed()),
    ],
    ['the order is not to blame', lines(folderLine('one', 'FINISHED', 'DONE', []))],
  ])('has no such hint where %s', async (_what, text) => {
    const hints = await checked(directoryWith({ recording: text }), 'recording');
    expect(hints).not.toEqual([]);
    for (const hint of hints) expect(hint ?? '').not.toContain('reverse');
  });

  it('changes no verdict', async () => {
    const cwd = directoryWith({ recording: lines(...newestFirst) });
    const { code } = await runHere(['check', 'recording'], { cwd });
    expect(code).toBe(1);
  });
});
