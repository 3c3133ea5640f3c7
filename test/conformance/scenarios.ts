import { expect } from 'vitest';
import { defaultReading, type Reading } from '../../machines/index.ts';
import {
  createChecker,
  type AnalysisView,
  type CheckOptions,
  type FolderResult,
  type Observation,
  type Verdict,
} from '../../src/conformance/index.ts';

const views = (text: string): AnalysisView[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, at) => {
      const [name, result] = word.split('=');
      const [id, kind = 'BIOMETRY', groupId] = name!.split(':');
      const state = /^(PROCESSING|FAILED)$/.test(result!) ? result! : 'FINISHED';
      const settled = result === 'FINISHED' ? { state } : { resolutionStatus: result!, state };
      return {
        id: id!,
        ...(kind === '?' ? {} : { kind }),
        pointer: `/analyses/${at}`,
        ...(groupId ? { groupId } : {}),
        ...(result ? settled : {}),
      };
    });

/**
 * `STAGE/RESULT analyses`, `-` for what was not seen; `!` before the analyses: all of them; `+`: one whole group. An
 * analysis is `id:kind:group=result`; kind `?`: not seen; result `FINISHED`: only the state was seen.
 */
export function seen(text: string, folder = 'f'): Observation {
  const [fields, ...rest] = text.split(' ');
  const [status, system] = fields!.split('/');
  const list = rest.join(' ');
  return {
    folder,
    folderId: folder,
    ...(status === '-' ? {} : { resolutionStatus: status! }),
    ...(system === '-' ? {} : { systemResolution: system! }),
    analyses: views(list.replace(/^[!+] ?/, '')),
    complete: list.startsWith('!'),
    wholeGroup: list.startsWith('+'),
    where: { file: 'test', pointer: '' },
  };
}

/** The results of a check of the observations. */
export function check(
  observations: readonly Observation[],
  options: Partial<CheckOptions> = {},
  watch?: Parameters<typeof createChecker>[2],
): readonly FolderResult[] {
  const given = { settings: { reading: defaultReading, operatorRequired: 'allowed' }, ...options } as const;
  const checker = createChecker(given, undefined, watch);
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish();
}

/** The same, of folders as numbers where that can be; it fails unless it says the same of each by itself. */
export function checkBothWays(
  observations: readonly Observation[],
  options: Partial<CheckOptions> = {},
): readonly FolderResult[] {
  const results = check(observations, options);
  expect(check(observations, options, () => undefined)).toEqual(results);
  return results;
}

