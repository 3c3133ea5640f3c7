import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecord, readRecord, recordTypes } from '../../src/inspection/records.ts';
import { openSession, writeSession } from '../../src/inspection/saved.ts';
import { InspectionSession, keyOf, snapshotsAt } from '../../src/inspection/session.ts';
import { folderRecords, record } from './samples.ts';
import { prop } from '../property.ts';

describe('a record', () => {
  test('is taken as XState gives it, microsteps included', () => {
    const records = folderRecords();
    expect(new Set(records.map(({ type }) => type))).toEqual(new Set(recordTypes));
    for (const each of records) expect(parseRecord(JSON.stringify(each))).toEqual({ ok: true, record: each });
    const [actor] = records;
    expect(JSON.parse(actor?.definition ?? '')).toMatchObject({ id: 'folder' });
    const taken = records.flatMap(({ transitions = [] }) => transitions);
    expect(taken.join('\n')).toMatch(/folder[.]system_resolution[.]INITIAL to folder[.]system_resolution/);
  });

  test.each([
    ['a list', [], 'expected an object, received a list'],
    ['another type', { type: '@xstate.action' }, 'type: expected @xstate.actor, @xstate.event'],
    ['no session', { type: '@xstate.event' }, 'sessionId: expected a text, received nothing'],
    [
      'a name that is a number',
      { type: '@xstate.actor', sessionId: 'x', name: 1 },
      'name: expected a text, received 1',
    ],
    ['a long name', { type: '@xstate.actor', sessionId: 'x'.repeat(999) }, 'sessionId: expected at most 300'],
    [
      'a snapshot that is a list',
      { type: '@xstate.snapshot', sessionId: 'x', snapshot: [] },
      'snapshot: expected',
    ],
    [
      'an event without a type',
      { type: '@xstate.event', sessionId: 'x', event: {} },
      'event.type: expected a text',
    ],
    [
      'transitions as one',
      { type: '@xstate.microstep', sessionId: 'x', transitions: 'a' },
      'transitions: expected',
    ],
  ])('is refused with %s', (_name, value, problem) => {
    const read = readRecord(value);
    expect(read.ok ? '' : read.problem).toContain(problem);
  });

  prop([fc.anything()])('is read or refused, whatever is given', (value) => {
    const read = readRecord(value);
    expect(read.ok || read.problem.length > 0).toBe(true);
  });
});

/** Records of a few actors in a few sources. */
const arbitraryRecords = fc.array(
  fc.record({
    type: fc.constantFrom('@xstate.actor' as const, '@xstate.event' as const, '@xstate.snapshot' as const),
    sessionId: fc.constantFrom('x:0', 'x:1', 'x:2'),
    source: fc.constantFrom('a', 'b'),
    value: fc.nat(9),
  }),
  { maxLength: 60 },
);
const made = (given: {
  readonly type: string;
  readonly sessionId: string;
  readonly source: string;
  value: number;
}) => {
  const { type, value, ...rest } = given;
  const event = { type: `e${value}` };
  if (type === '@xstate.event') return { type, ...rest, event } as const;
  if (type === '@xstate.snapshot') return { type, ...rest, event, snapshot: { value } } as const;
  return { type: '@xstate.actor', ...rest, definition: `{"id":"m${value}"}`, snapshot: { value } } as const;
};

describe('a session', () => {
  prop([arbitraryRecords, fc.integer({ min: 0, max: 10 })])(
    'never loses an actor, its definition or what it shows, however few records it keeps',
    (given, records) => {
      const [whole, short] = [new InspectionSession(), new InspectionSession({ records })];
      for (const each of given) {
        expect(whole.add(made(each))).toBeNull();
        expect(short.add(made(each))).toBeNull();
      }
      expect(short.entries.length).toBe(Math.min(given.length, records));
      expect(short.dropped).toBe(given.length - short.entries.length);
      const definitions = ({ actors }: InspectionSession) =>
        actors.map(({ key, record: { definition } }) => [key, definition]);
      expect(definitions(short)).toEqual(definitions(whole));
      for (const number of [short.first - 1, ...short.entries.map((entry) => entry.number)])
        expect(snapshotsAt(short.actors, short.entries, number)).toEqual(
          snapshotsAt(whole.actors, whole.entries, number),
        );
    },
  );

  prop([arbitraryRecords, fc.integer({ min: 0, max: 10 })])(
    'opens again as it was saved, dropped records included',
    (given, records) => {
      fc.pre(given.length > 0);
      const session = new InspectionSession({ records });
      for (const each of given) session.add(made(each));
      const text = writeSession(session);
      const opened = openSession(text);
      if (!opened.ok) throw new Error(opened.problem);
      expect(opened.problems).toEqual([]);
      expect(opened.session.records()).toEqual(session.records());
      expect(opened.session.dropped).toBe(session.dropped);
      const last = ({ actors, entries }: InspectionSession) => snapshotsAt(actors, entries, Infinity);
      expect(last(opened.session)).toEqual(last(session));
    },
  );

  test('refuses actors and definitions beyond its limits and keeps those that it has', () => {
    const session = new InspectionSession({ actors: 1, definitions: 4 });
    expect(session.add(record('@xstate.actor', { definition: '{ }' }))).toBeNull();
    expect(session.add(record('@xstate.actor', { sessionId: 'x:1' }))).toMatch(/expected at most 1 actor, /);
    expect(session.add(record('@xstate.actor', { definition: '{"a":1}' }))).toMatch(/at most 4 characters/);
    expect(session.dropped).toBe(1);
    expect(session.actors.map(({ record: { definition } }) => definition)).toEqual(['{ }']);
  });

  test('bounds the characters that it keeps', () => {
    const session = new InspectionSession({ characters: 1000 });
    const event = { type: 'long', text: 'x'.repeat(400) };
    for (let count = 0; count < 9; count += 1) session.add(record('@xstate.event', { event }));
    expect([session.entries.length, session.dropped]).toEqual([2, 7]);
  });

  test('tells sessions of different processes apart', () => {
    expect(keyOf(record('@xstate.event', { source: 'a' }))).not.toBe(
      keyOf(record('@xstate.event', { source: 'b' })),
    );
  });
});

describe('opening', () => {
  test('tells what is wrong in which line and shows the rest', () => {
    const lines = [...folderRecords().map((each) => JSON.stringify(each)), '{"type":', 'null', ''];
    const opened = openSession(lines.join('\n'));
    if (!opened.ok) throw new Error(opened.problem);
    expect(opened.session.actors).toHaveLength(1);
    expect(opened.problems.map((problem) => problem.replace(/^line \d+: /, ''))).toEqual([
      'expected a record as JSON, received “{"type":”',
      'expected an object, received null',
    ]);
  });

  test.each([
    ['nothing', '', 'received nothing of one'],
    ['another file', '{"folder_id":"f"}', 'line 1: type: expected @xstate.actor'],
  ])('refuses %s', (_name, text, problem) => {
    const opened = openSession(text);
    expect(opened.ok ? '' : opened.problem).toContain(problem);
  });
});
