import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingCode } from '../../observations/findings.ts';
import type { Verdict } from '../../observations/results.ts';
import { summarize, exitCodeOf, type CheckOutcome } from '../../reports/check/outcome.ts';
import { packageRoot } from '../package.ts';

/** One bundled recording as the manifest describes it. */
export interface Example {
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly lesson: string;
  /** What a check under the default reading gives. */
  readonly expected: {
    readonly exitCode: number;
    readonly verdicts: Readonly<Record<string, Verdict>>;
    readonly codes: readonly FindingCode[];
  };
}

/** The directory of the bundled recordings, relative to the package. */
export const recordingsDirectory = 'docs/examples/recordings';

/** The manifest of the bundled recordings, in its order. */
export function readManifest(): readonly Example[] {
  const text = readFileSync(join(packageRoot, recordingsDirectory, 'index.json'), 'utf8');
  return JSON.parse(text) as readonly Example[];
}

/** What the check of a bundled recording gave, in the form in which the manifest expects it. */
export function given(outcome: CheckOutcome): Example['expected'] {
  const findings = [
    ...outcome.folders.flatMap((folder) => [...folder.findings, ...folder.hazards]),
    ...outcome.input,
  ];
  return {
    exitCode: exitCodeOf(summarize(outcome)),
    verdicts: Object.fromEntries(outcome.folders.map(({ folderId, verdict }) => [folderId ?? '', verdict])),
    codes: [...new Set(findings.map((one) => one.code))].toSorted(),
  };
}
