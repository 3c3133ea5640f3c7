import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { describe, expect, test } from 'vitest';
import { defaultReading, defaultSettings, neighbouringReadings } from '../../machines/index.ts';
import { machineNames } from '../../src/diagrams/index.ts';
import { blueprintOf, chartOf, scxmlDocument } from '../../src/assurance/export/index.ts';

const schema = readFileSync(join(import.meta.dirname, 'scxml-subset.xsd'), 'utf8');

async function problemsOf(documents: readonly string[]): Promise<readonly string[]> {
  const xml = documents.map((contents, at) => ({ fileName: `${at}.scxml`, contents }));
  const { errors } = await validateXML({ xml, schema: [{ fileName: 'scxml-subset.xsd', contents: schema }] });
  return errors.map(({ message }) => message);
}

const documents = neighbouringReadings().flatMap(([, reading]) =>
  machineNames.map((machine) => {
    const settings = { ...defaultSettings, reading };
    return scxmlDocument(chartOf(machine, settings), blueprintOf(settings));
  }),
);
const decided = {
  ...defaultSettings,
  reading: { ...defaultReading, 'operator-decision': 'allowed' },
} as const;
const one = scxmlDocument(chartOf('analysis', decided), blueprintOf(decided));

describe('the schema of the SCXML that is exported', () => {
  test('admits every machine under every neighbouring reading', async () => {
    expect(await problemsOf(documents)).toEqual([]);
  });

  test.each([
    [
      'a target that is no state',
      one.replace('target="analysis.FAILED"', 'target="analysis.LOST"'),
      'analysis.LOST',
    ],
    [
      'an initial state that is none',
      one.replace('initial="analysis.PROCESSING"', 'initial="nowhere"'),
      'nowhere',
    ],
    [
      'one id twice',
      one.replace('<final id="analysis.FAILED"/>', '<final id="analysis.FINISHED"/>'),
      'FINISHED',
    ],
    ['an attribute of another language', one.replace('cond="', 'guard="'), 'guard'],
    ['another version', one.replace('version="1.0" datamodel', 'version="2.0" datamodel'), 'version'],
    ['text that is no XML', one.replace('</scxml>', ''), 'Premature end'],
  ])('refuses %s', async (_name, document, message) => {
    expect(document).not.toBe(one);
    expect((await problemsOf([document])).join('\n')).toContain(message);
  });
});
