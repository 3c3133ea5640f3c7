import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkRecording } from '../../src/index.ts';
import { verdictOf } from '../../src/verdict/index.ts';
import { complaints } from '../cli/complaints.ts';
import { parsedOf } from './answers.ts';
import { client, mistakes } from './mistakes.ts';

const requires = ['QUALITY', 'BIOMETRY'] as const;

/** What a switch has to say of every verdict; without one of them it does not compile. */
const wholeSwitch = `export function word(): string {
  switch (verdict.is) {
    case 'passed': admit(verdict); return 'yes';
    case 'declined': return 'no';
    case 'operator-required': case 'failed': return 'a person';
    case 'pending': case 'incomplete': case 'unknown': return 'wait';
  }
}`;

describe('the mistakes of clients', () => {
  test('are compile errors where the table says so, and right code is none', async () => {
    const cases = mistakes.flatMap(({ made, refused = [] }) => refused.map((one) => ({ made, ...one })));
    const said = await complaints([wholeSwitch, ...cases.map(({ code }) => code)].map(client));
    expect(said[0]).toEqual([]);
    cases.forEach(({ made, says }, at) => {
      expect(said[at + 1]?.join('\n'), made).toContain(says);
    });
  });

  test.each(
    mistakes.flatMap(({ made, answered = [] }) => answered.map((one) => [made, one.is, one.answer] as const)),
  )('do not happen: %s, but %s', (_made, is, answer) => {
    expect(verdictOf(parsedOf(answer), { requires, readings: [{}] }).is).toBe(is);
  });

  test.each(
    mistakes.flatMap(({ made, found }) => (found ? [[made, found.code, found.recording] as const] : [])),
  )('show in the recording of a client: %s: %s', async (_made, code, recording) => {
    const path = `docs/examples/recordings/${recording}`;
    const { folders } = await checkRecording(readFileSync(path));
    const codes = folders.flatMap(({ findings, hazards }) =>
      [...findings, ...hazards].map((one) => one.code),
    );
    expect(codes).toContain(code);
  });

  test('each have something that prevents them', () => {
    for (const { made, refused = [], answered = [] } of mistakes) {
      expect(refused.length + answered.length, made).toBeGreaterThan(0);
    }
  });
});
