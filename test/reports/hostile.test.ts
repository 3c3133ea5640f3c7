import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exitCodeOf,
  folderName,
  printable,
  remarks,
  reportFormats,
  summarize,
  wholeText,
  type CheckOutcome,
  type ReportFormat,
} from '../../src/reports/index.ts';
import { anyOutcome } from './outcomes.ts';
import {
  holdsHashCommand,
  readHtml,
  readMarkdown,
  readXml,
  sarifProblems,
  workflowCommands,
  type Sarif,
} from './reading.ts';
import { runs } from '../deep.ts';

const formats = Object.keys(reportFormats) as ReportFormat[];

/** Holds of every outcome, with hostile text in it, and with and without --strict. */
const always = (holds: (outcome: CheckOutcome, strict: boolean) => void) =>
  fc.assert(
    fc.property(anyOutcome, fc.boolean(), (outcome, strict) => {
      holds(outcome, strict);
    }),
    runs(10, 150),
  );

const output = (format: ReportFormat, outcome: CheckOutcome, strict = false) =>
  wholeText(reportFormats[format](outcome, { strict, all: true, version: '0.0.0' }));

const elements = (document: Document) => [...document.querySelectorAll('*')];
const names = (document: Document) => new Set(elements(document).map((one) => one.localName));
const texts = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map((one) => one.textContent);

/** What no output may hold raw: controls but for the line break, bidirectional and invisible formats. */
const dangerous = /[\p{Bidi_Control}\u200b-\u200d\u2028\u2029\u2060\ufeff]|(?!\n)\p{Cc}|\p{Cs}/u;

