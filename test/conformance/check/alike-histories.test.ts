import { describe, expect, it, vi } from 'vitest';
import { defaultReading } from '../../../machines/index.ts';
import type { CheckOptions, Observation } from '../../../src/conformance/index.ts';
import { FolderCheck } from '../../../src/conformance/folder/folder-check.ts';
import { checked, followedAlone } from './followed-alone.ts';

const settings = { reading: defaultReading, operatorRequired: 'allowed' } as const;

describe('a check of folders that differ in the order in which things came', () => {
  it('holds a kind that is shown late against what each folder has seen, where all else is alike [LIVENESS-NO-OPERATOR]', () => {
    const options: CheckOptions = {
      settings: { ...settings, reading: { ...defaultReading, 'operator-decision': 'allowed' } },
    };
    const poll = (folder: string, shown: string, kind?: string): Observation => ({
      folder: `folder:${folder}`,
      folderId: folder,
      systemResolution: shown,
      analyses:
        shown === 'OPERATOR_REQUIRED'
          ? []
          : [{ id: folder, ...(kind && { kind }), resolutionStatus: shown, pointer: '/analyses/0' }],
      complete: shown !== 'OPERATOR_REQUIRED',
      wholeGroup: false,
      where: { file: 'x', line: 1, pointer: '' },
    });
    const polls = [
      poll('plain', 'PROCESSING'),
      poll('plain', 'SUCCESS'),
      poll('plain', 'SUCCESS', 'QUALITY'),
      poll('decided', 'PROCESSING'),
      poll('decided', 'OPERATOR_REQUIRED'),
      poll('decided', 'SUCCESS'),
      poll('decided', 'SUCCESS', 'QUALITY'),
    ];
    const results = checked(polls, options);
    expect(results.map(({ verdict }) => verdict)).toEqual(['conforms', 'violates']);
    expect(results).toEqual(followedAlone(polls, options));
  });

  it('follows a step once for all histories that go on alike', () => {
    const folders = Array.from({ length: 24 }, (_, folder) => folder);
    const seen = vi.spyOn(FolderCheck.prototype, 'attempt');
    const polls = folders.flatMap((folder) => {
      const order = [0, 1, 2, 3].toSorted(
        (one, other) => ((one * 7 + folder * 5) % 11) - ((other * 7 + folder * 5) % 11),
      );
      return [0, 1, 2, 3, 4].map((settled): Observation => ({
        folder: `folder:${folder}`,
        folderId: `${folder}`,
        systemResolution: settled < 4 ? 'PROCESSING' : 'SUCCESS',
        analyses: [0, 1, 2, 3].map((at) => ({
          id: `a${folder}.${at}`,
          groupId: `g${folder}`,
          kind: 'QUALITY',
          resolutionStatus: order.indexOf(at) < settled ? 'SUCCESS' : 'PROCESSING',
          pointer: `/analyses/${at}`,
        })),
        complete: true,
        wholeGroup: false,
        where: { file: 'x', line: folder + 1, pointer: '' },
      }));
    });
    const results = checked(polls, { settings });
    const followed = seen.mock.calls.length;
    seen.mockRestore();
    expect(results.every(({ verdict }) => verdict === 'conforms')).toBe(true);
    // Of the 16 sets of analyses that have settled each is left by as many steps as analyses still run.
    expect(followed).toBeLessThanOrEqual(1 + 32);
    expect(results).toEqual(followedAlone(polls, { settings }));
  });
});
