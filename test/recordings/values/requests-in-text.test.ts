import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker } from '../../../src/conformance/index.ts';
import { temporaryDirectory } from '../../tidy/temporary.mjs';
import { exchanges, text } from '../forms.ts';
import { readText } from '../reading.ts';

type Exchanged = ReturnType<typeof exchanges>[number];

/** A text with a line for each exchange, below what stands above them. */
const lined =
  (write: (one: Exchanged, at: number) => string, above = '') =>
  (result: string) =>
    above +
    exchanges(result)
      .map((one, at) => `${write(one, at)}\n`)
      .join('');

const quoted = (one: Exchanged) => `"${text(one.body).replaceAll('"', '""')}"`;
const escaped = (one: Exchanged) => JSON.stringify(text(one.body));
const inAForm = ({ method, path, status, body }: Exchanged) =>
  new URLSearchParams({ method, url: path, status: String(status), body: text(body) }).toString();

/** The command that the first hint names, which makes a recording of the file. */
function commandOf(recording: string): string {
  const hint = readText(recording).findings[0]?.hint ?? '';
  return /(?:python3 -c|node -e) .*(?= \| oz-status check -)/.exec(hint)![0];
}

function verdictsOf(recording: string, file: string) {
  writeFileSync(file, recording);
  const command = commandOf(recording).replace(' FILE', ` '${file}'`);
  const { observations, findings } = readText(execFileSync('sh', ['-c', command], { encoding: 'utf8' }));
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  return checker.finish().map(({ folderId, verdict, observations: count }) => [folderId, verdict, count]);
}

describe('a request that stands beside its answer', () => {
  it.each([
    [
      'a table',
      lined((one) => `${one.method},${one.path},${one.status},${quoted(one)}`, 'method,url,status,body\n'),
    ],
    [
      'a table of a spreadsheet',
      lined((one, at) => `${at};${one.method};${one.path};${quoted(one)}`, '\ufeffid;method;url;body\r\n'),
    ],
    [
      'a table with tabs',
      lined((one) => `${one.method}\t${one.path}\t${text(one.body)}`, 'method\turl\tbody\n'),
    ],
    [
      'a table that escapes quotes',
      lined((one) => `"${one.method}","${one.path}",${escaped(one)}`, '"method","url","body"\n'),
    ],
    [
      'a table that names its delimiter, its answers over lines',
      lined(
        (one) => `${one.method};${one.path};"${JSON.stringify(one.body, null, 1).replaceAll('"', '""')}"`,
        'sep=;\nmethod;url;body\n',
      ),
    ],
    ['forms', lined(inAForm)],
  ])('is kept with it by the command that is named: %s', (_what, make) => {
    const file = join(temporaryDirectory('requests-'), 'log');
    expect(verdictsOf(make('DECLINED'), file)).toEqual([['f-1', 'conforms', 5]]);
    expect(verdictsOf(make('SUCCESS'), file)).toEqual([['f-1', 'violates', 5]]);
  });
});
