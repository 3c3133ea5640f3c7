import { findingCodes, type FindingCode, type Severity } from '../../observations/findings.ts';
import type { MonitorCore } from '../../monitor/index.ts';
import { interruptions, type ExitCode, type Interruption } from '../../reports/check/outcome.ts';

/** How many findings of some severities were told since the start. */
function count({ counts }: MonitorCore, ...wanted: readonly Severity[]): number {
  return Object.entries(counts.found).reduce(
    (sum, [code, found]) => (wanted.includes(findingCodes[code as FindingCode].severity) ? sum + found : sum),
    0,
  );
}

/** The exit code of a monitor, as that of a check of all that it has judged. */
export function exitCodeFor(core: MonitorCore, isStrict: boolean, reason: Interruption | null): ExitCode {
  if (reason !== null) return interruptions[reason].exitCode;
  const { ended, lines } = core.counts;
  const doubtful = count(core, 'unspecified', 'hazard') + ended.inconclusive;
  if (count(core, 'violation') > 0 || (isStrict && doubtful > 0)) return 1;
  return count(core, 'unreadable') > 0 || lines.judged === 0 ? 3 : 0;
}

/** The last line of the output: what was judged and found since the start. */
export function summaryLine(core: MonitorCore, exitCode: number, reason: Interruption | null): string {
  const { lines, ended } = core.counts;
  const summary = {
    type: 'summary',
    partial: reason,
    ...lines,
    violations: count(core, 'violation'),
    unspecified: count(core, 'unspecified'),
    hazards: count(core, 'hazard'),
    held: core.folders.size,
    ended,
    exitCode,
  };
  return `${JSON.stringify(summary)}\n`;
}
