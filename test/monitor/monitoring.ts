import { createHash } from 'node:crypto';
import { defaultSettings } from '../../machines/index.ts';
import { MonitorCore, type CoreOptions, type InputLine } from '../../src/monitor/index.ts';
import type { Found } from '../../src/observations/results.ts';

/** How the monitors of tests judge. */
export const coreOptions: CoreOptions = {
  check: { settings: defaultSettings, proposesReadings: false },
  read: {},
  digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
  rest: 10_000,
  forget: 1e9,
  maxFolders: 1000,
};

/** A monitor of a test. */
export const coreWith = (options: Partial<CoreOptions> = {}): MonitorCore =>
  new MonitorCore({ ...coreOptions, ...options });

/** Values as lines, the first of this number. */
export function linesOf(values: readonly unknown[], first = 1): readonly InputLine[] {
  return values.map((value, at) => ({
    bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    number: first + at,
  }));
}

/** What tells one finding from another in a comparison. */
export const said = ({ folderId, finding }: Found): string =>
  JSON.stringify([
    folderId,
    finding.code,
    finding.where.line ?? null,
    finding.where.pointer ?? '',
    finding.analysis,
    finding.observed,
  ]);

/** A folder as the API answers it, with analyses by id and resolution. */
export const folderOf = (
  id: string,
  stage: string,
  result: string,
  analyses: Readonly<Record<string, string>> = {},
): object => ({
  folder_id: id,
  resolution_status: stage,
  system_resolution: result,
  analyses: Object.entries(analyses).map(([analysis, resolution]) => ({
    analyse_id: `${id}-${analysis}`,
    type: 'QUALITY',
    state: ['PROCESSING', 'FAILED'].includes(resolution) ? resolution : 'FINISHED',
    resolution_status: resolution,
  })),
});

/** The life of a folder that changes a result which was final: its third answer violates. */
export const spoofed = (id: string): readonly object[] => [
  folderOf(id, 'PROCESSING', 'PROCESSING', { a: 'PROCESSING' }),
  folderOf(id, 'FINISHED', 'DECLINED', { a: 'DECLINED' }),
  folderOf(id, 'FINISHED', 'SUCCESS', { a: 'SUCCESS' }),
];
