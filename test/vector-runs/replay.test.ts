import { describe, expect, test } from 'vitest';
import { replayed, replays } from './replay.ts';
import { vectors } from './vectors.ts';

test('every vector is replayed', () => {
  expect(replayed).toBe(vectors.length);
});

describe('the vectors agree', () => {
  test('with worst() [WORST-ORDER]', () => {
    expect(replays.worstOfLists()).toEqual([]);
  });

  test('with the state of the group machine in which every member settles so [GROUP-RESULT-WORST]', () => {
    expect(replays.groupMachines()).toEqual([]);
  });

  test('with the model and the machine of an analysis [ANALYSIS-FINAL] [LIVENESS-NO-OPERATOR]', () => {
    expect(replays.analyses()).toEqual([]);
  });

  test('with the model and the machine of a group, step by step [GROUP-RESULT-WORST] [GROUP-CONSTANT]', () => {
    expect(replays.groups()).toEqual([]);
  });

  test('with the model and the machine of a folder, step by step [FOLDER-STAGE] [FOLDER-RESULT-LAST-FINISHED]', () => {
    expect(replays.folders()).toEqual([]);
  });

  test('with the checker [FOLDER-RESULT] [RESULT-INHERITS-STATE]', () => {
    expect(replays.observations()).toEqual([]);
  });
});
