import {
  alphabetOf,
  documentedKinds,
  emptyFolder,
  isSettled,
  liveness,
  project,
  stateOf,
  type Folder,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';
import { analysisSteps, kindOf, postedAs } from '../../explore/walk/analysis-steps.ts';

/** What a folder shows: its two fields, as one text. */
const pairOf = (folder: Folder, { reading }: Settings): string => {
  const { resolution_status: status, system_resolution: system } = project(folder, reading);
  return `${status} ${system}`;
};

/** The folder of one group whose analyses have these resolutions. */
function folderWith(resolutions: readonly Resolution[]): Folder {
  if (resolutions.length === 0) return emptyFolder;
  const analyses = resolutions.map((resolution) => ({ id: resolution, kind: kindOf.other, resolution }));
  return { groups: [{ id: 'group', analyses }], settled: resolutions.every(isSettled) ? ['group'] : [] };
}

/** The tables of which the filter is made: all of them are the specification's answers. */
export interface FilterTables {
  /** The resolutions that an analysis may have, each with a weight by which sets of them are numbers. */
  readonly weights: readonly (readonly [resolution: Resolution, weight: number])[];
  /** Of each set of resolutions, as a number: what a folder of one group shows that has them. */
  readonly pairs: ReadonlyMap<number, string>;
  /** What such a folder may show next, or later, after it has shown something; itself included. */
  readonly moves: readonly (readonly [from: string, to: string])[];
  /** What it shows before anything is posted, and what it shows right after. */
  readonly initial: string;
  readonly running: string;
  /** What it shows while it is not settled. */
  readonly unsettled: readonly string[];
  /** The legal changes of an analysis, without those that a person makes. */
  readonly steps: readonly (readonly [from: Resolution, to: Resolution])[];
  /** Resolutions that not every kind may have, and the kinds that may. */
  readonly restricted: readonly Resolution[];
  readonly unrestrictedKinds: readonly string[];
}

/** The tables of the filter under some settings. */
export function filterTables(settings: Settings): FilterTables {
  const all = analysisSteps(settings);
  const steps = all.filter(({ from }) => from === postedAs).map(({ from, to }) => [from, to] as const);
  const reached = new Set<Resolution>([postedAs, ...steps.map(([, to]) => to)]);
  const weights = alphabetOf('analyse.resolution_status')
    .filter((resolution) => reached.has(resolution))
    .map((resolution, at) => [resolution, 2 ** at] as const);
  const resolutionsOf = (set: number) =>
    weights.flatMap(([one, weight]) => ((set & weight) > 0 ? [one] : []));
  const sets = Array.from({ length: 2 ** weights.length }, (_, set) => set);
  const pairs = new Map(sets.map((set) => [set, pairOf(folderWith(resolutionsOf(set)), settings)]));
  const weightOf = new Map(weights);
  const begun = weightOf.get(postedAs)!;
  // One of the running analyses settles; others may still run, or none.
  const next = (set: number): readonly number[] =>
    (set & begun) === 0
      ? []
      : steps.flatMap(([, to]) => [set | weightOf.get(to)!, (set & ~begun) | weightOf.get(to)!]);
  const moves = new Map<string, readonly [string, string]>();
  const initial = pairs.get(0)!;
  for (const set of sets) {
    const later = new Set([set]);
    for (const one of later) for (const after of next(one)) later.add(after);
    for (const to of set === 0 ? sets : later) {
      const move = [pairs.get(set)!, pairs.get(to)!] as const;
      moves.set(move.join('>'), move);
    }
  }
  const isOpen = (set: number) => set === 0 || (set & begun) > 0;
  return {
    weights,
    pairs,
    moves: [...moves.values()],
    initial,
    running: pairs.get(begun)!,
    unsettled: [...new Set(sets.filter(isOpen).map((set) => pairs.get(set)!))],
    steps,
    restricted: [...new Set(all.filter(({ kinds }) => !kinds.includes('liveness')).map(({ to }) => to))],
    unrestrictedKinds: documentedKinds.filter((kind) => kind !== liveness),
  };
}

/** Folders with more analyses go to the check: its search has limits. */
const mostAnalyses = 64;

const text = (value: string): string => `'${value}'`;
const list = (values: readonly string[]): string => values.map(text).join(', ');

/**
 * A query that selects the folders which have to go to the check: all but those that are proved to conform by what
 * single answers and pairs of them show. It is a filter, never a verdict: of what it leaves out the check would find
 * nothing; most of what it selects conforms as well. The text is understood by DuckDB, ClickHouse, Spark and Trino.
 *
 * What it proves: that one group of analyses, always the same, explains all that the folder has shown.
 */
export function warehouseFilter(settings: Settings): string {
  const tables = filterTables(settings);
  return `${[...head(settings), `WITH`, [...commonTables(tables), suspects(tables)].join(',\n'), ...tail].join('\n')}\n`;
}

function head({ reading, operatorRequired }: Settings): readonly string[] {
  return [
    '-- Folders that have to go to oz-status check: all that are not proved to conform by this query.',
    '-- Generated by oz-status export sql. It is a filter, never a verdict. docs/guide/warehouse.md describes the table.',
    ...Object.entries(reading).map(([question, answer]) => `-- ${question}: ${answer}`),
    `-- operator-required: ${operatorRequired}`,
  ];
}

function commonTables({ weights, pairs }: FilterTables): readonly string[] {
  const sum = weights
    .map(([name, weight]) => `MAX(CASE WHEN analysis_status = ${text(name)} THEN ${weight} ELSE 0 END)`)
    .join('\n      + ');
  const cases = [...pairs].map(([set, pair]) => `      WHEN ${set} THEN ${text(pair)}`).join('\n');
  return [
    `shown AS (
  SELECT
    folder_id, LOWER(REPLACE(folder_id, '-', '')) AS folder_key,
    analysis_id, LOWER(REPLACE(analysis_id, '-', '')) AS analysis_key,
    answer, COALESCE(list, '') AS list_text,
    COALESCE(resolution_status, '') AS stage, COALESCE(system_resolution, '') AS outcome,
    COALESCE(kind, '') AS kind_text, COALESCE(group_id, '') AS group_text,
    COALESCE(state, '') AS state_text, COALESCE(analysis_status, '') AS analysis_status,
    COUNT(analysis_id) OVER (PARTITION BY folder_id, answer) AS analyses
  FROM answers
)`,
    `changes AS (
  SELECT
    folder_id, analysis_status,
    COALESCE(MAX(analysis_status) OVER (
      PARTITION BY folder_id, analysis_id ORDER BY answer ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING
    ), '') AS status_before
  FROM shown
  WHERE folder_id IS NOT NULL AND analysis_id IS NOT NULL
)`,
    `sums AS (
  SELECT
    folder_id, answer, COUNT(analysis_id) AS analyses_shown,
    MIN(list_text) AS least_list, MAX(list_text) AS list_kind,
    MIN(stage) AS least_stage, MAX(stage) AS told_stage,
    MIN(outcome) AS least_outcome, MAX(outcome) AS told_outcome,
    ${sum} AS resolutions
  FROM shown
  WHERE folder_id IS NOT NULL
  GROUP BY folder_id, answer
)`,
    `explained AS (
  SELECT
    folder_id, answer, analyses_shown, list_kind, least_list, least_stage, told_stage, least_outcome, told_outcome,
    told_stage || ' ' || told_outcome AS told,
    CASE WHEN list_kind = 'none' THEN told_stage || ' ' || told_outcome ELSE CASE resolutions
${cases}
      ELSE '-' END
    END AS pair,
    CASE WHEN list_kind = 'none' THEN 0 ELSE 1 END AS has_list
  FROM sums
)`,
    `ordered AS (
  SELECT
    folder_id, answer, analyses_shown, list_kind, least_list, least_stage, told_stage, least_outcome, told_outcome,
    told, pair, has_list,
    COALESCE(MAX(pair) OVER (
      PARTITION BY folder_id ORDER BY answer ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING
    ), '') AS pair_before,
    SUM(has_list) OVER (
      PARTITION BY folder_id ORDER BY answer ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS lists_until,
    SUM(has_list) OVER (
      PARTITION BY folder_id ORDER BY answer ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS lists_from,
    SUM(CASE WHEN analyses_shown > 0 THEN 1 ELSE 0 END) OVER (
      PARTITION BY folder_id ORDER BY answer ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS filled_until,
    SUM(CASE WHEN analyses_shown > 0 THEN 1 ELSE 0 END) OVER (
      PARTITION BY folder_id ORDER BY answer ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS filled_from,
    ROW_NUMBER() OVER (PARTITION BY folder_id ORDER BY answer DESC) AS place_from_end
  FROM explained
)`,
    `beside AS (
  SELECT
    folder_id, pair, has_list, filled_until, filled_from,
    MAX(CASE WHEN has_list = 1 THEN pair ELSE '' END) OVER (PARTITION BY folder_id, lists_until) AS list_before,
    MAX(CASE WHEN has_list = 1 THEN pair ELSE '' END) OVER (PARTITION BY folder_id, lists_from) AS list_after
  FROM ordered
)`,
  ];
}

function suspects({ pairs, moves, initial, running, unsettled, steps, ...tables }: FilterTables): string {
  const states = tables.weights.map(([one]) => `WHEN ${text(one)} THEN ${text(stateOf(one))}`).join(' ');
  const restricted = tables.restricted.length === 0 ? ['-'] : tables.restricted;
  const known = [...new Set(pairs.values())];
  return `suspects AS (
  -- What is no whole list of a folder, and analyses that show what no analysis can.
  SELECT folder_id FROM shown
  WHERE folder_id IS NOT NULL AND (
    folder_id = ''
    OR list_text NOT IN ('complete', 'posted', 'none')
    OR (analysis_id IS NULL AND list_text = 'posted')
    OR (analysis_id IS NOT NULL AND (
      analysis_id = ''
      OR list_text = 'none'
      OR state_text <> CASE analysis_status ${states} ELSE '-' END
      OR (analysis_status IN (${list(restricted)}) AND kind_text NOT IN (${list(tables.unrestrictedKinds)}))
    ))
  )
  UNION ALL
  -- An analysis that had settled and shows another status.
  SELECT folder_id FROM changes
  WHERE status_before <> '' AND status_before <> analysis_status
    AND (status_before || '>' || analysis_status) NOT IN (${list(steps.map((step) => step.join('>')))})
  UNION ALL
  -- Other analyses than before, more than one group, one analysis twice.
  SELECT folder_id FROM shown
  WHERE folder_id IS NOT NULL AND analysis_id IS NOT NULL
  GROUP BY folder_id
  HAVING MIN(analyses) <> MAX(analyses) OR COUNT(DISTINCT analysis_id) <> MAX(analyses)
    OR MIN(group_text) <> MAX(group_text) OR MAX(analyses) > ${mostAnalyses}
  UNION ALL
  -- An analysis of another kind than before.
  SELECT folder_id FROM shown
  WHERE folder_id IS NOT NULL AND analysis_id IS NOT NULL
  GROUP BY folder_id, analysis_id
  HAVING MIN(kind_text) <> MAX(kind_text)
  UNION ALL
  -- A folder beside its complete list, what it has shown before, and whether it has settled in the end.
  SELECT folder_id FROM ordered
  WHERE least_list <> list_kind OR least_stage <> told_stage OR least_outcome <> told_outcome
    OR pair NOT IN (${list(known)})
    OR (has_list = 1 AND told <> ' ' AND told <> pair)
    OR (list_kind = 'posted' AND filled_until > 1)
    OR (pair_before <> '' AND (pair_before || '>' || pair) NOT IN (
      ${moves.map((move) => text(move.join('>'))).join(',\n      ')}
    ))
    OR (place_from_end = 1 AND pair IN (${list(unsettled)}))
  UNION ALL
  -- A folder that shows without its list what the lists before and after it do not explain.
  SELECT folder_id FROM beside
  WHERE has_list = 0 AND filled_until + filled_from > 0 AND pair <> list_before AND pair <> list_after
    AND NOT (filled_until = 0 AND pair IN (${list([...new Set([initial, running])])}))
  UNION ALL
  -- Analyses that are seen in two folders, or without one, and folders whose id is written in two ways.
  SELECT folder_id FROM shown
  WHERE folder_id IS NOT NULL AND analysis_key IN (
    SELECT analysis_key FROM shown WHERE analysis_id IS NOT NULL
    GROUP BY analysis_key HAVING COUNT(DISTINCT COALESCE(folder_id, '')) > 1
  )
  UNION ALL
  SELECT folder_id FROM shown
  WHERE folder_id IS NOT NULL AND folder_key IN (
    SELECT folder_key FROM shown WHERE folder_id IS NOT NULL
    GROUP BY folder_key HAVING COUNT(DISTINCT folder_id) > 1
  )
)`;
}

const tail = ['SELECT DISTINCT folder_id FROM suspects ORDER BY folder_id'];
