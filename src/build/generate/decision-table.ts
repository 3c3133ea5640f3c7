import {
  allReadings,
  alphabetOf,
  defaultReading,
  project,
  stateOf,
  type ClauseId,
  type Folder,
  type Reading,
} from '../../../machines/index.ts';
import { explore, folderSystem } from '../../explore/index.ts';
import { parseFolder, verdictOf, type Verdict } from '../../verdict/index.ts';

/** The version of the shape of the table: it grows when a reader would break. */
export const decisionFormatVersion = 1;

const requires = ['QUALITY', 'BIOMETRY'] as const;

/** The readings that a verdict can depend on: what operators may do later says nothing of an answer. */
export const decidingReadings: readonly Reading[] = allReadings().filter(
  (reading) => reading['operator-decision'] === defaultReading['operator-decision'],
);

/** Folders within these bounds are all in the table. */
const bounds = [
  { groups: 2, analyses: 1 },
  { groups: 1, analyses: 2 },
] as const;
const maxStates = 10_000;

function smallFolders(): readonly Folder[] {
  return bounds.flatMap((each) => explore(folderSystem({ ...each, kinds: requires }), { maxStates }).states);
}

/** What an answer may show of the analyses. */
const shapes = {
  'with groups': { hasList: true, hasGroups: true },
  'without groups': { hasList: true, hasGroups: false },
  'without a list': { hasList: false, hasGroups: false },
};

/** What a small folder answers under a reading, by what its answer shows. */
function answersOf(folder: Folder, reading: Reading): readonly (readonly [string, object])[] {
  return Object.entries(shapes).map(([shape, { hasList, hasGroups }]) => {
    const analyses = folder.groups.flatMap((group) =>
      group.analyses.map(({ id, kind, resolution }) => ({
        analyse_id: id,
        ...(hasGroups && { group_id: group.id }),
        type: kind,
        state: stateOf(resolution),
        resolution_status: resolution,
      })),
    );
    return [shape, { folder_id: 'f', ...project(folder, reading), ...(hasList && { analyses }) }];
  });
}

const clauses: readonly ClauseId[] = [
  'FOLDER-INITIAL-MEANS',
  'FOLDER-PROCESSING-MEANS',
  'FINISHED-WITH-ANY-RESULT',
  'SUCCESS-OF-EVERY-ANALYSIS',
];

/** What is said of a verdict: ids in place of the analyses. */
function said(verdict: Verdict) {
  const ids = (list: Verdict['hidden']) => list.map(({ id }) => id!);
  return {
    verdict: verdict.is,
    ...('because' in verdict && { because: verdict.because }),
    ...('questions' in verdict && {
      questions: verdict.questions,
      candidates: verdict.candidates.toSorted(),
    }),
    deciding: ids(verdict.deciding),
    hidden: ids(verdict.hidden),
  };
}

/** Ascending numbers as ranges: `0-3,7`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** An answer, and the readings under which a small folder gives it. */
interface Given {
  readonly shape: string;
  readonly answer: object;
  readonly readings: Set<number>;
}

function row({ shape, answer, readings }: Given) {
  const parsed = parseFolder(answer);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const saidUnder = (numbers: readonly number[]) =>
    said(verdictOf(parsed.folder, { requires, readings: numbers.map((at) => decidingReadings[at]!) }));
  const numbers = [...readings].toSorted((one, other) => one - other);
  const byVerdict = new Map<string, number[]>();
  for (const at of numbers) {
    const key = JSON.stringify(saidUnder([at]));
    byVerdict.set(key, [...(byVerdict.get(key) ?? []), at]);
  }
  const { resolution_status: stage, system_resolution: result, analyses = [] } = answer as ShownFields;
  const list = analyses.map((one) => `${one.analyse_id}-${one.type}-${one.resolution_status}`).join('+');
  return {
    id: `decisions/${shape.replaceAll(' ', '-')}/${stage}-${result}/${list || 'nothing'}`,
    description: `${stage} with ${result}, ${shape}`,
    clauses,
    requires,
    answer,
    missing: verdictOf(parsed.folder, { requires }).missing,
    under: [...byVerdict].map(([key, those]) => ({
      readings: ranges(those),
      ...(JSON.parse(key) as ReturnType<typeof said>),
    })),
    together: saidUnder(numbers),
  };
}

interface ShownFields {
  readonly resolution_status: string;
  readonly system_resolution: string;
  readonly analyses?: readonly Listed[];
}

interface Listed {
  readonly analyse_id: string;
  readonly type: string;
  readonly state: string;
  readonly resolution_status?: string;
}

/** A status that the specification does not know. */
const unknownStatus = 'APPROVED';

