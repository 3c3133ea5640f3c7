import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker } from '../../../src/conformance/index.ts';
import { readText } from '../reading.ts';

const path = '/api/folders/f-1?with_analyses=true';
const folder = (status: string, members: object = {}) => ({
  folder_id: 'f-1',
  resolution_status: status,
  ...members,
});

describe('mappings of WireMock', () => {
  const finished = { analyse_id: 'a', type: 'QUALITY', state: 'FINISHED', resolution_status: 'DECLINED' };
  const mapping = (method: string, url: string, jsonBody: object, more?: object) => ({
    request: { method, url },
    response: { status: 200, jsonBody },
    ...more,
  });
  const unordered = [
    mapping('GET', path, folder('FINISHED', { system_resolution: 'DECLINED', analyses: [finished] })),
    mapping('POST', '/api/folders/f-1/analyses/', [
      { ...finished, state: 'PROCESSING', resolution_status: 'PROCESSING' },
    ]),
    mapping('POST', '/api/folders/', folder('INITIAL', { system_resolution: 'INITIAL' })),
  ];
  const asFile = (one: object, at: number) => JSON.stringify({ ...one, uuid: `${at}` });

  it.each([
    ['the newest first', JSON.stringify({ mappings: unordered })],
    ['the oldest first', JSON.stringify({ mappings: unordered.toReversed() })],
    ['each in a file of its own', unordered.map(asFile).join('\n')],
  ])('are held to no order where none is known: %s', (_what, recording) => {
    const verdictOf = (given: string) => {
      const checker = createChecker({ settings: defaultSettings });
      for (const one of readText(given).observations) checker.observe(one);
      return checker.finish().map(({ verdict, observations }) => [verdict, observations]);
    };
    expect(verdictOf(recording)).toEqual([['conforms', 3]]);
    const wrong = recording.replace('"system_resolution":"DECLINED"', '"system_resolution":"SUCCESS"');
    expect(verdictOf(wrong)).toEqual([['violates', 3]]);
  });

  it.each([
    ['the newest first', (all: readonly object[]) => all],
    ['the oldest first', (all: readonly object[]) => all.toReversed()],
  ])('are read in the order that their scenarios show: %s', (_what, as) => {
    const states = ['s-4', 's-3', 's-2'].map((state, at) =>
      mapping('GET', path, folder(['FINISHED', 'PROCESSING', 'INITIAL'][at]!), {
        scenarioName: 's',
        requiredScenarioState: state,
        newScenarioState: `s-${5 - at}`,
      }),
    );
    const read = readText(JSON.stringify({ mappings: as(states) }));
    expect(read.findings).toEqual([]);
    expect(read.observations.map((one) => one.resolutionStatus)).toEqual([
      'INITIAL',
      'PROCESSING',
      'FINISHED',
    ]);
  });
});
