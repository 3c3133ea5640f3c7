import type { TrapResult } from '../../simulator/index.ts';
import { markup, printable } from '../../text/escape.ts';
import { block, counted, labelled } from '../../text/layout.ts';

/** What came of one trap, as text. */
export function textResult({ trap, problem, shown }: TrapResult, width: number): string {
  if (problem === null) return block([`fine    ${trap.id}`]);
  const seen = `${printable(problem)}${shown === null ? '' : `; the folder showed ${shown}`}`;
  return block([
    `caught  ${trap.id}`,
    ...labelled(2, 'mistake  ', trap.mistake, width),
    ...labelled(2, 'seen     ', seen, width),
    ...labelled(2, 'lesson   ', trap.lesson, width),
  ]);
}

/** The last line of the report as text. */
export function textSummary(results: readonly TrapResult[]): string {
  const caught = results.filter((result) => result.caught);
  return block(['', `${counted(results.length, 'trap')}, ${caught.length} caught the client`]);
}

/** The report for programs. */
export function jsonTrapReport(results: readonly TrapResult[]): string {
  const plain = results.map(({ trap, caught, decided, shown, problem }) => ({
    trap: trap.id,
    caught,
    decided,
    shown,
    problem,
    mistake: trap.mistake,
    lesson: trap.lesson,
  }));
  return `${JSON.stringify({ results: plain }, null, 2)}\n`;
}

/** The report as JUnit XML. */
export function junitTrapReport(results: readonly TrapResult[]): string {
  const failures = results.filter(({ caught }) => caught).length;
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="0" time="0"`;
  const cases = results.map(({ trap, problem, shown }) => {
    const head = `    <testcase classname="oz-status try-client" name="${markup(trap.id)}" time="0"`;
    if (problem === null) return `${head}/>`;
    const text = `${trap.mistake}\nthe folder showed ${shown ?? 'nothing'}\n${trap.lesson}`;
    return `${head}>\n      <failure type="caught" message="${markup(problem)}">${markup(text)}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="oz-status try-client" ${counts}>`,
    `  <testsuite name="try-client" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
