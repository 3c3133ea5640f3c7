import { describe, expect, it } from 'vitest';
import { defaultReading, type Reading } from '../../machines/index.ts';
import { bit } from '../../src/conformance/bits.ts';
import { Budget } from '../../src/conformance/budget.ts';
import { createEngine } from '../../src/conformance/engine.ts';
import { check, seen } from './scenarios.ts';

const settingsOf = (answers: Partial<Reading>) =>
  ({ reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' }) as const;

function judge(texts: readonly string[], answers: Partial<Reading> = {}) {
  const [result] = check(
    texts.map((text) => seen(text)),
    { settings: settingsOf(answers) },
  );
  return [result!.verdict, ...result!.findings.map(({ code }) => code)];
}

describe('the answer to a POST', () => {
  const answer = '-/- + a=PROCESSING b=PROCESSING';

  it.each([
    ['of two groups', ['-/- a:BIOMETRY:A=PROCESSING b:BIOMETRY:B=PROCESSING', answer]],
    ['of a larger group', [answer, '-/- + a=PROCESSING']],
    ['of a smaller group', [answer, `${answer} c=PROCESSING`]],
  ])('never lists as one group analyses %s', (_name, texts) => {
    expect(judge(texts)).toEqual(['violates', 'GROUP_CHANGED']);
  });

  it('may be seen twice', () => {
    expect(judge([answer, answer])).toEqual(['conforms']);
  });
});

describe('an analysis that is named late', () => {
  const hold = { 'result-while-running': 'hold' } as const;
  const late = (group: string) => [
    '-/- a:BIOMETRY:A=PROCESSING',
    `-/PROCESSING ! a:BIOMETRY:A=PROCESSING b:BIOMETRY:${group}=FAILED`,
  ];

  it('never belongs to a group with another id than its own', () => {
    expect(judge(late('A'), hold)).toEqual(['conforms']);
    expect(judge(late('B'), hold)).toEqual(['violates', 'SYSTEM_RESOLUTION_IMPOSSIBLE']);
  });

  it('can by itself be the failure that an earlier group had to hold', () => {
    expect(judge(['-/- a=SUCCESS', 'FAILED/SUCCESS', '-/- ! a=SUCCESS b=FAILED'])).toEqual(['conforms']);
  });
});

describe('a belief that a limit has cut', () => {
  it('says so, and does so at all observations after it', () => {
    const count = 14;
    const facts = {
      analyses: Array.from({ length: count }, () => ({ liveness: false, label: -1, batch: 0 })),
      whole: [],
    };
    const running = Array.from({ length: count }, (_, id) => ({ id, admits: bit.PROCESSING }));
    const sight = { status: undefined, system: undefined, seen: running, complete: true };
    const engine = createEngine({ settings: settingsOf({ 'result-while-running': 'hold' }) });
    const cut = engine.step(engine.start, sight, facts);
    expect(cut.truncated).toBe(true);
    expect(engine.step(cut, sight, facts).truncated).toBe(true);
  });
});

describe('the most that a check can cost', () => {
  it('leaves every folder what it may cost once the check has cost what it may', () => {
    const budget = new Budget(0);
    budget.spend(1);
    expect(budget.isSpent).toBe(true);
    const perFolder = budget.mostFor(2, 10) - budget.mostFor(1, 10);
    expect(perFolder).toBeGreaterThanOrEqual(budget.ofFolder(0));
  });
});
