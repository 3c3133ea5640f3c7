import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { differencesBetween, isComparable } from '../../src/review/differences.ts';
import {
  basisOf,
  marksFile,
  noMarks,
  progressOf,
  questionBasis,
  readMarks,
  type Marks,
  type Subject,
} from '../../src/review/marks.ts';
import { compareCopy } from '../../src/review/page/compare.ts';
import type { SpecificationRecord } from '../../src/review/record.ts';
import { signOffReport } from '../../src/review/sign-off.ts';
import { repository } from '../cli/built.ts';
import { inventPage, type InventedPage } from './invented-page.ts';

const whole = JSON.parse(
  readFileSync(join(repository, 'docs/specification.json'), 'utf8'),
) as SpecificationRecord;
let page: InventedPage;
let record: SpecificationRecord;
beforeAll(async () => {
  page = await inventPage();
  record = { ...whole, passages: page.register };
});

async function subjectOf(copy: string): Promise<Subject> {
  const comparison = await compareCopy(copy, page.register);
  if ('problem' in comparison) throw new Error(comparison.problem);
  return { record, comparison };
}

/** Agrees to every clause and takes every default. */
function agreeing(subject: Subject): Marks {
  const clauses = Object.keys(record.clauses).map((id) => {
    return [id, { judgement: 'agree', note: '', of: basisOf(id, subject) }] as const;
  });
  const answers = Object.entries(record.questions).map(([name, question]) => {
    const answer = Object.keys(question.answers)[0]!;
    return [name, { answer, reason: 'as printed', of: questionBasis(name, subject) }] as const;
  });
  return {
    ...noMarks,
    reviewer: 'A <b>Reviewer</b>',
    clauses: Object.fromEntries(clauses),
    answers: Object.fromEntries(answers),
  };
}

describe('marks', () => {
  test('made without a copy hold for a copy that is the page', async () => {
    const marks = agreeing({ record, comparison: null });
    const { judged, clauses, answered, questions, again } = progressOf(marks, await subjectOf(page.html));
    expect([judged, answered, again]).toEqual([clauses, questions, []]);
    expect(clauses).toBeGreaterThan(60);
  });

  test('have to be made again for exactly the clauses that a newer copy touches', async () => {
    const marks = agreeing(await subjectOf(page.markdown));
    const copy = page.markdown
      .replace(
        '`FINISHED` – as said in (e.g., this) place 6 of analyse',
        '`FINISHED` – as was said of analyse',
      )
      .replace('| DECLINED | - |', '| DECLINED | possible |')
      .replace(/\n\n`DECLINED` – as said in [^\n]* of system\\_resolution;/, '');
    const subject = await subjectOf(copy);
    expect(progressOf(marks, subject).again.toSorted()).toEqual([...subject.comparison!.touched].toSorted());
    expect(subject.comparison!.touched).toContain('STATE-COLUMN');
  });

  test('have to be made again for exactly what a newer specification says otherwise', () => {
    const subject: Subject = { record, comparison: null };
    const marks = agreeing(subject);
    const clauses = {
      ...record.clauses,
      DELETION: { ...record.clauses['DELETION']!, text: 'Something else.' },
    };
    expect(progressOf(marks, { record: { ...record, clauses }, comparison: null }).again).toEqual([
      'DELETION',
    ]);
  });

  test('are read from their file as they were written', () => {
    const marks = agreeing({ record, comparison: null });
    expect(readMarks(marksFile(marks))).toEqual(marks);
  });

  test.each([
    ['no JSON', 'marks', /expected JSON/],
    ['null', 'null', /^\/format: .*received nothing/],
    ['another format', '{"format": "other"}', /^\/format: expected "oz-status-marks", received "other"/],
    ['another version', '{"format": "oz-status-marks", "version": 9}', /^\/version: expected 1, received 9/],
    [
      'a judgement that is none',
      marksFile({
        ...noMarks,
        clauses: { DELETION: { judgement: 'fine' as 'agree', note: '', of: { says: '', passages: [] } } },
      }),
      /^\/clauses\/DELETION\/judgement: expected agree or object or note, received "fine"/,
    ],
    [
      'a mark of nothing',
      JSON.stringify({ ...noMarks, clauses: { DELETION: { judgement: 'agree', note: '' } } }),
      /^\/clauses\/DELETION\/of: /,
    ],
    [
      'answers that are a list',
      JSON.stringify({ ...noMarks, answers: [] }),
      /^\/answers: expected an object/,
    ],
    ['a text without end', `"${'x'.repeat(1_000_001)}"`, /expected at most/],
  ])('that are %s are refused with the place', (_what, text, says) => {
    expect((readMarks(text) as { problem: string }).problem).toMatch(says);
  });
});

