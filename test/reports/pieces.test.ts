import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { finding, type Finding } from '../../src/observations/findings.ts';
import { reportFormats, type CheckOutcome, type ReportFormat } from '../../src/reports/index.ts';

const found = (number: number): Finding =>
  finding('GROUP_CHANGED', {
    message: `group ${number} grows`,
    where: { file: 'a.ndjson', line: number, column: 1, pointer: '/group_id' },
    hint: 'x'.repeat(300),
  });

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** So many findings: of a folder each, of one folder, or of none. */
const outcomes: Readonly<Record<string, (count: number) => Pick<CheckOutcome, 'folders' | 'input'>>> = {
  'of a folder each': (count) => ({
    folders: numbers(count).map((at) => folder(`${at}`, [found(at)])),
    input: [],
  }),
  'of one folder': (count) => ({ folders: [folder('one', numbers(count).map(found))], input: [] }),
  'of the input': (count) => ({ folders: [], input: numbers(count).map(found) }),
};

const folder = (folderId: string, findings: readonly Finding[]) =>
  ({ folderId, verdict: 'violates', observations: 1, findings, hazards: [] }) as const;

const formats = Object.keys(reportFormats) as ReportFormat[];

describe('a report in pieces', () => {
  test.each(formats.flatMap((format) => Object.keys(outcomes).map((name) => [format, name] as const)))(
    'has no longer ones for more findings: %s, %s',
    (format, name) => {
      const longest = (count: number) => {
        const outcome = { ...outcomes[name]!(count), options: { settings: defaultSettings }, ignored: {} };
        const pieces = [...reportFormats[format](outcome).output()];
        return Math.max(...pieces.map(({ length }) => length));
      };
      // Markdown leaves out what exceeds a limit instead.
      const [few, many] = format === 'markdown' ? [4000, 8000] : [100, 900];
      // Counts take a digit more.
      expect(longest(many)).toBeLessThanOrEqual(longest(few) + 20);
    },
  );

  test.each(formats)('can be asked for again: %s', (format) => {
    const outcome = {
      ...outcomes['of a folder each']!(3),
      options: { settings: defaultSettings },
      ignored: {},
    };
    const report = reportFormats[format](outcome);
    expect([...report.output()]).toEqual([...report.output()]);
    expect([...report.output()].join('').length).toBeGreaterThan(100);
  });
});
