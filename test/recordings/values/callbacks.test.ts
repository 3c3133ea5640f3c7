import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker } from '../../../src/conformance/index.ts';
import { readLines } from '../reading.ts';

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

  it('is one though its analyses are null', () => {
    const { observations, findings } = readLines([
      { state: 'finished', analyses: null, event_session_id: 's' },
      { state: 'finished', analyses: null },
    ]);
    expect(observations.map(({ folder }) => folder)).toEqual(['session:s', 'flow:sample']);
    expect(findings).toEqual([]);
  });

  it('belongs to the folder that a result names which is kept as text', () => {
    const { observations } = readLines(
      ['f-1', 'f-2'].map((id) => ({
        analyses: {
          quality: { state: 'finished', result_json: JSON.stringify({ folder_id: id }) },
          biometry: { result_json: '{' },
        },
      })),
    );
    expect(observations.map(({ folderId }) => folderId)).toEqual(['f-1', 'f-2']);
  });

  it('has the same analysis under keys that differ in case only', () => {
    const declined = { state: 'finished', resolution: 'declined' };
    const { observations } = readLines([
      { analyses: { quality: declined, 'née 1': declined } },
      { analyses: { Quality: declined, QUALITY: declined, 'NÉE 1': declined } },
    ]);
    const ids = observations.map(({ analyses }) => analyses.map(({ id }) => id));
    const [quality, other] = ids[0]!;
    expect(quality).not.toBe(other);
    expect(ids).toEqual([
      [quality, other],
      [quality, quality, other],
    ]);
    expect(observations[1]!.analyses.map(({ pointer }) => pointer).slice(0, 2)).toEqual([
      '/analyses/Quality',
      '/analyses/QUALITY',
    ]);
  });

  it.each([
    ['another result', 'success', ['SETTLED_ANALYSIS_CHANGED']],
    ['the same result', 'declined', []],
  ])(
    'is judged as one that goes on where a key comes in another case, with %s',
    (_what, resolution, codes) => {
      const { observations } = readLines([
        { analyses: { quality: { state: 'finished', resolution: 'declined' } } },
        { analyses: { QUALITY: { state: 'finished', resolution } } },
      ]);
      const checker = createChecker({ settings: defaultSettings });
      for (const observation of observations) checker.observe(observation);
      expect(checker.finish().flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(codes);
    },
  );

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

  it('is one of its session, else of the folder that it names, else of the one flow of its file', () => {
    const found = (result_json?: object) => ({
      quality: { state: 'processing', resolution: '', result_json },
    });
    const { observations } = readLines([
      { event_session_id: 's-1', state: 'processing', analyses: found() },
      { event_session_id: 's-2', folder_id: 'f-2', analyses: found() },
      { folder_id: 'f-3', analyses: found({ folder_id: 'f-4' }) },
      { analyses: found({ folder_id: 'f-4' }) },
      { state: 'finished' },
    ]);
    expect(observations.map(({ folder, folderId }) => [folder, folderId])).toEqual([
      ['session:s-1', undefined],
      ['session:s-2', 'f-2'],
      ['callbacks:f-3', 'f-3'],
      ['callbacks:f-4', 'f-4'],
      ['flow:sample', undefined],
    ]);
  });
});