describe('text of the input', () => {
  test.each(formats)('never stands in a report as a control or invisible character: %s', (format) => {
    always((outcome, strict) => expect(output(format, outcome, strict)).not.toMatch(dangerous));
  });

  test.each(formats)('never is a command in the log of a pipeline: %s', (format) => {
    always((outcome) => {
      const log = output(format, outcome);
      expect(holdsHashCommand(log)).toBe(false);
      const expected = format === 'github' ? [...remarks(outcome)].length : 0;
      expect(log.split('\n').filter((line) => line.trimStart().startsWith('::'))).toHaveLength(expected);
    });
  });

  test('never is markup in XML', () => {
    always((outcome, strict) => {
      const document = readXml(output('junit', outcome, strict));
      const legal =
        'testsuites testsuite properties property testcase failure error skipped system-out'.split(' ');
      expect([...names(document)].filter((name) => !legal.includes(name))).toEqual([]);
      const cases = texts(document, 'testcase').length;
      expect(document.querySelector('testsuite')?.getAttribute('tests')).toBe(String(cases));
      const folders = [...document.querySelectorAll('testcase[classname="oz-status.folder"]')];
      const expected = outcome.folders.map(folderName);
      // A number may follow, where two would be called alike.
      const shown = folders.map((one, at) => one.getAttribute('name')?.slice(0, expected[at]?.length));
      expect(shown).toEqual(expected);
    });
  });

  test('never is markup in HTML', () => {
    const legal =
      'html head meta title style body main h1 h2 h3 span p table thead tbody tr th td section bdi small article ' +
      'code dl dt dd';
    always((outcome, strict) => {
      const document = readHtml(output('html', outcome, strict));
      expect([...names(document)].filter((name) => !legal.split(' ').includes(name))).toEqual([]);
      const attributes = new Set(elements(document).flatMap((one) => one.getAttributeNames()));
      const known = ['lang', 'charset', 'http-equiv', 'content', 'name', 'class', 'scope'];
      expect([...attributes].filter((name) => !known.includes(name))).toEqual([]);
      const said = [...remarks(outcome)].map(({ message }) => printable(message));
      expect(texts(document, 'article > p').toSorted()).toEqual(said.toSorted());
    });
  });

  test('never is markup in Markdown', () => {
    const legal = ['html', 'head', 'body', 'h2', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code'];
    always((outcome, strict) => {
      const document = readMarkdown(output('markdown', outcome, strict));
      expect([...names(document)].filter((name) => !legal.includes(name))).toEqual([]);
      expect(elements(document).flatMap((one) => one.getAttributeNames())).toEqual([]);
      const findings = [...document.querySelectorAll('table')].filter((table) =>
        table.querySelector('th')?.textContent.startsWith('Finding'),
      );
      const all = [...remarks(outcome)];
      const isKnown = ({ finding }: (typeof all)[number]) => finding?.known !== undefined;
      const said = [...all.filter((one) => !isKnown(one)), ...all.filter(isKnown)].map(({ message }) =>
        printable(message, 200).replaceAll(/ +/g, ' ').trim(),
      );
      const messages = findings.flatMap((table) => [...table.querySelectorAll('tbody td:nth-child(3)')]);
      expect(messages.map((one) => one.textContent.replaceAll(/ +/g, ' ').trim())).toEqual(said);
    });
  });

  test('never is a workflow command, a property or a link in an annotation', () => {
    always((outcome, strict) => {
      const commands = workflowCommands(output('github', outcome, strict));
      const expected = [...remarks(outcome, strict)].map(({ level, title, message, finding }) => {
        const { file, line, column } = finding && finding.where.file !== '-' ? finding.where : {};
        return {
          name: level === 'note' ? 'notice' : level,
          first: printable(message),
          properties: {
            ...(file === undefined ? {} : { file: printable(file, 4096) }),
            ...(line === undefined ? {} : { line: String(line) }),
            ...(column === undefined ? {} : { col: String(column) }),
            title: finding?.known ? `${title} (known)` : title,
          },
        };
      });
      const actual = commands.map(({ name, properties, message }) => ({
        name,
        properties,
        first: message.split('\n')[0],
      }));
      expect(actual.map(({ first, ...others }) => ({ ...others, first }))).toEqual(
        expected.map((one) => (one.first === '' ? { ...one, first: expect.anything() } : one)),
      );
    });
  });

  test('never ends a line of JSON, and reads back as it was', () => {
    always((outcome) => {
      const lines = output('ndjson', outcome).trimEnd().split('\n');
      const read = lines.map((line) => JSON.parse(line) as { type: string; message?: string });
      const all = [...outcome.folders.flatMap((one) => [...one.findings, ...one.hazards]), ...outcome.input];
      const found = read.slice(0, all.length);
      expect(found.map(({ message }) => message)).toEqual(all.map(({ message }) => message));
      const types = [...all.map(() => 'finding'), ...outcome.folders.map(() => 'folder'), 'summary'];
      expect(read.map(({ type }) => type)).toEqual(types);
    });
  });

  test('never breaks the schema of SARIF, nor is a link or a placeholder in its messages', () => {
    always((outcome, strict) => {
      const log = JSON.parse(output('sarif', outcome, strict)) as Sarif;
      expect(sarifProblems(log)).toEqual([]);
      const [{ results }] = log.runs;
      for (const { message } of results) expect(message.text).not.toMatch(/\{\d|\]\(/);
      const all = [...outcome.folders.flatMap((one) => [...one.findings, ...one.hazards]), ...outcome.input];
      expect(results.map(({ properties }) => properties['observed'])).toEqual(
        all.map(({ observed }) => observed),
      );
    });
  });
});

describe('a report', () => {
  test.each(formats)('comes with the exit code of the check: %s', (format) => {
    always((outcome, strict) => {
      expect(reportFormats[format](outcome, { strict }).exitCode).toBe(
        exitCodeOf(summarize(outcome), strict),
      );
    });
  });

  test('for a pipeline shows an error exactly if the exit code is not 0', () => {
    always((outcome, strict) => {
      const failed = exitCodeOf(summarize(outcome), strict) !== 0;
      const suite = readXml(output('junit', outcome, strict)).querySelectorAll('failure, error');
      expect(suite.length > 0).toBe(failed);
      const annotations = workflowCommands(output('github', outcome, strict));
      expect(annotations.some(({ name }) => name === 'error')).toBe(failed);
      const [{ results, invocations }] = (JSON.parse(output('sarif', outcome, strict)) as Sarif).runs;
      const said = [...results, ...invocations[0].toolExecutionNotifications];
      expect(said.some(({ level }) => level === 'error')).toBe(failed);
      const page = readHtml(output('html', outcome, strict));
      expect(page.querySelectorAll('article.error').length > 0).toBe(failed);
    });
  });
});
