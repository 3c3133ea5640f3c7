import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { directoryWith } from '../cli/fake-terminal.ts';
import { some } from '../deep.ts';

const directory = 'test/vectors/verdicts';
const text = readFileSync(join(directory, 'decisions.jsonl'), 'utf8');

interface Row {
  readonly id: string;
  readonly description: string;
  readonly answer: {
    readonly resolution_status: string;
    readonly system_resolution: string;
    readonly analyses?: readonly {
      readonly type: string;
      readonly resolution_status: string;
      readonly group_id?: string;
    }[];
  };
  readonly under: readonly { readonly readings: string; readonly verdict: string }[];
  readonly together: { readonly verdict: string; readonly because?: string };
}
const rows = text
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);
const index = JSON.parse(readFileSync(join(directory, 'decisions.json'), 'utf8')) as {
  readonly decisions: number;
  readonly readings: readonly object[];
};
const statusesOf = ({ answer }: Row) => (answer.analyses ?? []).map((one) => one.resolution_status);

describe('the decision table', () => {
  test('holds lines by the published schema, as many as it counts, no two with one id', () => {
    const schema = JSON.parse(readFileSync('docs/schemas/decisions.schema.json', 'utf8')) as object;
    const validate = new Ajv2020().compile(schema);
    expect(rows.filter((row) => !validate(row)).map(({ id }) => id)).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(index.decisions).toBe(rows.length);
    expect(validate({ ...rows[0], together: { verdict: 'SUCCESS' } })).toBe(false);
  });

  test('has every multiset of settled results of two analyses in one group, and of one alone', () => {
    const results = ['FAILED', 'DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS'];
    const inOneGroup = rows
      .filter(({ under }) => under.length > 0)
      .filter(({ answer }) => new Set(answer.analyses?.map((one) => one.group_id)).size === 1)
      .map((row) => statusesOf(row).toSorted().join());
    const expected = results.flatMap((one) => [
      one,
      ...results.map((other) => [one, other].toSorted().join()),
    ]);
    expect([...new Set(inOneGroup)].filter((one) => !one.includes('PROCESSING')).toSorted()).toEqual(
      [...new Set(expected)].toSorted(),
    );
  });

  test('passes exactly where both kinds are there and all is SUCCESS [SUCCESS-OF-EVERY-ANALYSIS]', () => {
    const isGood = (row: Row) =>
      statusesOf(row).every((one) => one === 'SUCCESS') &&
      ['QUALITY', 'BIOMETRY'].every((kind) => row.answer.analyses?.some(({ type }) => type === kind));
    const passing = rows.filter(({ under }) => under.some(({ verdict }) => verdict === 'passed'));
    expect(passing.length).toBeGreaterThan(3);
    expect(passing).toEqual(
      rows.filter(
        (row) =>
          isGood(row) &&
          row.answer.system_resolution === 'SUCCESS' &&
          row.answer.resolution_status === 'FINISHED',
      ),
    );
  });

  test('has answers that no folder gives: none passes, and each way to be wrong is there', () => {
    const wrong = rows.filter(({ under }) => under.length === 0);
    expect([...new Set(wrong.map(({ together: { verdict, because } }) => `${verdict} ${because}`))]).toEqual([
      'unknown contradiction',
      'incomplete results',
      'unknown status',
    ]);
    // By hand: of the 8 pairs of settled fields, SUCCESS alone shows FINISHED with SUCCESS and no other.
    const ofOne = wrong.filter(
      ({ description, answer }) =>
        description === 'no reading explains it' && statusesOf({ answer } as Row).join() === 'SUCCESS',
    );
    expect(ofOne).toHaveLength(7);
  });

  test('has every verdict that an answer of a folder can have', () => {
    const verdicts = new Set(
      rows.flatMap(({ under, together }) => [together, ...under].map(({ verdict }) => verdict)),
    );
    expect([...verdicts].toSorted()).toEqual([
      'declined',
      'failed',
      'incomplete',
      'operator-required',
      'passed',
      'pending',
      'unknown',
    ]);
  });
});

/** Java leaves a folder of figures on its performance among the temporary files unless it is told not to. */
const env = { ...process.env, JAVA_TOOL_OPTIONS: '-XX:-UsePerfData' };
const runners = [
  ['Python', 'python3', 'run.py'],
  ['Java', 'java', 'Run.java'],
] as const;
const isThere = ([, command]: (typeof runners)[number]) =>
  spawnSync(command, ['--version'], { stdio: 'ignore', env }).status === 0;
const present = runners.filter(isThere);
const absent = runners.filter((one) => !present.includes(one)).map(([language]) => language);

describe('the runners of the decision table', () => {
  test.each([[absent.join(' and ') || 'none of them']])(
    'that are not run, as their language is missing: %s',
    (names) => {
      process.stdout.write(`runners of the decision table not run: ${names}\n`);
      expect(present.length + absent.length).toBe(runners.length);
    },
  );

  test.each(some(1, present))(
    'agree with it, and find a line that is changed, in %s',
    (_language, command, file) => {
      const run = (where: string) =>
        spawnSync(command, [join(directory, file), where], { encoding: 'utf8', env });
      expect(execFileSync(command, [join(directory, file), directory], { encoding: 'utf8', env })).toContain(
        `${rows.length} agree, 0 differ`,
      );
      const at = rows.findIndex(({ under }) => under.some(({ verdict }) => verdict === 'declined'));
      const lines = text.split('\n');
      const changed = lines.with(at, lines[at]!.replace('"verdict":"declined"', '"verdict":"passed"'));
      const copy = directoryWith({
        'decisions.jsonl': changed.join('\n'),
        'decisions.json': JSON.stringify(index),
      });
      const { status, stdout } = run(copy);
      expect(status).toBe(1);
      expect(stdout).toContain(`${rows.length - 1} agree, 1 differ`);
    },
  );
});
