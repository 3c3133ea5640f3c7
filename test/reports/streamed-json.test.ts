import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapedJson } from '../../src/text/escape.ts';
import { streamedJson } from '../../src/text/streamed-json.ts';
import { hostile } from './outcomes.ts';
import { prop } from '../property.ts';

/** A document twice: with lists only, and with some of them made while it is written. */
interface Twice {
  readonly plain: unknown;
  readonly streamed: () => unknown;
}

function* made(items: readonly Twice[]): Generator {
  for (const { streamed } of items) yield streamed();
}

const { document } = fc.letrec<{ document: Twice; value: Twice }>((tie) => ({
  document: fc
    .dictionary(hostile, tie('value'), { maxKeys: 4 })
    .map((members) => ({ plain: mapped(members, 'plain'), streamed: () => mapped(members, 'streamed') })),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(hostile, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)).map((plain) => ({
      plain,
      streamed: () => plain,
    })),
    fc.tuple(fc.array(tie('value'), { maxLength: 4 }), fc.boolean()).map(([items, isStreamed]) => ({
      plain: items.map(({ plain }) => plain ?? null),
      streamed: () => (isStreamed ? made(items.map(given)) : items.map(({ streamed }) => streamed() ?? null)),
    })),
    tie('document'),
  ),
}));

/** In a list there is always something. */
const given = ({ plain, streamed }: Twice): Twice => ({ plain, streamed: () => streamed() ?? null });

function mapped(members: Readonly<Record<string, Twice>>, which: 'plain' | 'streamed'): object {
  const entries = Object.entries(members).map(([key, { plain, streamed }]) => [
    key,
    which === 'plain' ? plain : streamed(),
  ]);
  return Object.fromEntries(entries) as object;
}

describe('JSON in pieces', () => {
  prop([document])('is always the same text as in one', ({ plain, streamed }) => {
    expect([...streamedJson(streamed() as object)].join('')).toBe(`${escapedJson(plain)}\n`);
  });

  test('asks for an item of a list when the one before has been written', () => {
    const asked: number[] = [];
    function* items(): Generator<object> {
      for (const at of [1, 2, 3]) {
        asked.push(at);
        yield { at };
      }
    }
    const pieces = streamedJson({ deep: [{ items: items() }] });
    let text = '';
    while (!text.includes('"at": 2')) text += pieces.next().value ?? '';
    expect(asked).toEqual([1, 2]);
  });
});