describe('the report', () => {
  const open = (html: string): Document => new JSDOM(html).window.document;

  test('lists every clause and every question, and holds no sentence of the copy', async () => {
    const subject = await subjectOf(page.markdown);
    const html = signOffReport(agreeing(subject), subject);
    const document = open(html);
    const questions = Object.keys(whole.questions).length;
    expect(document.querySelectorAll('td > code[id]')).toHaveLength(Object.keys(record.clauses).length);
    expect(document.body.textContent).toContain(`${questions} of ${questions} questions answered`);
    expect(html).not.toContain('as said in');
    expect(html).toContain(record.page.address);
    expect(document.querySelector('script, img, link')).toBeNull();
    expect(document.querySelector('.sign')!.textContent).toContain('A <b>Reviewer</b>');
  });

  test('says what has to be judged again, and keeps marks on what is gone', async () => {
    const marks = agreeing({ record, comparison: null });
    const subject = await subjectOf(page.markdown.replace('Sentence number 8', 'Number 8'));
    const gone = {
      judgement: 'object',
      note: 'never mind',
      of: { says: 'an old clause', passages: [] },
    } as const;
    const html = signOffReport({ ...marks, clauses: { ...marks.clauses, 'OLD-CLAUSE': gone } }, subject);
    const { textContent } = open(html).body;
    expect(textContent).toContain('changed: GROUP-IS-ONE-POST, GROUP-CONSTANT');
    expect(textContent).toContain('never mind');
  });
});

describe('the difference of two versions', () => {
  test('names clauses, moves, pairs and verdicts, each with what was and what is', () => {
    const other = {
      ...whole,
      clauses: { ...whole.clauses, DELETION: { ...whole.clauses['DELETION']!, text: 'It may.' } },
      pairs: whole.pairs.slice(1),
      moves: { ...whole.moves, folder: [...whole.moves['folder']!, 'folder.a--always--folder.b'] },
      recordings: { ...whole.recordings, 'two-steps.ndjson': { verdicts: { f: 'violates' }, codes: [] } },
    };
    expect(differencesBetween(whole, whole)).toEqual([]);
    expect(differencesBetween(whole, other)).toEqual([
      {
        about: 'Clauses',
        lines: [`- DELETION: silent: ${whole.clauses['DELETION']!.text}`, '+ DELETION: silent: It may.'],
      },
      { about: 'Moves of the folder', lines: ['+ folder.a -> folder.b'] },
      { about: 'Pairs of statuses that a folder can show', lines: [`- ${whole.pairs[0]}`] },
      {
        about: 'Verdicts on the bundled recordings',
        lines: ['- two-steps.ndjson: conforms; MASKED_RESULT', '+ two-steps.ndjson: violates'],
      },
    ]);
  });

  test('takes nothing for a version that is none', () => {
    expect(isComparable(whole)).toBe(true);
    for (const part of ['clauses', 'questions', 'moves', 'pairs', 'pairMoves', 'recordings'])
      for (const wrong of [null, 1, { x: null }, [1]])
        expect(isComparable({ ...whole, [part]: wrong })).toBe(false);
  });
});
