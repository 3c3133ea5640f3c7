import { describe, expect, it } from 'vitest';
import { readLines } from './reading.ts';

describe('a callback of the web plugin', () => {
  it('maps the words of the plugin to the literals and its keys to kinds', () => {
    const { observations } = readLines([
      {
        state: 'processing',
        analyses: {
          quality: { state: 'finished', resolution: 'operator_required' },
          biometry: { state: 'processing', resolution: '' },
        },
      },
    ]);
    expect(observations).toEqual([
      {
        folder: 'flow:sample',
        analyses: [
          {
            id: 'callback:quality of flow:sample',
            kind: 'QUALITY',
            state: 'FINISHED',
            resolutionStatus: 'OPERATOR_REQUIRED',
            pointer: '/analyses/quality',
          },
          {
            id: 'callback:biometry of flow:sample',
            kind: 'BIOMETRY',
            state: 'PROCESSING',
            resolutionStatus: 'PROCESSING',
            pointer: '/analyses/biometry',
          },
        ],
        complete: false,
        wholeGroup: false,
        where: { file: 'sample', line: 1, pointer: '' },
      },
    ]);
  });

  it('passes on a word that is not the plugin’s', () => {
    const { observations } = readLines([{ analyses: { q: { state: 'Finished', resolution: 'spoof' } } }]);
    expect(observations[0]?.analyses[0]).toMatchObject({ state: 'Finished', resolutionStatus: 'spoof' });
  });

  it('says nothing of analyses before there are any', () => {
    const { observations, codes } = readLines([{ state: 'processing' }, { state: 'finished', analyses: {} }]);
    expect(observations.map(({ analyses }) => analyses)).toEqual([[], []]);
    expect(codes).toEqual([]);
  });

  it('never shares an analysis with another flow or with the folder of the API', () => {
    const analyses = { quality: { state: 'processing', resolution: '' } };
    const { observations } = readLines([
      { folder_id: 'f1', analyses },
      { folder_id: 'f2', analyses },
      { analyses },
    ]);
    expect(observations.map(({ folder, folderId }) => [folder, folderId])).toEqual([
      ['callbacks:f1', 'f1'],
      ['callbacks:f2', 'f2'],
      ['flow:sample', undefined],
    ]);
    expect(new Set(observations.map((one) => one.analyses[0]?.id)).size).toBe(3);
  });

  it('reports a member that is no object, and calls a key that is no word by its number', () => {
    const { observations, findings } = readLines([
      { analyses: { 'a/b~c': 1, quality: { state: 'failed', resolution: '' } } },
    ]);
    expect(findings[0]).toMatchObject({
      code: 'FIELD_UNREADABLE',
      where: { pointer: '/analyses/(key 1, 5 characters)' },
    });
    expect(observations[0]?.analyses).toMatchObject([{ kind: 'QUALITY', resolutionStatus: 'FAILED' }]);
  });
});
