import { describe, expect, test } from 'vitest';
import { difference } from './counted.ts';
import { partingOf, partingText } from './qt-scxml.ts';
import { readRumur } from './rumur.ts';
import { readPan } from './spin.ts';

const pairs = [
  ['FINISHED', 'SUCCESS'],
  ['FAILED', 'FAILED'],
] as const;

const pan = (errors: number) => `pan:1: assertion violated (resolution_status==( 3)) (at depth 5)
State-vector 60 byte, depth reached 20, errors: ${errors}
     90 states, stored
    116 states, matched
    206 transitions (= stored+matched)
tally 0: 90
tally 1: 0
`;

describe('what Spin prints', () => {
  test('is read without the steps that are not of the specification', () => {
    expect(readPan(pan(0), pairs)).toEqual({
      states: 90,
      transitions: 115,
      pairs: new Map([['FINISHED SUCCESS', 90]]),
    });
  });

  test('tells an error, of which the exit code of pan says nothing', () => {
    expect(readPan(pan(1), pairs).violated).toBe('an assertion on resolution_status');
  });

  test.each([
    ['', 'expected errors'],
    [pan(0).replace(/tally 1.*\n/, ''), 'expected ^tally 1'],
    [`error: max search depth too small\n${pan(0)}`, 'did not see every state'],
  ])('is no report where something is missing: %j', (output, message) => {
    expect(() => readPan(output, pairs)).toThrow(message);
  });
});

const rumur = (status: string, covers: string) => `Progress Report:

${covers}

Status:

	${status}

State Space Explored:

	90 states, 115 rules fired in 1s.
`;

describe('what Rumur prints', () => {
  const cover = '	cover "FINISHED SUCCESS" hit 90 times\n	cover "FAILED FAILED" not hit';

  test('is read without the pairs that no state shows', () => {
    expect(readRumur(1, rumur('1 error(s) found.', cover))).toEqual({
      states: 90,
      transitions: 115,
      pairs: new Map([['FINISHED SUCCESS', 90]]),
    });
    expect(readRumur(0, rumur('No error found.', '')).violated).toBeUndefined();
  });

  test.each([
    ['invariant "a FAILED folder has failed [X]" failed', 'a FAILED folder has failed [X]'],
    ['something else', 'an invariant'],
  ])('tells an error beside those pairs: %s', (line, violated) => {
    expect(readRumur(1, rumur('2 error(s) found.', `${cover}\n\t${line}`)).violated).toBe(violated);
  });

  test('is no report where the program broke', () => {
    expect(() => readRumur(null, 'out of memory')).toThrow(
      'expected the report of Rumur, received code null',
    );
  });
});

describe('counts', () => {
  const counted = { states: 3, transitions: 2, pairs: new Map([['A B', 3]]) };

  test.each([
    [{ ...counted, states: 4 }, 'states: expected 3, received 4'],
    [{ ...counted, transitions: 4 }, 'transitions: expected 2, received 4'],
    [{ ...counted, pairs: new Map([['A C', 3]]) }, 'states by pair: expected A B: 3; received A C: 3'],
    [{ ...counted, violated: 'a law' }, 'violated: a law'],
    [counted, undefined],
    [{ states: 3, transitions: 2 }, undefined],
  ])('differ by what is said: %j', (received, expected) => {
    expect(difference(counted, received)).toBe(expected);
  });
});

describe('a replay', () => {
  const trace = { events: [{ type: 'go' }], states: [['a'], ['b', 'c']] };

  test('parts where the states differ, and where it ends early', () => {
    expect(partingOf(trace, [['a'], ['b', 'c']])).toBeUndefined();
    expect(partingOf(trace, [['x'], ['b', 'c']])).toMatchObject({ after: 0, received: ['x'] });
    expect(partingOf(trace, [['a']])).toMatchObject({ after: 1, received: [] });
    expect(partingText(partingOf(trace, [['a'], ['b']])!)).toBe(
      'after {"type":"go"}: expected b,c, received b',
    );
  });
});
