import { describe, expect, test } from 'vitest';
import { deepFiles, sharedFiles } from '../deep-files.ts';
import { sources } from './sources.ts';

const tests = sources.filter(({ path }) => path.endsWith('.test.ts'));

describe('the list of deep tests', () => {
  test('has as shared exactly the files that take a share', () => {
    const sharing = tests.filter(({ text }) => /from '(\.\.\/)+deep\.ts'/.test(text)).map(({ path }) => path);
    expect(Object.keys(sharedFiles).toSorted()).toEqual(sharing.toSorted());
  });

  test('has as deep files that there are, none of them twice', () => {
    const files = Object.keys(deepFiles);
    const known = new Set(tests.map(({ path }) => path));
    expect(files.filter((path) => !known.has(path) || path in sharedFiles)).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });
});
