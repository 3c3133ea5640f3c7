/**
 * Proves the specification for folders of any size, prints what is proved and what is not, and records it for
 * docs/verification.md.
 *
 * Usage: npm run prove
 */
import { discharge, reducerLaws, specifiedRules } from '../../dist/src/assurance/prove/index.js';
import { writeRecord } from '../../dist/src/build/generated-records.js';
import { startZ3 } from './z3.mjs';

const [unexpected] = process.argv.slice(2);
if (unexpected !== undefined) {
  process.stderr.write(`prove: expected no arguments, received ${JSON.stringify(unexpected)}\n`);
  process.exit(2);
}

/** Longest time for one obligation; one that needs more is not proved. */
const timeout = 60_000;

const started = Date.now();
const z3 = await startZ3({ timeout });
const proofs = await discharge(specifiedRules, z3.solve);
const laws = reducerLaws(specifiedRules);
z3.stop();

const rows = [
  ...laws.map(({ name, clauses, cases, broken }) => ({
    name: `the reducer: ${name}`,
    clauses,
    bound: 'any number of analyses',
    engine: 'all cases of the order',
    result: broken.length === 0 ? 'passed' : 'failed',
    measured: `${cases} cases`,
  })),
  ...proofs.map(({ obligation: { name, clauses }, proved }) => ({
    name,
    clauses,
    bound: 'any number of groups and analyses, every reading and setting',
    engine: z3.version,
    result: proved ? 'passed' : 'failed',
  })),
];

for (const { name, result } of rows) process.stdout.write(`${result}  ${name}\n`);
for (const { obligation, answer, counterexample } of proofs.filter(({ proved }) => !proved)) {
  const { name, clauses, expected } = obligation;
  const lines = [`${name} [${clauses.join(', ')}]`, `expected ${expected}, received ${answer}`];
  process.stdout.write(`\n${[...lines, ...(counterexample?.lines ?? [])].join('\n  ')}\n`);
}
for (const { name, broken } of laws.filter((law) => law.broken.length > 0))
  process.stdout.write(`\nthe reducer: ${name}\n  broken by ${broken.slice(0, 3).join('; ')}\n`);

const failed = rows.filter(({ result }) => result === 'failed').length;
process.stdout.write(`\n${rows.length - failed} proved, ${failed} not proved, by ${z3.version}\n`);

writeRecord({
  run: 'unbounded-proof',
  title: 'Proved for every size',
  command: 'npm run prove',
  what:
    'One group, which may be any, is counted by kind and resolution; all others are folded into what is known of them. An ' +
    'invariant holds at the start and is kept by every event, and it implies each row. `can go` and `can happen` are rows of ' +
    'possibility: without them a proof could be one of nothing.',
  seconds: (Date.now() - started) / 1000,
  rows,
  remarks: [
    'The formulas are made from the rules of `machines/` by asking them about every value that they look at; `npm test` proves them as well.',
    'That states and steps of the proof are those of folders, no more and no fewer, is checked on explored and constructed folders by `test/prove/abstraction.test.ts`.',
    'Wrong specifications that the proof has to refuse are listed in `test/prove/faults.ts`.',
  ],
});
process.exitCode = failed === 0 ? 0 : 1;
