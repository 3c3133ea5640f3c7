import { describe, expect, it } from 'vitest';
import { defaultReading, type Reading } from '../../machines/index.ts';
import {
  createChecker,
  findingCodes,
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
      const settled = {
        resolutionStatus: result!,
        state: /^(PROCESSING|FAILED)$/.test(result!) ? result! : 'FINISHED',
      };
      return {
        id: id!,
        kind,
        pointer: `/analyses/${at}`,
        ...(groupId ? { groupId } : {}),
        ...(result ? settled : {}),
      };
    });

/** `STAGE/RESULT analyses`, `-` for what was not seen; `!` before the analyses: all of them; `+`: one whole group. */
function seen(text: string, folder = 'f'): Observation {
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

function check(
  observations: readonly Observation[],
  options: Partial<CheckOptions> = {},
): readonly FolderResult[] {
  const checker = createChecker({
    settings: { reading: defaultReading, operatorRequired: 'allowed' },
    ...options,
  });
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish();
}

const under = (answers: Partial<Reading>): Partial<CheckOptions> => ({
  settings: { reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' },
});

interface Scenario {
  readonly name: string;
  readonly seen: readonly string[];
  readonly verdict: Verdict;
  readonly codes?: readonly string[];
  readonly options?: Partial<CheckOptions>;
}

const scenarios: readonly Scenario[] = [
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
    name: 'never takes OPERATOR_REQUIRED of a folder of liveness only [LIVENESS-FOLDER-NO-OPERATOR]',
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

describe('the checker', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const { seen: texts, verdict, codes = [], options = {} } = scenario;
    const [result] = check(
      texts.map((text) => seen(text)),
      options,
    );
    const found = [...result!.findings, ...result!.hazards].map(({ code }) => code);
    expect([result!.verdict, [...new Set(found)].toSorted()]).toEqual([verdict, codes]);
  });

  it('says what would have been legal, and the nearest of it [GROUP-RESULT-WORST]', () => {
    const [result] = check(
      ['-/- + a=PROCESSING b=PROCESSING', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'].map((t) => seen(t)),
    );
    expect(result!.findings).toMatchObject([
      {
        observed: 'SUCCESS',
        allowed: ['DECLINED'],
        where: { pointer: '/system_resolution' },
        clause: 'SYSTEM-SUCCESS-MEANS',
      },
    ]);
  });

  it('finds one violation at an observation and goes on from what matches it [ANALYSIS-FINAL]', () => {
    const texts = [
      '-/- ! a=SUCCESS',
      'FINISHED/DECLINED ! a=DECLINED',
      'FINISHED/DECLINED ! a=DECLINED',
      '-/- ! a=SUCCESS',
    ];
    const [result] = check(texts.map((text) => seen(text)));
    expect(result!.findings.map(({ code }) => code)).toEqual([
      'SETTLED_ANALYSIS_CHANGED',
      'SETTLED_ANALYSIS_CHANGED',
    ]);
  });

  it('goes on from the belief before an observation that is impossible by itself [FOLDER-INITIAL-MEANS]', () => {
    const [result] = check(
      ['FINISHED/SUCCESS ! a=SUCCESS', 'FINISHED/INITIAL', 'FINISHED/DECLINED'].map((t) => seen(t)),
    );
    expect(result!.findings.map(({ observed }) => observed)).toEqual(['INITIAL']);
    expect(
      check(['FINISHED/SUCCESS ! a=SUCCESS', 'FINISHED/INITIAL', '-/- a=FAILED'].map((t) => seen(t)))[0]!
        .findings,
    ).toHaveLength(2);
  });

  it('never lets two folders share an analysis [ANALYSIS-IDENTITY]', () => {
    const results = check([seen('-/- a=SUCCESS', 'one'), seen('-/- a=SUCCESS', 'two')]);
    expect(results.map(({ verdict }) => verdict)).toEqual(['conforms', 'violates']);
  });

  it('never lets two folders constrain each other [FOLDER-FINISHED-MEANS]', () => {
    const results = check([
      seen('FAILED/FAILED', 'one'),
      seen('FINISHED/SUCCESS', 'two'),
      seen('PROCESSING/-', 'one'),
    ]);
    expect(results.map(({ verdict }) => verdict)).toEqual(['conforms', 'conforms']);
  });

  it('takes answers whose requests overlap in either order, and others in theirs [ANALYSIS-FINAL]', () => {
    const during = (start: number, end: number, text: string) => ({
      ...seen(text),
      interval: { start, end },
    });
    const late = [during(0, 10, '-/- a=SUCCESS'), during(5, 12, '-/- a=PROCESSING')];
    const apart = [during(0, 10, '-/- a=SUCCESS'), during(10, 12, '-/- a=PROCESSING')];
    expect(check(late)[0]!.verdict).toBe('conforms');
    expect(check(apart)[0]!.verdict).toBe('violates');
  });

  it('judges a group of thousands [GROUP-RESULT-WORST]', () => {
    const ids = Array.from({ length: 3000 }, (_, at) => `a${at}`);
    const list = (result: string) => ids.map((id) => `${id}=${result}`).join(' ');
    const posted = `-/- + ${list('PROCESSING')}`;
    const fine = `FINISHED/SUCCESS ! ${list('SUCCESS')}`;
    expect(check([seen(posted), seen('PROCESSING/PROCESSING'), seen(fine)])[0]!.verdict).toBe('conforms');
    const wrong = fine.replace('a7=SUCCESS', 'a7=DECLINED');
    expect(check([seen(posted), seen(wrong)])[0]!.verdict).toBe('violates');
  });

  it('ends a search that is too large without a claim', () => {
    const ids = Array.from({ length: 14 }, (_, at) => `a${at}`);
    const list = (result: (at: number) => string) => ids.map((id, at) => `${id}=${result(at)}`).join(' ');
    const running = `PROCESSING/PROCESSING ! ${list(() => 'PROCESSING')}`;
    const joint = `FINISHED/DECLINED ! ${list((at) => (at === 0 ? 'DECLINED' : 'SUCCESS'))}`;
    expect(check([seen(running), seen(joint)])[0]!.verdict).toBe('conforms');
  });

  it('gives every code of a violation or a hazard in some test', () => {
    const given = new Set(scenarios.flatMap(({ codes = [] }) => codes));
    const elsewhere = ['STATE_RESULT_MISMATCH', 'ANALYSIS_STATUS_IMPOSSIBLE', 'OBSERVATION_IMPOSSIBLE'];
    const silent = Object.entries(findingCodes)
      .filter(
        ([code, { severity }]) =>
          ['violation', 'hazard', 'unspecified'].includes(severity) && !given.has(code),
      )
      .map(([code]) => code);
    expect(silent.toSorted()).toEqual([...elsewhere, 'RESOLUTION_ALIAS_DISAGREES'].toSorted());
  });
});
