import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  discharge,
  names,
  obligationsOf,
  reducerLaws,
  smtlibText,
  specifiedRules,
  type Discharged,
  type Obligation,
} from '../../src/assurance/prove/index.ts';
import { next } from '../../src/assurance/prove/vocabulary.ts';
import { faults } from './faults.ts';
import { unrefuted } from './refute.ts';
import { startZ3, type Z3 } from './z3.mjs';

/** Far more than any obligation needs: a slow machine is no refutation. */
const timeout = 60_000;

let z3: Z3;
let results: readonly Discharged[] = [];

beforeAll(async () => {
  z3 = await startZ3({ timeout });
  results = await discharge(specifiedRules, z3.solve);
}, 180_000);
afterAll(() => z3.stop());

/** What was not proved, as a reader wants to see it. */
const unproved = (discharged: readonly Discharged[]): readonly string[] =>
  discharged
    .filter(({ proved }) => !proved)
    .map(({ obligation, answer, counterexample }) =>
      [
        `${obligation.name} [${obligation.clauses.join(', ')}]`,
        `expected ${obligation.expected}, received ${answer}`,
        ...(counterexample?.lines ?? []),
      ].join('\n'),
    );

describe('for folders of any size, under every reading and setting, it is proved', () => {
  test('that every obligation holds, and that each event and each legal move is possible [FOLDER-NEVER-FINAL]', () => {
    expect(unproved(results)).toEqual([]);
    expect(results).toHaveLength(obligationsOf(specifiedRules).length);
    expect(results.filter(({ obligation }) => obligation.expected === 'sat').length).toBeGreaterThan(30);
  });

  test('that no obligation has the name of another', () => {
    const all = results.map(({ obligation }) => obligation.name);
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  });
});

describe('the reducer, on the whole order of each reading,', () => {
  test.each(reducerLaws(specifiedRules).map((law) => [law.name, law] as const))(
    'keeps its law: %s [GROUP-RESULT-WORST]',
    (_name, { broken, cases }) => {
      expect(broken).toEqual([]);
      expect(cases).toBeGreaterThan(10);
    },
  );
});

describe('a wrong specification breaks the obligation that speaks of it:', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    expect(await unrefuted(fault, z3.solve)).toEqual([]);
  });

  test('or else the obligation is false of what no events lead to', async () => {
    const spokenOf = new Set(faults.flatMap(({ breaks }) => breaks));
    const others = obligationsOf(specifiedRules).filter(
      ({ name, expected }) => expected === 'unsat' && !spokenOf.has(name),
    );
    const somewhere = { state: [], step: [names.invariant, next(names.invariant)] } as const;
    const denied = others.map(({ name, clauses, about, asserted }): Obligation => ({
      name,
      clauses,
      about,
      expected: 'sat',
      asserted: [...somewhere[about], ...asserted.slice(-1)],
    }));
    expect(unproved(await discharge(specifiedRules, z3.solve, denied))).toEqual([]);
    // No rule has a say in these: that a group keeps its members, for instance.
    expect(others.length).toBeLessThan(10);
  });

  test('a reducer that takes the last member for the worst', () => {
    const broken = reducerLaws({ ...specifiedRules, worstUnder: (members) => [...members].at(-1) });
    expect(broken.filter((law) => law.broken.length > 0).map(({ name }) => name)).toContain(
      'order does not matter',
    );
  });

  test('a reducer that passes an empty group [GROUP-SUCCESS-MEANS]', () => {
    const { worstUnder } = specifiedRules;
    const broken = reducerLaws({
      ...specifiedRules,
      worstUnder: ((members, reading) => worstUnder(members, reading) ?? 'SUCCESS') as typeof worstUnder,
    });
    expect(broken.filter((law) => law.broken.length > 0).map(({ name }) => name)).toEqual([
      'nothing has no worst: no pass that nobody gave',
    ]);
  });
});

test('a counterexample says in the words of the domain what happens', async () => {
  const fault = faults.find(({ name }) => name === 'a settled analysis may change')!;
  const rules = { ...specifiedRules, ...fault.rules };
  const concerned = obligationsOf(rules).filter(({ name }) => fault.breaks.includes(name));
  const [result] = await discharge(rules, z3.solve, concerned);
  const text = result!.counterexample!.lines.join('\n');
  expect(text).toMatch(/^before: watched group: .*\d+ (liveness|other) in [A-Z]+/m);
  expect(text).toMatch(/^event: [a-z.]+ in the watched group: an analysis \((liveness|other)\) goes from /m);
  expect(text).toMatch(/^after: shows [A-Z]+ and [A-Z_]+$/m);
});

test('the formulas are written in the letters that every solver reads', () => {
  expect(smtlibText()).toMatch(/^[\n -~]+$/);
});

describe('an obligation counts as not proved', () => {
  const [obligation] = obligationsOf(specifiedRules);
  const announced = `${obligation!.name}: unsat`;

  test.each([
    ['that the solver cannot decide', `${announced}\nunknown\n`, 'unknown'],
    ['for which it met a limit', `${announced}\ntimeout\n`, 'timeout'],
    ['after an error', `${announced}\n(error "line 1")\nunsat\n`, '(error "line 1") unsat'],
    ['that it never came to', '', 'no answer'],
    ['for which it said nothing', `${announced}\n`, ''],
  ])('%s', async (_name, output, answer) => {
    const [result] = await discharge(specifiedRules, () => Promise.resolve(output), [obligation!]);
    expect(result).toEqual({ obligation, proved: false, answer });
  });

  test('that Z3 gives up', async () => {
    const hurried = await z3.solve(`(set-option :rlimit 1)\n${smtlibText(specifiedRules, [obligation!])}`);
    const [result] = await discharge(specifiedRules, () => Promise.resolve(hurried), [obligation!]);
    expect(result).toMatchObject({ proved: false, answer: 'unknown' });
  });
});
