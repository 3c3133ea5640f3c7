import { statuses } from '../../../machines/index.ts';
import { postedAs, type AnalysisStep } from '../../explore/walk/analysis-steps.ts';
import type { Blueprint, FieldBlueprint, FieldName, ModelSize } from './blueprint.ts';
import type { Condition, Scope } from '../../explore/readings/field-rules.ts';
import type { Law } from './laws.ts';
import { allOf, decisionList, headOf, upTo } from './model-text.ts';

/**
 * The folder as a Murphi model for Rumur: one rule per event, so Rumur’s states and fired rules are the states and
 * transitions of the specification.
 */
export function murphiModel(blueprint: Blueprint, size: ModelSize): string {
  const names = Object.keys(blueprint.fields) as FieldName[];
  return [
    ...headOf('a folder', blueprint, { format: 'murphi', groups: size.groups, analyses: size.analyses }).map(
      (line) => `-- ${line}`,
    ),
    '',
    variables(size),
    scopes(),
    ...names.map((name) => projection(name, blueprint.fields[name])),
    follow(blueprint),
    posting(size),
    settling(blueprint.steps),
    ...invariants(blueprint),
    '',
  ].join('\n');
}

function variables({ groups, analyses }: ModelSize): string {
  return `const
  GROUPS: ${groups};
  ANALYSES: ${analyses};
type
  group: 0..GROUPS-1;
  slot: 0..ANALYSES-1;
  status: enum { NONE, ${statuses.join(', ')} };
var
  resolution: array [group] of array [slot] of status; -- NONE before the group is posted
  live: array [group] of array [slot] of boolean;
  posted: 0..GROUPS;                -- how many groups are posted
  settled: 0..GROUPS;               -- how many of them are settled
  settling: array [group] of group; -- the settled groups, in the order in which they settled
  resolution_status: status;
  system_resolution: status;
`;
}

const scopeFunctions: Readonly<Record<Scope, string>> = {
  folder: 'folder_has',
  'last-applied': 'last_applied_has',
  'last-settled': 'last_settled_has',
  'last-finished': 'last_finished_has',
};

function scopes(): string {
  const define = (name: string, body: string, scratch = '') =>
    `function ${name}(is: status): boolean;${scratch}\nbegin\n${body}\nend;\n`;
  return `-- Some analysis in the scope has this status.
function has(g: group; is: status): boolean;
begin
  return exists s: slot do resolution[g][s] = is end;
end;

${define(scopeFunctions.folder, '  return exists g: group do has(g, is) end;')}
${define(scopeFunctions['last-applied'], '  return posted > 0 & has(posted - 1, is);')}
${define(scopeFunctions['last-settled'], '  return settled > 0 & has(settling[settled - 1], is);')}
${define(
  scopeFunctions['last-finished'],
  `  answer := false;
  for at: group do
    if at < settled & !has(settling[at], FAILED) then answer := has(settling[at], is); end;
  end;
  return answer;`,
  '\nvar answer: boolean;',
)}`;
}

const has = ({ scope, holds }: Condition): string => `${scopeFunctions[scope]}(${holds})`;
const and = { and: '&', always: 'true' } as const;

function projection(name: FieldName, field: FieldBlueprint): string {
  const { first, otherwise } = decisionList(field.rules);
  const cases = first.map(({ when, shows }) => `  elsif ${allOf(when, has, and)} then return ${shows};`);
  const moves = field.moves.map(({ from, to }) => `(before = ${from} & after = ${to})`);
  return `-- What ${name} shows by the analyses, and its legal moves.
function shows_${name}(): status;
begin
  if posted = 0 then return ${field.start};
${cases.join('\n')}
  else return ${otherwise};
  end;
end;

function moves_${name}(before: status; after: status): boolean;
begin
  return ${moves.join('\n    | ')};
end;
`;
}

function follow({ fields }: Blueprint): string {
  const names = Object.keys(fields) as FieldName[];
  const follows = names.map(
    (name) => `  if moves_${name}(${name}, shows_${name}()) then ${name} := shows_${name}(); end;`,
  );
  return `-- After an event each field follows along its legal moves.
procedure follow();
begin
${follows.join('\n')}
end;

startstate "no analysis was posted"
begin
  clear resolution; clear live; posted := 0; settled := 0; clear settling;
${names.map((name) => `  ${name} := ${fields[name].start};`).join('\n')}
end;
`;
}

function posting({ analyses }: ModelSize): string {
  const slots = upTo(analyses);
  const post = slots.map(
    (at) => `    resolution[posted][${at}] := ${postedAs}; live[posted][${at}] := live${at};`,
  );
  return `-- Posts at any time while there is room; every analysis is liveness or of another kind.
ruleset ${slots.map((at) => `live${at}: boolean`).join('; ')} do
  rule "group.posted" posted < GROUPS ==>
  begin
${post.join('\n')}
    posted := posted + 1;
    follow();
  end;
end;
`;
}

function settling(steps: readonly AnalysisStep[]): string {
  return `ruleset g: group; s: slot do
${steps.map(step).join('\n')}
end;
`;
}

function step({ event, from, to, kinds }: AnalysisStep): string {
  const guard = [
    `resolution[g][s] = ${from}`,
    ...(kinds.length > 1 ? [] : [kinds[0] === 'liveness' ? 'live[g][s]' : '!live[g][s]']),
  ];
  const settles =
    from === postedAs
      ? `\n    if !has(g, ${postedAs}) then settling[settled] := g; settled := settled + 1; end;`
      : '';
  return `  rule "${event.type} ${to}" ${guard.join(' & ')} ==>
  begin
    resolution[g][s] := ${to};${settles}
    follow();
  end;`;
}

function invariants({ fields, laws }: Blueprint): readonly string[] {
  const names = Object.keys(fields) as FieldName[];
  return [
    ...names.map((name) => `invariant "${name} shows what the analyses give" ${name} = shows_${name}();`),
    ...names.map(
      (name) =>
        `invariant "${name} is ${fields[name].start} exactly without analyses" (${name} = ${fields[name].start}) = (posted = 0);`,
    ),
    ...laws.map(law),
  ];
}

function law({ name, clauses, field, shows, requires, forbids }: Law): string {
  const demands = [...requires.map(has), ...forbids.map((one) => `!${has(one)}`)];
  return `invariant "${name} [${clauses.join(', ')}]" ${field} = ${shows} -> (${demands.join(' & ')});`;
}
