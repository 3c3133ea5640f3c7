import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allReadings, operatorRequiredSettings } from '../../machines/index.ts';
import { scenarios } from '../../src/explore/index.ts';
import { maxAddress, readAddress, writeAddress, type Shared } from '../../src/reviewer/page/address.ts';
import { renumber } from '../../src/reviewer/page/numbering.ts';
import { prop } from '../property.ts';

const views = ['start', 'play'];
const anyShared: fc.Arbitrary<Shared> = fc
  .record({
    view: fc.constantFrom(...views),
    settings: fc.record({
      reading: fc.constantFrom(...allReadings()),
      operatorRequired: fc.constantFrom(...operatorRequiredSettings),
    }),
    other: fc.constantFrom(...allReadings()),
    events: fc.constantFrom(...scenarios.map(({ events }) => renumber(events))),
    back: fc.nat(5),
    file: fc.constantFrom('', 'two-steps.ndjson'),
    data: fc.constantFrom('', 'q1bKL-_9'),
  })
  .map(({ back, ...shared }) => ({ ...shared, at: Math.max(0, shared.events.length - back) }));

/** Text that is nearly an address, so that every check of it is reached. */
const words =
  '1 / play ? & = , . reading events at post QUALITY 0 2 SUCCESS FAILED decided operator never file data result-scope % <';
const nearlyAddress = fc
  .array(fc.constantFrom(...words.split(' ')), { maxLength: 20 })
  .map((parts) => parts.join(''));

describe('an address', () => {
  prop([anyShared])('says again what was written', (shared) => {
    expect(readAddress(writeAddress(shared), views)).toEqual({ ok: true, shared });
  });

  prop([fc.oneof(nearlyAddress, fc.string({ maxLength: 200 }))])(
    'that anybody wrote is read or refused with a reason, never more',
    (address) => {
      const read = readAddress(address, views);
      if (read.ok) {
        expect(readAddress(writeAddress(read.shared), views)).toEqual(read);
        expect(read.shared.at).toBeLessThanOrEqual(read.shared.events.length);
      } else expect(read.problem).toMatch(/: expected .+, received “/);
    },
  );

  test.each([
    ['1/play?at=1', 'at: expected a number from 0 to 0, received “1”'],
    ['1/play?at=1.5', 'at: expected a number from 0 to 0, received “1.5”'],
    ['1/play?events=post.QUALITY,1.INITIAL', 'an event: expected post.KIND'],
    ['1/play?events=1.SUCCESS,post.QUALITY', 'an event: expected post.KIND'],
    ['1/play?events=post.1', 'a kind of analysis: expected a letter'],
    [`1/play?events=post${'.A'.repeat(21)}`, 'a group: expected at most 20 analyses, received “21”'],
    [`1/play?events=${'post.A,'.repeat(200)}post.A`, 'events: expected at most 200, received “201”'],
    ['1/play?reading=result-scope.hold', 'result-scope: expected last-finished-group'],
    ['1/play?reading=nothing.hold', 'a question: expected result-scope'],
    ['1/play?operator=maybe', 'operator: expected allowed or never'],
    ['1/play?at=0&at=0', 'at: expected it once'],
    ['1/play?color=red', 'a name: expected reading'],
    ['1/play?data=a.b', 'data: expected at most'],
    ['1/play?file=../secret', 'file: expected the name of a bundled recording'],
    ['1/play/more', 'the view: expected start, play'],
    ['2/play', 'its version: expected 1'],
    [`1/play?events=${'A'.repeat(maxAddress)}`, `its length: expected at most ${maxAddress} characters`],
  ])('%s is refused by what is wrong with it', (address, problem) => {
    const read = readAddress(address, views);
    expect(read.ok ? '' : read.problem).toContain(problem);
  });

  test('of nothing begins at the first view', () => {
    const read = readAddress('', views);
    expect(read.ok && read.shared.view).toBe('start');
  });
});
