import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingCodes, type FindingCode } from '../../src/observations/findings.ts';
import { verdicts } from '../../src/observations/results.ts';
import type { Example } from '../../src/cli/commands/bundled.ts';
import { isDeep } from '../deep.ts';
import { piecesOf, portions, readChunks } from './reading.ts';

const directory = new URL('../../docs/examples/recordings/', import.meta.url);
const bytesOf = (file: string) => readFileSync(new URL(file, directory));
const manifest = JSON.parse(bytesOf('index.json').toString()) as readonly Example[];
const readerCodes = new Set<string>(
  Object.keys(findingCodes).filter((code) => findingCodes[code as FindingCode].clause === null),
);

describe('the manifest of the sample recordings', () => {
  it('lists every file once', () => {
    const files = readdirSync(directory).filter((file) => file !== 'index.json');
    expect(manifest.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  it.each(manifest)('expects known verdicts and known codes, sorted, of $file', ({ expected }) => {
    expect(
      Object.values(expected.verdicts).filter((one) => !(verdicts as readonly string[]).includes(one)),
    ).toEqual([]);
    expect(expected.codes).toEqual([...new Set(expected.codes)].toSorted());
    expect(expected.codes.filter((code) => !Object.hasOwn(findingCodes, code))).toEqual([]);
  });
});

describe('a sample recording', () => {
  it.each(manifest)('names its folders and its unreadable parts: $file', async ({ file, expected }) => {
    const { observations, codes } = await readChunks([bytesOf(file)]);
    const folders = observations.map(({ folderId }) => folderId ?? '');
    expect([...new Set(folders)].toSorted()).toEqual(Object.keys(expected.verdicts).toSorted());
    // A status outside its column and the limits of a search are the check's to find.
    const found = expected.codes.filter((code) => readerCodes.has(code) && code !== 'STATUS_NOT_IN_FIELD');
    expect([...new Set(codes)].toSorted()).toEqual(found);
  });

  it.each(manifest)('gives the same byte by byte: $file', async ({ file }) => {
    const bytes = bytesOf(file);
    expect(await piecesOf(portions(bytes, 1))).toEqual(await piecesOf([bytes]));
  });

  it.each(['broken.ndjson', 'page-of-folders.json', 'ordinary-life.ndjson.gz'])(
    'gives the same wherever it is cut in two: %s',
    async (file) => {
      const bytes = bytesOf(file);
      const whole = await piecesOf([bytes]);
      for (let cut = 1; cut < bytes.length; cut += isDeep ? 1 : 3) {
        expect(await piecesOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
      }
    },
  );

  it('gives the same packed as plain', async () => {
    const plain = await piecesOf([bytesOf('ordinary-life.ndjson')]);
    expect(await piecesOf([bytesOf('ordinary-life.ndjson.gz')])).toEqual(plain);
  });
});
