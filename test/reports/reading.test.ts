import { expect, test } from 'vitest';
import { readXml, sarifProblems } from './reading.ts';

test('the readers of the tests of reports refuse what is wrong', () => {
  expect(() => readXml('<a><b></a>')).toThrow('not well-formed');
  expect(() => readXml('<a>\u0001</a>')).toThrow('not well-formed');
  expect(sarifProblems({ version: '2.1.0' })).not.toEqual([]);
  const result = {
    message: { text: 'x' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }],
  };
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [result] }] };
  expect(sarifProblems(log)).not.toEqual([]);
});