const under = (answers: Partial<Reading>): Partial<CheckOptions> => ({
  settings: { reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' },
});

/** Observations, and what the checker says of them. */
export interface Scenario {
  readonly name: string;
  readonly seen: readonly string[];
  readonly verdict: Verdict;
  readonly codes?: readonly string[];
  readonly options?: Partial<CheckOptions>;
}

/** The hard cases of conformance, each with its verdict and every code that it gives. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'accepts polls that skip every stage between [RESULT-AFTER-FINISH]',
    seen: ['INITIAL/INITIAL', 'FINISHED/SUCCESS ! a=SUCCESS'],
    verdict: 'conforms',
  },
  {
    name: 'accepts that either of two groups settled last between two polls [FOLDER-RESULT-LAST-FINISHED]',
    seen: [
      'PROCESSING/PROCESSING ! a:X:1=PROCESSING b:X:2=PROCESSING',
      'FINISHED/SUCCESS ! a:X:1=DECLINED b:X:2=SUCCESS',
    ],
    verdict: 'conforms',
    codes: ['MASKED_RESULT'],
  },
  {
    name: 'rejects the better result where one group holds both [GROUP-RESULT-WORST]',
    seen: ['-/- + a=PROCESSING b=PROCESSING', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
    verdict: 'violates',
    codes: ['SYSTEM_RESOLUTION_IMPOSSIBLE'],
  },
  {
    name: 'needs separate groups where nothing says which they are [GROUP-IS-ONE-POST]',
    seen: ['FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
    verdict: 'conforms',
    codes: ['MASKED_RESULT', 'NEEDS_SEPARATE_GROUPS'],
  },
  {
    name: 'needs separate groups where one analysis settled before the other was posted [GROUP-IS-ONE-POST]',
    seen: [
      'FINISHED/DECLINED',
      'FINISHED/SUCCESS c=SUCCESS',
      'PROCESSING/PROCESSING ! a=DECLINED b=PROCESSING c=SUCCESS',
    ],
    verdict: 'conforms',
    codes: ['ENDS_UNSETTLED', 'MASKED_RESULT', 'NEEDS_SEPARATE_GROUPS'],
  },
  {
    name: 'needs separate groups where the group of one of two is known [GROUP-IS-ONE-POST]',
    seen: ['FINISHED/SUCCESS ! a:BIOMETRY:g=SUCCESS b=DECLINED'],
    verdict: 'conforms',
    codes: ['MASKED_RESULT', 'NEEDS_SEPARATE_GROUPS'],
  },
  {
    name: 'needs no separate groups where they are known, whatever is beside them [GROUP-IS-ONE-POST]',
    seen: ['FINISHED/SUCCESS ! a:BIOMETRY:g=DECLINED b:BIOMETRY:h=SUCCESS c=SUCCESS'],
    verdict: 'conforms',
    codes: ['MASKED_RESULT'],
  },
  {
    name: 'takes analyses first seen together for one group where told to [GROUP-IS-ONE-POST]',
    seen: ['FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
    options: { groups: 'first-seen' },
    verdict: 'violates',
    codes: ['SYSTEM_RESOLUTION_IMPOSSIBLE'],
  },
  {
    name: 'remembers a failure that only the fields have shown [FOLDER-FAILED-MEANS]',
    seen: ['FAILED/-', 'PROCESSING/-', 'FINISHED/-'],
    verdict: 'violates',
    codes: ['FOLDER_STATUS_IMPOSSIBLE'],
  },
  {
    name: 'forgets the failure where only the group posted last is looked at [FOLDER-STAGE]',
    seen: ['FAILED/-', 'PROCESSING/-', 'FINISHED/-'],
    options: under({ 'status-scope': 'last-applied-group' }),
    verdict: 'conforms',
  },
  {
    name: 'admits a folder that some other reading explains, if any reading may [FOLDER-STAGE]',
    seen: ['FAILED/-', 'PROCESSING/-', 'FINISHED/-'],
    options: { anyReading: true },
    verdict: 'conforms',
  },
  {
    name: 'learns from a late group id what earlier polls meant [GROUP-CONSTANT]',
    seen: ['FINISHED/SUCCESS ! a=DECLINED b=SUCCESS', '-/- a:BIOMETRY:g=DECLINED b:BIOMETRY:g=SUCCESS'],
    verdict: 'violates',
    codes: ['GROUP_CHANGED', 'MASKED_RESULT', 'NEEDS_SEPARATE_GROUPS'],
  },
  {
    name: 'never lets a whole group grow [GROUP-CONSTANT]',
    seen: ['-/- + a:X:g=PROCESSING', '-/- b:X:g=PROCESSING'],
    verdict: 'violates',
    codes: ['GROUP_CHANGED'],
  },
  {
    name: 'never lets a settled analysis change [ANALYSIS-FINAL]',
    seen: ['-/- a=SUCCESS', '-/- a=DECLINED'],
    verdict: 'violates',
    codes: ['SETTLED_ANALYSIS_CHANGED'],
  },
  {
    name: 'leaves a decision of an operator unspecified [OPERATOR-DECISION]',
    seen: ['FINISHED/OPERATOR_REQUIRED ! a=OPERATOR_REQUIRED', 'FINISHED/SUCCESS ! a=SUCCESS'],
    verdict: 'unspecified',
    codes: ['OPERATOR_DECIDED'],
  },
  {
    name: 'leaves a decision unspecified whose analysis is seen for the first time after it [OPERATOR-DECISION]',
    seen: ['-/OPERATOR_REQUIRED', '-/- a=SUCCESS', '-/- ! a'],
    verdict: 'unspecified',
    codes: ['OPERATOR_DECIDED'],
  },
  {
    name: 'says that a group shown late leaves only a decision [OPERATOR-DECISION]',
    seen: ['-/OPERATOR_REQUIRED', '-/- ! a b=DECLINED c:?:h=PROCESSING d', '-/- a:?:g b:?:g d:?:h=SUCCESS'],
    verdict: 'unspecified',
    codes: ['NEEDS_SEPARATE_GROUPS', 'OPERATOR_DECIDED'],
  },
  {
    name: 'accepts the decision where the reading allows it [OPERATOR-DECISION]',
    seen: ['FINISHED/OPERATOR_REQUIRED ! a=OPERATOR_REQUIRED', 'FINISHED/SUCCESS ! a=SUCCESS'],
    options: under({ 'operator-decision': 'allowed' }),
    verdict: 'conforms',
  },
  {
    name: 'rejects the decision where the reading forbids it [OPERATOR-DECISION]',
    seen: ['FINISHED/OPERATOR_REQUIRED ! a=OPERATOR_REQUIRED', 'FINISHED/SUCCESS ! a=SUCCESS'],
    options: under({ 'operator-decision': 'forbidden' }),
    verdict: 'violates',
    codes: ['SETTLED_ANALYSIS_CHANGED'],
  },
  {
    name: 'leaves the rest of a folder open once an analysis has disappeared [DELETION]',
    seen: ['-/- ! a=SUCCESS b=DECLINED', 'FINISHED/SUCCESS ! a=SUCCESS'],
    verdict: 'unspecified',
    codes: ['ANALYSIS_DISAPPEARED'],
  },
  {
    name: 'still checks single analyses after that [ANALYSIS-FINAL]',
    seen: ['-/- ! a=SUCCESS b=DECLINED', '-/- ! a=SUCCESS', '-/- a=FAILED'],
    verdict: 'violates',
    codes: ['ANALYSIS_DISAPPEARED', 'SETTLED_ANALYSIS_CHANGED'],
  },
  {
    name: 'still checks what had finished with a result that was not seen [ANALYSIS-FINAL]',
    seen: ['-/- ! a=FINISHED b=DECLINED', '-/- ! a=PROCESSING'],
    verdict: 'violates',
    codes: ['ANALYSIS_DISAPPEARED', 'SETTLED_ANALYSIS_CHANGED'],
  },
  {
    name: 'takes a list for wrong whose missing analysis is seen again [ANALYSIS-IDENTITY]',
    seen: ['-/- ! a=SUCCESS b=DECLINED', '-/- ! a=SUCCESS', '-/- b=DECLINED'],
    verdict: 'violates',
    codes: ['ANALYSIS_DISAPPEARED', 'ANALYSIS_LEFT_OUT'],
  },
  {
    name: 'knows no status outside the column of its field [FOLDER-SUCCESS]',
    seen: ['SUCCESS/SUCCESS ! a=SUCCESS'],
    verdict: 'violates',
    codes: ['STATUS_NOT_IN_FIELD'],
  },
  {
    name: 'never takes OPERATOR_REQUIRED from liveness, however its kind is spelt [LIVENESS-NO-OPERATOR]',
    seen: ['-/- a:quality=OPERATOR_REQUIRED'],
    verdict: 'violates',
    codes: ['OPERATOR_FOR_LIVENESS'],
  },
  {
    name: 'never takes OPERATOR_REQUIRED where it is not enabled [OPERATOR-SETTING]',
    seen: ['-/- a=OPERATOR_REQUIRED'],
    options: { settings: { reading: defaultReading, operatorRequired: 'never' } },
    verdict: 'violates',
    codes: ['OPERATOR_NOT_ENABLED'],
  },
  {
    name: 'never takes OPERATOR_REQUIRED of a folder of liveness only [LIVENESS-ONLY-FOLDER]',
    seen: ['FINISHED/OPERATOR_REQUIRED ! a:QUALITY'],
    verdict: 'violates',
    codes: ['SYSTEM_RESOLUTION_IMPOSSIBLE'],
  },
  {
    name: 'takes equal entries for one and unequal ones for a contradiction [ANALYSIS-IDENTITY]',
    seen: ['-/- a=SUCCESS a=SUCCESS', '-/- a=SUCCESS a=DECLINED'],
    verdict: 'violates',
    codes: ['ANALYSIS_CONTRADICTS_ITSELF'],
  },
  {
    name: 'never lets the kind of an analysis change [ANALYSIS-IDENTITY]',
    seen: ['-/- a:BIOMETRY=PROCESSING', '-/- a:DOCUMENTS=PROCESSING'],
    verdict: 'violates',
    codes: ['ANALYSIS_IDENTITY_CHANGED'],
  },
  {
    name: 'begins in the middle of the life of a folder [FOLDER-NEVER-FINAL]',
    seen: ['PROCESSING/PROCESSING', 'FAILED/SUCCESS'],
    verdict: 'conforms',
    codes: ['FAILED_WITH_SUCCESS', 'MASKED_RESULT'],
  },
  {
    name: 'never returns to INITIAL [FOLDER-INITIAL-ONCE]',
    seen: ['PROCESSING/-', 'INITIAL/-'],
    verdict: 'violates',
    codes: ['ENDS_UNSETTLED', 'FOLDER_STATUS_IMPOSSIBLE'],
  },
  {
    name: 'claims nothing of a folder without a status',
    seen: ['-/- a'],
    verdict: 'inconclusive',
    codes: ['NO_STATUS_SEEN'],
  },
  {
    name: 'warns of a client that stops while the folder is INITIAL [FOLDER-INITIAL-MEANS]',
    seen: ['INITIAL/INITIAL !'],
    verdict: 'conforms',
    codes: ['ENDS_UNSETTLED'],
  },
  {
    name: 'warns of a group of which only a part was watched [GROUP-RESULT-WORST]',
    seen: ['-/- + a=PROCESSING b=PROCESSING', '-/- a=SUCCESS', 'FINISHED/DECLINED'],
    verdict: 'conforms',
    codes: ['GROUP_PARTLY_WATCHED'],
  },
];