/** What can be wrong with an answer that no small folder gives, each with what it breaks. */
const wrongs = {
  'no reading explains it': ['FOLDER-STAGE-OF-ANALYSES', 'DECIDING-ANALYSES'],
  'state and result of an analysis disagree': ['RESULT-INHERITS-STATE'],
  'an analysis without a result': ['RESULT-AFTER-FINISH'],
  'a status that is not known': ['STATE-COLUMN', 'RESULT-COLUMN', 'FOLDER-COLUMN', 'SYSTEM-COLUMN'],
} as const satisfies Record<string, readonly ClauseId[]>;

type Wrong = readonly [keyof typeof wrongs, ShownFields];

const isSettled = (status: string): boolean => status !== 'INITIAL' && status !== 'PROCESSING';
const stages = alphabetOf('folder.resolution_status').filter(isSettled);
const results = alphabetOf('system_resolution').filter(isSettled);

/** An answer with one settled analysis, its members wrong or left out. */
function wrongOfOne(answer: ShownFields, only: Listed): readonly Wrong[] {
  const { resolution_status: _, ...open } = only;
  const listing = (each: Listed): ShownFields => ({ ...answer, analyses: [each] });
  const others = alphabetOf('analyse.state').filter((state) => state !== only.state);
  const disagreeing = others.map((state): Wrong => [
    'state and result of an analysis disagree',
    listing({ ...only, state }),
  ]);
  const unknown = [
    { ...answer, resolution_status: unknownStatus },
    { ...answer, system_resolution: unknownStatus },
    listing({ ...only, state: unknownStatus }),
    listing({ ...only, resolution_status: unknownStatus }),
  ].map((each): Wrong => ['a status that is not known', each]);
  const withoutResult: readonly Wrong[] =
    open.state === 'FINISHED' ? [['an analysis without a result', listing(open)]] : [];
  return [...disagreeing, ...withoutResult, ...unknown];
}

/** Answers with groups, all settled, that no small folder gives under any reading, each with what is wrong with it. */
function wrongAnswers(given: readonly Given[]): readonly Wrong[] {
  const kinds = (answer: ShownFields) => (answer.analyses ?? []).map((one) => one.type);
  const settled = given
    .filter(({ shape }) => shape === 'with groups')
    .map(({ answer }) => answer as ShownFields)
    .filter((answer) => kinds(answer).length > 0 && requires.join().startsWith(kinds(answer).join()))
    .filter(({ analyses = [] }) => analyses.every(({ state }) => isSettled(state)));
  const wrong = settled.flatMap((answer): readonly Wrong[] => {
    const { analyses: [only, second] = [] } = answer;
    const pairs = stages.flatMap((stage) =>
      results.map((result) => ({ ...answer, resolution_status: stage, system_resolution: result })),
    );
    return [
      ...pairs.map((each): Wrong => ['no reading explains it', each]),
      ...(only && !second ? wrongOfOne(answer, only) : []),
    ];
  });
  const known = new Set(given.map(({ answer }) => JSON.stringify(answer)));
  const byText = new Map(wrong.map((one) => [JSON.stringify(one[1]), one]));
  return [...byText].filter(([text]) => !known.has(text)).map(([, one]) => one);
}

/** The line of an answer that no small folder gives. */
function wrongRow([what, answer]: Wrong, number: number) {
  const parsed = parseFolder(answer);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const verdict = verdictOf(parsed.folder, { requires, readings: decidingReadings });
  return {
    id: `decisions/no-folder/${number}`,
    description: what,
    clauses: wrongs[what],
    requires,
    answer,
    missing: verdict.missing,
    under: [],
    together: said(verdict),
  };
}

/** The files of the decision table by name: the readings by number, and what `verdictOf` says as lines. */
export function decisionFiles(): ReadonlyMap<string, string> {
  const given = new Map<string, Given>();
  for (const folder of smallFolders()) {
    for (const [at, reading] of decidingReadings.entries()) {
      for (const [shape, answer] of answersOf(folder, reading)) {
        const key = JSON.stringify([shape, answer]);
        const known = given.get(key) ?? { shape, answer, readings: new Set() };
        given.set(key, known);
        known.readings.add(at);
      }
    }
  }
  const all = [...given.values()];
  const rows = [...all.map(row), ...wrongAnswers(all).map(wrongRow)];
  const index = { formatVersion: decisionFormatVersion, decisions: rows.length, readings: decidingReadings };
  return new Map([
    ['decisions.json', `${JSON.stringify(index, null, 2)}\n`],
    ['decisions.jsonl', rows.map((one) => `${JSON.stringify(one)}\n`).join('')],
  ]);
}
