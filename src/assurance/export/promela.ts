import { statuses } from '../../../machines/index.ts';
import { postedAs, type AnalysisStep } from '../../explore/walk/analysis-steps.ts';
import type { Blueprint, FieldBlueprint, FieldName, ModelSize } from './blueprint.ts';
import type { Condition, Scope } from '../../explore/readings/field-rules.ts';
import type { Law } from './laws.ts';
import { allOf, decisionList, headOf, upTo } from './model-text.ts';

/**
 * The folder as a Promela model for Spin: one process per analysis and one for the client that posts. Each event is
 * one atomic step, so the states that Spin stores are the states of the specification.
 */
export function promelaModel(blueprint: Blueprint, size: ModelSize): string {
  const { resolution_status, system_resolution } = blueprint.fields;
  return [
    comment(
      headOf('a folder', blueprint, { format: 'promela', groups: size.groups, analyses: size.analyses }),
    ),
    variables(size, resolution_status, system_resolution),
    scopes(size),
    projection('resolution_status', resolution_status),
    projection('system_resolution', system_resolution),
    follow(blueprint),
    processes(blueprint.steps),
    fairness(size),
  ].join('\n');
}

const comment = (lines: readonly string[]): string =>
  ['/*', ...lines.map((line) => ` * ${line}`), ' */', ''].join('\n');

function variables({ groups, analyses }: ModelSize, status: FieldBlueprint, result: FieldBlueprint): string {
  return `#define GROUPS ${groups}
#define ANALYSES ${analyses}

mtype = { ${statuses.join(', ')} }

mtype resolution[GROUPS * ANALYSES];   /* 0 before the group is posted */
bit liveness[GROUPS * ANALYSES];
byte posted;                           /* how many groups are posted */
byte settled;                          /* how many of them are settled */
byte settling[GROUPS];                 /* the settled groups, in the order in which they settled */
mtype resolution_status = ${status.start};
mtype system_resolution = ${result.start};

hidden byte slot;                      /* scratch, not part of the state */
hidden mtype shown;
`;
}

const scopeMacros: Readonly<Record<Scope, string>> = {
  folder: 'FOLDER_HAS',
  'last-applied': 'LAST_APPLIED_HAS',
  'last-settled': 'LAST_SETTLED_HAS',
  'last-finished': 'LAST_FINISHED_HAS',
};

function scopes({ groups, analyses }: ModelSize): string {
  const members = upTo(analyses).map((at) => `resolution[(g) * ANALYSES + ${at}] == status`);
  const inGroups = upTo(groups).map((group) => `HAS(${group}, status)`);
  const lastFinished = upTo(groups).reduce(
    (before, at) =>
      `((settled > ${at} && !HAS(settling[${at}], FAILED)) -> HAS(settling[${at}], status) : ${before})`,
    'false',
  );
  return `/* Some analysis in the scope has this status. */
#define HAS(g, status) (${members.join(' || ')})
#define ${scopeMacros.folder}(status) (${inGroups.join(' || ')})
#define ${scopeMacros['last-applied']}(status) (posted > 0 && HAS(posted - 1, status))
#define ${scopeMacros['last-settled']}(status) (settled > 0 && HAS(settling[settled - 1], status))
#define ${scopeMacros['last-finished']}(status) ${lastFinished}
`;
}

const has = ({ scope, holds }: Condition): string => `${scopeMacros[scope]}(${holds})`;
const and = { and: '&&', always: 'true' } as const;

const showsMacro = (name: FieldName): string => `SHOWS_${name}`;
const movesMacro = (name: FieldName): string => `MOVES_${name}`;

function projection(name: FieldName, field: FieldBlueprint): string {
  const { first, otherwise } = decisionList(field.rules);
  const cases = first.map(({ when, shows }) => `  (${allOf(when, has, and)}) -> ${shows} : (`);
  const moves = field.moves.map(({ from, to }) => `  (from == ${from} && to == ${to})`);
  return `/* What ${name} shows by the analyses, and its legal moves. */
#define ${showsMacro(name)} ((posted == 0) -> ${field.start} : ( \\
${cases.map((line) => `${line} \\`).join('\n')}
  ${otherwise}${')'.repeat(first.length + 2)}
#define ${movesMacro(name)}(from, to) ( \\
${moves.join(' || \\\n')})
`;
}

function follow({ fields, laws }: Blueprint): string {
  const names = Object.keys(fields) as FieldName[];
  const follows = names.map(
    (name) => `  shown = ${showsMacro(name)};
  if :: ${movesMacro(name)}(${name}, shown) -> ${name} = shown :: else fi;`,
  );
  const agrees = names.map((name) => `  assert(${name} == ${showsMacro(name)});`);
  const starts = names.map((name) => `  assert((${name} == ${fields[name].start}) == (posted == 0));`);
  return `/* After an event each field follows along its legal moves. */
inline follow() {
${follows.join('\n')}
${agrees.join('\n')}
${starts.join('\n')}
${laws.map(assertion).join('\n')}
}
`;
}

function assertion({ name, clauses, field, shows, requires, forbids }: Law): string {
  const demands = [...requires.map(has), ...forbids.map((one) => `!${has(one)}`)];
  return `  assert(${field} != ${shows} || (${demands.join(' && ')})); /* ${name} [${clauses.join(', ')}] */`;
}

function step({ event, from, to, kinds }: AnalysisStep): string {
  const guard = [
    `resolution[_pid] == ${from}`,
    ...(kinds.length > 1 ? [] : [kinds[0] === 'liveness' ? 'liveness[_pid]' : '!liveness[_pid]']),
  ];
  const settles = from === postedAs ? ' record(_pid / ANALYSES);' : '';
  return `  :: d_step { ${guard.join(' && ')} ->
       resolution[_pid] = ${to}; printf("analysis %d: ${event.type} ${to}\\n", _pid);${settles} follow() }`;
}

function processes(steps: readonly AnalysisStep[]): string {
  return `/* A group without a running analysis is settled. */
inline record(g) {
  if :: !HAS(g, ${postedAs}) -> settling[settled] = g; settled++ :: else fi;
}

active [GROUPS * ANALYSES] proctype analysis() {
end:
  do
${steps.map(step).join('\n')}
  od
}

/* Posts at any time while there is room; every analysis is liveness or of another kind. */
active proctype client() {
end:
  do
  :: atomic { posted < GROUPS ->
       slot = posted * ANALYSES;
       do
       :: slot < (posted + 1) * ANALYSES ->
            if :: liveness[slot] = 1 :: liveness[slot] = 0 fi;
            resolution[slot] = ${postedAs};
            slot++
       :: else -> break
       od;
       d_step { slot = 0; printf("group %d: group.posted\\n", posted); posted++; follow() } }
  od
}
`;
}

function fairness({ groups, analyses }: ModelSize): string {
  const all = upTo(groups * analyses);
  const settles = all.map(
    (at) =>
      `ltl settles_${at} { [] ((resolution[${at}] == ${postedAs}) -> <> (resolution[${at}] != ${postedAs})) }`,
  );
  return `/* PROCESSING is not for ever, if whatever can go on goes on some day; a client that polls can take all turns. */
#ifdef LIVENESS
active proctype poll() {
  do :: posted <= GROUPS od
}
${settles.join('\n')}
#endif
`;
}
