import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { usualId } from '../../src/recordings/io/naming.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';

/** What is said of each folder of some lines, taken as numbers where they can be. */
function judged(lines: readonly object[]) {
  const checker = createChecker({ settings: defaultSettings });
  const reader = new RecordingReader({ file: 'ids' }, { ...checker, find: () => undefined });
  reader.push(new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
  reader.end();
  return checker.finish().map(({ folderId, verdict, observations }) => [folderId, verdict, observations]);
}

const id = 'abcdef00-0000-4000-8000-00000000000a';
const analysis = 'abcdef00-0000-4000-8000-0000000000a1';
const forms = {
  'as it is': (text: string) => text,
  'in capitals': (text: string) => text.toUpperCase(),
  'without dashes': (text: string) => text.replaceAll('-', ''),
} as const;

describe('an id that is a UUID', () => {
  it.each(Object.entries(forms))('is the same %s, in addresses and bodies', (_how, write) => {
    const url = `/api/folders/${write(id)}/analyses/`;
    const posted = [{ analyse_id: write(analysis), type: 'QUALITY', state: 'PROCESSING' }];
    const listed = [
      { analyse_id: analysis, type: 'QUALITY', state: 'FINISHED', resolution_status: 'SUCCESS' },
    ];
    const folder = { resolution_status: 'FINISHED', system_resolution: 'SUCCESS', analyses: listed };
    expect(
      judged([
        { method: 'POST', url, body: posted },
        { folder_id: id, ...folder },
        { folder_id: write(id), ...folder },
      ]),
    ).toEqual([[id, 'conforms', 3]]);
  });

  it('is equal to others that differ in case and dashes only', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), (one, seed) => {
        const other = Array.from(one, (sign, at) =>
          (seed >> (at % 30)) & 1 ? sign.toUpperCase() : sign,
        ).join('');
        expect(usualId(other)).toBe(one);
        expect(usualId(other.replaceAll('-', ''))).toBe(one);
      }),
    );
  });
});

describe('any other id', () => {
  it.each([
    ['a word', 'Folder-A', 'folder-a'],
    ['36 characters that are no UUID', 'X'.repeat(36), 'x'.repeat(36)],
    ['a UUID with something behind it', `${id}Z`, `${id}z`],
  ])('is compared exactly: %s', (_what, one, other) => {
    const folder = { resolution_status: 'INITIAL', system_resolution: 'INITIAL' };
    expect(judged([one, other, one].map((folder_id) => ({ folder_id, ...folder })))).toEqual([
      [one, 'conforms', 2],
      [other, 'conforms', 1],
    ]);
  });
});
