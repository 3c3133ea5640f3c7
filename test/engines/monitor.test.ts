import { describe, expect, it } from 'vitest';
import { createMonitor, type MonitorFinding, type MonitorOptions } from '../../src/engines/index.ts';
import { checkRecording } from '../../src/index.ts';

const analysis = (id: string, resolution: string) => ({
  analyse_id: id,
  type: 'QUALITY',
  state: ['PROCESSING', 'FAILED'].includes(resolution) ? resolution : 'FINISHED',
  resolution_status: resolution,
});
const folder = (id: string, stage: string, result: string, ...analyses: readonly object[]) => ({
  folder_id: id,
  resolution_status: stage,
  system_resolution: result,
  analyses,
});
const running = (id: string) => folder(id, 'PROCESSING', 'PROCESSING', analysis(`${id}-a`, 'PROCESSING'));
const declined = (id: string) => folder(id, 'FINISHED', 'DECLINED', analysis(`${id}-a`, 'DECLINED'));
const spoof = (id: string) => folder(id, 'FINISHED', 'SUCCESS', analysis(`${id}-a`, 'SUCCESS'));

function monitored(options: Partial<MonitorOptions> = {}) {
  const told: MonitorFinding[] = [];
  const monitor = createMonitor({ onFinding: (found) => told.push(found), ...options });
  return {
    told,
    monitor,
    codes: () => told.map(({ folder: key, finding }) => [key, finding.code, finding.where.line]),
  };
}

describe('a monitor', () => {
  it('tells what is found of each folder when it is found, in any order of folders', () => {
    const { monitor, codes } = monitored();
    for (const id of ['1', '2']) monitor.push(running(id));
    for (const id of ['1', '2']) monitor.push(declined(id));
    expect(codes()).toEqual([]);
    monitor.push(spoof('2'));
    expect(codes()).toEqual([['folder:2', 'SETTLED_ANALYSIS_CHANGED', 5]]);
    expect(monitor.end('folder:1')).toMatchObject({ folderId: '1', verdict: 'conforms', observations: 2 });
    expect(monitor.end('folder:2')).toMatchObject({ folderId: '2', verdict: 'violates', observations: 3 });
    expect(monitor.end('folder:2')).toBeUndefined();
  });

  it('finds what a check of the recording finds', async () => {
    const answers = [
      running('1'),
      declined('1'),
      running('2'),
      spoof('1'),
      declined('2'),
      {},
      'text',
      spoof('2'),
    ];
    const { monitor, told } = monitored();
    for (const answer of answers) monitor.push(answer);
    const { folders, unreadable } = await checkRecording(
      answers.map((one) => JSON.stringify(one)).join('\n'),
    );
    const codes = folders.flatMap(({ folderId, findings, hazards }) =>
      [...findings, ...hazards].map(({ code }) => [folderId, code]),
    );
    expect(
      told.filter(({ folder: key }) => key !== null).map((one) => [one.folderId, one.finding.code]),
    ).toEqual(codes);
    expect(told.filter(({ folder: key }) => key === null)).toHaveLength(unreadable.length);
  });

  it('takes an envelope, and an analysis by itself for one of the folder that has listed it', () => {
    const { monitor, codes } = monitored();
    monitor.push({ method: 'GET', url: '/api/folders/1', body: declined('1') });
    monitor.push(analysis('1-a', 'SUCCESS'));
    expect(codes()).toEqual([['folder:1', 'SETTLED_ANALYSIS_CHANGED', 2]]);
    monitor.push(analysis('other', 'PROCESSING'));
    expect(monitor.folders()).toEqual(['folder:1', 'analysis:other']);
  });

  it('goes on in another monitor with the state of a folder', () => {
    const first = monitored();
    first.monitor.push(declined('1'));
    const second = monitored();
    second.monitor.restore('folder:1', first.monitor.stateOf('folder:1')!);
    second.monitor.push(analysis('1-a', 'SUCCESS'));
    expect(second.codes()).toEqual([['folder:1', 'SETTLED_ANALYSIS_CHANGED', 1]]);
    expect(() => second.monitor.restore('folder:1', new Uint8Array(3))).toThrow(/^state: expected/);
  });

  it('holds so many folders and no more, and hands over the one longest unseen', () => {
    const evicted: string[] = [];
    const { monitor, codes } = monitored({
      maxFolders: 2,
      onEvict: (key, state) => evicted.push(`${key} ${state.length > 0}`),
    });
    for (const id of ['1', '2', '1', '3']) monitor.push(declined(id));
    expect([evicted, monitor.folders()]).toEqual([['folder:2 true'], ['folder:1', 'folder:3']]);
    monitor.push(spoof('2'));
    expect(codes()).toEqual([]);
  });

  it('tells what cannot be read, and goes on', () => {
    const { monitor, told } = monitored();
    for (const answer of [undefined, null, 7, 'text', [], { items: [7] }, { folder_id: 7 }])
      monitor.push(answer);
    expect(told.every(({ folder: key, finding }) => key === null && finding.where.line !== undefined)).toBe(
      true,
    );
    expect(told.length).toBeGreaterThan(3);
    monitor.push(declined('1'));
    expect(monitor.folders()).toContain('folder:1');
  });

  it.each<readonly [object, RegExp]>([
    [{ onFinding: undefined }, /onFinding: expected a function, received undefined/],
    [{ onEvict: 5 }, /onEvict: expected a function, received 5/],
    [{ maxFolders: 0 }, /maxFolders: expected a whole number/],
    [{ readings: [{ 'result-scope': 'last-finised-group' }] }, /did you mean last-finished-group/],
    [{ reading: {} }, /did you mean readings/],
    [{ fields: 'stale' }, /fields: expected current, received "stale"/],
    [{ decidedGroup: 'last' }, /decidedGroup: expected in-place, received "last"/],
  ])('refuses wrong options: %o', (wrong, message) => {
    expect(() => monitored(wrong)).toThrow(message);
  });

  it.each([undefined, null])('refuses no options: %o', (options) => {
    expect(() => createMonitor(options as unknown as MonitorOptions)).toThrow(
      new TypeError(
        `createMonitor\n  options: expected an object with onFinding, received ${String(options)}`,
      ),
    );
  });

  it('tells of a value that JSON cannot hold, and goes on', () => {
    const { monitor, codes } = monitored();
    const round: Record<string, unknown> = {};
    round['itself'] = round;
    for (const value of [undefined, 10n, round]) monitor.push(value);
    monitor.push(declined('1'));
    expect(codes()).toEqual([1, 2, 3].map((line) => [null, 'JSON_INVALID', line]));
    expect(monitor.folders()).toEqual(['folder:1']);
  });
});
