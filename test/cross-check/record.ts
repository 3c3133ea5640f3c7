import type { RunRecord } from '../../src/build/generate/index.ts';
import type { Outcome } from './outcome.ts';

const sectionAndSubject = ({ section, subject }: Outcome): string => `${section}: ${subject}`;

/** What the cross-check found out, for docs/verification.md: one row for each subject, with all its engines. */
export function recordOf(outcomes: readonly Outcome[]): Omit<RunRecord, 'took' | 'specification'> {
  const names = [...new Set(outcomes.map(sectionAndSubject))];
  return {
    run: 'cross-check',
    title: 'Engines that this project did not write',
    command: 'npm run cross-check -- --record',
    what:
      'Rumur and Spin explore models that are generated from the tables of the specification, and have to count what the ' +
      'formula, our exploration and `@xstate/graph` count; Qt replays the machines as SCXML and has to show what XState ' +
      'shows; Z3 and cvc5, as programs of their own, read the formulas that `oz-status export smtlib` writes. Faults are ' +
      'seeded into the tables and the rules, and each engine has to notice each of them.',
    rows: names.map((name) =>
      rowOf(
        name,
        outcomes.filter((one) => sectionAndSubject(one) === name),
      ),
    ),
  };
}

function rowOf(name: string, all: readonly Outcome[]): RunRecord['rows'][number] {
  const results = all.map(({ result }) => result);
  const telling = all.filter(({ result, says }) => result === 'passed' && says !== 'agrees');
  const measured = telling.map(({ engine, says }) => (telling.length === 1 ? says : `${engine} ${says}`));
  return {
    name,
    bound: all[0]?.subject ?? '',
    engine: all.map(({ engine }) => engine).join(', '),
    result: results.includes('failed') ? 'failed' : results.includes('not run') ? 'not run' : 'passed',
    ...(measured.length > 0 ? { measured: measured.join('; ') } : {}),
  };
}
