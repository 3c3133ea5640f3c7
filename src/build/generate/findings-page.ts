import { clauses } from '../../../machines/clauses.ts';
import { findingCodes, type FindingCode, type Severity } from '../../observations/findings.ts';
import { exitCodes } from '../../reports/check/outcome.ts';
import { code, page, table } from '../../text/markdown.ts';

/** What a finding of each severity does to a check. */
const severities: Readonly<Record<Severity, string>> = {
  violation: 'The folder violates the specification: exit code 1.',
  unspecified: 'The folder needs a step on which the page is silent: exit code 1 under `--strict`.',
  hazard: 'Legal, and dangerous for whoever relies on it: exit code 1 under `--strict`.',
  unreadable: 'A piece of the input could not be judged: exit code 3, unless something violates.',
  note: 'Worth knowing; fails nothing by itself.',
};

/** docs/findings.md: the codes of findings, what their severities do, and the exit codes. */
export function findingsPage(): string {
  const codes = Object.keys(findingCodes) as FindingCode[];
  return page(
    '# Findings and exit codes',
    'Each finding names its code, the clause it rests on, the place in the input, what was observed and what would have been ' +
      'allowed. Codes are stable: they are never renamed or reused. A finding may name a more specific clause than the one given here.',
    '## Severities',
    table(
      ['Severity', 'Effect'],
      Object.entries(severities).map(([severity, effect]) => [code(severity), effect]),
    ),
    '## Codes',
    table(
      ['Code', 'Severity', 'Clause', 'Evidence', 'Means'],
      codes.map((name) => {
        const { severity, clause, means } = findingCodes[name];
        const link = clause === null ? '' : `[${clause}](clauses.md#${clause.toLowerCase()})`;
        return [code(name), severity, link, clause === null ? '' : clauses[clause].evidence, means];
      }),
    ),
    '## Exit codes',
    table(['Exit code', 'Means'], Object.entries(exitCodes)),
    'Where several apply, 2 stands before all others, what ended the check early before its findings, and 1 before 3. Exit code 70 is a defect of the program itself.',
  );
}
