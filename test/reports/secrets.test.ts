import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingCodes } from '../../src/observations/findings.ts';
import { longestQuoted, quotedText, shownText } from '../../src/observations/quoting.ts';
import { readingsFormats } from '../../src/cli/commands/readings-options.ts';
import { everyReport } from '../cli/check/every-report.ts';
import { directoryWith, runHere } from '../cli/fake-terminal.ts';
import { secretRecordings, secrets } from './secret-recordings.ts';
import { some } from '../deep.ts';
import { prop } from '../property.ts';

const files = Object.keys(secretRecordings);

/** Runs a command on all recordings with secrets; both outputs together. */
async function outputOf(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runHere([...args, ...files], { cwd: directoryWith(secretRecordings) });
  expect(stdout).not.toBe('');
  return stdout + stderr;
}

describe('what a recording holds of persons and sessions', () => {
  test('is looked for where every finding is that a recording can raise', async () => {
    const reports = [
      await outputOf('check', '--format', 'json'),
      await outputOf('check', '--format', 'json', '--operator-required', 'never'),
      await outputOf('check', '--grouped'),
    ];
    const raised = new Set(reports.flatMap((report) => report.match(/(?<="code": ?")\w+/g) ?? []));
    const ofRecordings = Object.keys(findingCodes).filter((code) => !code.startsWith('BASELINE_'));
    expect(ofRecordings.filter((code) => !raised.has(code))).toEqual([]);
    for (const content of Object.values(secretRecordings).filter((one) => one.length > 0)) {
      const hides = typeof content !== 'string' && content[0] === 0x1f;
      expect(hides || secrets.test(Buffer.from(content).toString('latin1'))).toBe(true);
    }
  });

  test('never reaches a report, whatever its format', async () => {
    for (const options of some(1, [['--redact', '--strict', '--all', '--any-reading'], []])) {
      for (const [format, report] of await everyReport(options, files, directoryWith(secretRecordings))) {
        expect(report, format).not.toMatch(secrets);
      }
    }
  });

  test.each(some(1, readingsFormats))('never reaches what readings infer prints: %s', async (format) => {
    expect(await outputOf('readings', '--format', format, 'infer')).not.toMatch(secrets);
  });
});

describe('a status or a kind', () => {
  const word = fc.stringMatching(/^[A-Za-z]{1,12}([_-][A-Za-z]{1,12})?$/).filter((text) => text.length <= 32);

  prop([word])('is quoted where it has the shape of one', (text) => {
    expect([shownText(text), quotedText(text)]).toEqual([text, `"${text}"`]);
  });

  prop([fc.string({ minLength: longestQuoted + 1, unit: 'binary' })])(
    'is told by its length where it is longer than any',
    (text) => {
      expect(quotedText(text)).toBe(`a text of ${text.length} characters`);
    },
  );

  test.each([
    ['', 'an empty text'],
    ['7', 'a text of 1 character'],
    ['Ivan Petrov', 'a text of 11 characters'],
    ['eyJhbGciOiJIUzI1NiJ9', 'a text of 20 characters'],
    ['+79000000000', 'a text of 12 characters'],
  ])('is told by its length where it might be anything: %s', (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });
});
