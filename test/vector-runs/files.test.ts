import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { index, vectorDirectory, vectors, vectorsByFile } from './vectors.ts';
import { some } from '../deep.ts';

const runners = join(vectorDirectory, 'runners');
const schema = JSON.parse(readFileSync('docs/schemas/vectors.schema.json', 'utf8')) as object;
const validate = new Ajv2020().compile(schema);

describe('the files of vectors', () => {
  test('are those that the index names, with as many vectors as it says', () => {
    const names = readdirSync(vectorDirectory).filter((name) => /[.]jsonl?$/.test(name));
    expect(names.toSorted()).toEqual(
      ['index.json', ...index.sets.map(({ lines }) => lines)].toSorted(),
    );
    expect([...vectorsByFile].map(([file, list]) => [file, list.length])).toEqual(
      index.sets.map((set) => [set.lines, set.vectors]),
    );
  });

  test('hold vectors by the published schema, no two with one id', () => {
    const wrong = vectors.filter((vector) => !validate(vector)).map(({ id }) => id);
    expect(wrong).toEqual([]);
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    expect(validate({ ...vectors[0], expected: { verdict: 'passed' } })).toBe(false);
  });

  test('give a reason for every verdict that is not valid, and for no other', () => {
    const wrong = vectors.filter(
      ({ expected }) => (expected.verdict === 'valid') === (expected.reason !== undefined),
    );
    expect(wrong).toEqual([]);
    expect(new Set(vectors.map(({ expected }) => expected.verdict)).size).toBe(3);
  });
});

/** Java leaves a folder of figures on its performance among the temporary files unless it is told not to. */
const withoutFigures = { ...process.env, JAVA_TOOL_OPTIONS: '-XX:-UsePerfData' };

/** Where a language is not installed its runner is not run, and the name of the test says so. */
function installed(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore', env: withoutFigures }).status === 0;
}

/** Each with the vectors that it runs: what it leaves out is what can be observed, in Java also folders. */
const examples = [
  ['Python', 'python3', 'run.py', vectors.filter(({ observations }) => !observations).length],
  [
    'Java',
    'java',
    'Run.java',
    vectors.filter(({ given }) => given?.statuses ?? given?.analysis ?? given?.group).length,
  ],
] as const;

describe('the examples of runners', () => {
  const present = examples.filter(([, command]) => installed(command));
  const absent = examples.filter((one) => !present.includes(one)).map(([language]) => language);

  test.each([[absent.join(' and ') || 'none of them']])(
    'that are not run, as their language is missing: %s',
    (names) => {
      process.stdout.write(`runners of vectors not run: ${names}\n`);
      expect(present.length + absent.length).toBe(examples.length);
    },
  );

  test.each(some(1, present))('agree with the vectors, in %s by %s %s', (_language, command, file, runs) => {
    const printed = execFileSync(command, [join(runners, file), vectorDirectory], {
      encoding: 'utf8',
      env: withoutFigures,
    });
    const [, agree, differ] = /^(\d+) agree, (\d+) differ, \d+ not run$/m.exec(printed) ?? [];
    expect(Number(differ)).toBe(0);
    expect(Number(agree)).toBe(runs);
  });

  test.each(examples)('have at most 60 lines, in %s', (_language, _command, file) => {
    expect(readFileSync(join(runners, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});
