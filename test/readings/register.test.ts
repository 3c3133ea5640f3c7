import { describe, expect, it } from 'vitest';
import { allReadings, answersTo, clauses, questionNames, questions } from '../../machines/index.ts';
import { observableReading, readingRegister } from '../../src/explore/index.ts';
import { documentMarkdown, documentText } from '../../src/reports/readings/document.ts';
import { planBlocks } from '../../src/reports/readings/plan.ts';
import { registerBlocks } from '../../src/reports/readings/register.ts';
import { defaultPlan } from './default-plan.ts';

const register = readingRegister();

describe('every question of the register', () => {
  it.each(questionNames)(
    '%s says what each answer means to an integrator, by which clauses it is open, and why the default is one',
    (name) => {
      const { answers, consequences, clauses: named, defaultBecause } = questions[name];
      expect(Object.keys(consequences)).toEqual(Object.keys(answers));
      for (const text of [...Object.values<string>(consequences), defaultBecause])
        expect(text).toMatch(/^[A-Z`].*\.$/);
      expect(new Set(Object.values<string>(consequences)).size).toBe(answersTo(name).length);
      expect(named.length).toBeGreaterThan(0);
      for (const clause of named) expect(clauses).toHaveProperty(clause);
    },
  );

  it('shows for every two answers a scenario that parts them at its last step and not before, or a proof', () => {
    const pairs = register.questions.flatMap(({ question, pairs: compared }) =>
      compared.map((pair) => ({ question, ...pair })),
    );
    const counts = questionNames.map((name) => answersTo(name).length);
    expect(pairs).toHaveLength(counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0));
    for (const { question, steps, never } of pairs) {
      const parts = steps.map(
        ({ shows: [first, second] }) => JSON.stringify(first) !== JSON.stringify(second),
      );
      if (never === undefined) expect(parts, question).toEqual(parts.map((_, at) => at === parts.length - 1));
      else expect({ steps, proofs: never?.length }).toEqual({ steps: [], proofs: 1 });
    }
    expect(pairs.filter(({ never }) => never !== undefined).map(({ answers }) => answers)).toEqual([
      ['unspecified', 'forbidden'],
    ]);
  });

  it('counts the readings and those that can be told apart', () => {
    const readings = allReadings();
    const classes = new Set(readings.map((reading) => JSON.stringify(observableReading(reading)))).size;
    expect(register).toMatchObject({ readings: readings.length, classes, complete: true });
  });
});

const narrow = readingRegister({ groups: 1, analyses: 1 });

describe('what is printed for people', () => {
  it.each([
    ['the register', registerBlocks(register)],
    ['the register with every step', registerBlocks(register, true)],
    ['the plan', planBlocks(defaultPlan())],
  ])('keeps to 100 columns, %s', (_name, blocks) => {
    const wide = documentText(blocks)
      .split('\n')
      .filter((line) => line.length > 100);
    expect(wide).toEqual([]);
  });

  it('says where nothing was found within the bounds but nothing is proved', () => {
    const text = documentText(registerBlocks(narrow)).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Not told apart: none of the');
    expect(text).toContain('of larger ones nothing is known');
  });

  it('shows both payloads side by side', () => {
    expect(documentText(registerBlocks(register))).toContain(
      [
        '                     processing-first  failed-first',
        '  resolution_status  PROCESSING        FAILED        differs',
        '  system_resolution  PROCESSING        PROCESSING',
      ].join('\n'),
    );
  });

  it('is a table in Markdown, with the separators of its cells escaped', () => {
    const table = { head: ['a', 'b'], rows: [['x|y', '`z`']] };
    expect(documentMarkdown([table])).toBe('| a | b |\n| --- | --- |\n| x\\|y | `z` |\n');
  });
});
