import { describe, expect, it } from 'vitest';
import { readLines } from '../reading.ts';

const answer = (method: string, url: string, body: unknown) => ({ method, url, status: 200, body });

describe('an analysis object', () => {
  it('speaks of itself only', () => {
    const { observations } = readLines([
      {
        analysis_id: 5,
        folder_id: 'f1',
        group_id: 9,
        type: 'biometry',
        state: 'PROCESSING',
        resolution_status: null,
      },
    ]);
    expect(observations).toEqual([
      {
        folder: 'folder:f1',
        folderId: 'f1',
        analyses: [{ id: '5', kind: 'biometry', groupId: '9', state: 'PROCESSING', pointer: '' }],
        complete: false,
        wholeGroup: false,
        where: { file: 'sample', line: 1, pointer: '' },
      },
    ]);
  });

  it('without a folder is a folder of its own, which collides with none that has an id', () => {
    const { observations } = readLines([
      { analyse_id: 'x', state: 'FAILED' },
      { folder_id: 'analysis:x', analyses: [] },
    ]);
    expect(observations.map(({ folder }) => folder)).toEqual(['analysis:x', 'folder:analysis:x']);
    expect(observations[0]).not.toHaveProperty('folderId');
  });

  it('may give its id twice, but not two ids', () => {
    const { observations, findings } = readLines([
      { analyse_id: 'x', analysis_id: 'x' },
      { analyse_id: 'x', analysis_id: 'y' },
    ]);
    expect(observations).toHaveLength(1);
    expect(findings).toMatchObject([
      { code: 'FIELD_UNREADABLE', where: { line: 2, pointer: '/analysis_id' }, observed: 'y' },
    ]);
  });

  it('takes its id from the URL where it was asked for alone', () => {
    const { observations, codes } = readLines([
      answer('GET', '/api/analyses/a7', { state: 'PROCESSING', resolution_status: 'PROCESSING' }),
      { state: 'PROCESSING', type: 'QUALITY' },
    ]);
    expect(observations).toMatchObject([{ folder: 'analysis:a7', analyses: [{ id: 'a7' }] }]);
    expect(codes).toEqual(['ID_MISSING']);
  });

  it('uses the alias `resolution` only where `resolution_status` is absent, and reports a disagreement', () => {
    const { observations, findings } = readLines([
      { analyse_id: 'x', resolution: 'SUCCESS' },
      { analyse_id: 'x', resolution: 'SUCCESS', resolution_status: 'SUCCESS' },
      { analyse_id: 'x', resolution: 'SUCCESS', resolution_status: 'DECLINED' },
    ]);
    expect(observations.map(({ analyses }) => analyses[0]?.resolutionStatus)).toEqual([
      'SUCCESS',
      'SUCCESS',
      'DECLINED',
    ]);
    expect(findings).toMatchObject([
      { code: 'RESOLUTION_ALIAS_DISAGREES', severity: 'hazard', where: { line: 3, pointer: '/resolution' } },
    ]);
  });
});

describe('a list of analyses', () => {
  const list = [
    { analyse_id: 'a', folder_id: 'f1' },
    { analyse_id: 'b', folder_id: 'f2' },
    { analyse_id: 'c', folder_id: 'f1' },
  ];

  it('gives one observation for each folder, none complete', () => {
    const { observations } = readLines([list]);
    expect(
      observations.map(({ folder, analyses, complete }) => [folder, analyses.map(({ id }) => id), complete]),
    ).toEqual([
      ['folder:f1', ['a', 'c'], false],
      ['folder:f2', ['b'], false],
    ]);
    expect(observations[0]?.analyses[1]?.pointer).toBe('/2');
  });

  it('takes the folder from the URL where an analysis names none', () => {
    const body = [{ analyse_id: 'a' }, { analyse_id: 'b' }];
    const { observations } = readLines([answer('GET', '/api/folders/f3/analyses/', body)]);
    expect(observations).toMatchObject([
      {
        folder: 'folder:f3',
        folderId: 'f3',
        wholeGroup: false,
        complete: false,
        where: { pointer: '/body' },
      },
    ]);
  });

  it('is one whole group as the answer to a POST, and none if it is empty [GROUP-IS-ONE-POST]', () => {
    const post = (body: unknown) => answer('post', 'https://x.example/pre/api/folders/f3/analyses', body);
    const { observations } = readLines([post([{ analyse_id: 'a' }, { analyse_id: 'b' }]), post([])]);
    expect(observations).toMatchObject([
      { wholeGroup: true, complete: false, analyses: [{ id: 'a' }, { id: 'b' }] },
    ]);
    expect(observations).toHaveLength(1);
  });

  it('is not known to be a whole group where a member could not be read or several folders are named', () => {
    const post = (body: unknown) => answer('POST', '/api/folders/f1/analyses/', body);
    const { observations } = readLines([post([{ analyse_id: 'a' }, { state: 'FAILED' }]), post(list)]);
    expect(observations.map(({ wholeGroup }) => wholeGroup)).toEqual([false, false, false]);
  });

  it('is complete and one whole group in the answer to the creation of its folder', () => {
    const create = (analyses: unknown) => answer('POST', '/api/folders/', { folder_id: 'f4', analyses });
    const { observations } = readLines([create([{ analyse_id: 'a' }]), create([])]);
    expect(observations.map(({ complete, wholeGroup }) => [complete, wholeGroup])).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});
