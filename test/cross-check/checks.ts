import { defaultSettings, neighbouringReadings, type Settings } from '../../machines/index.ts';
import { blueprintOf, chartOf, scxmlDocument, type ModelSize } from '../../src/assurance/export/index.ts';
import { obligationsOf, specifiedRules } from '../../src/assurance/prove/index.ts';
import { faults as wrongSpecifications } from '../prove/faults.ts';
import { difference, type Counted } from './counted.ts';
import { engines, type Engine } from './engines.ts';
import { faults } from './faults.ts';
import { analysisTour, folderTour, groupTour } from './machines.ts';
import { countByExploration, countByFormula, countByGraph, mostExplored } from './ours.ts';
import type { Outcome } from './outcome.ts';
import { partingText, replayInQt } from './qt-scxml.ts';
import { countByRumur } from './rumur.ts';
import { missedBy, smtArguments, solverOf, unprovedBy } from './smt.ts';
import { countBySpin, settlesBySpin } from './spin.ts';
import type { Tour } from './traces.ts';

/** One thing to find out; `scratch` is a directory for what is built on the way. */
export interface Check {
  /** The engine that has to be installed for it; none for those that come with the project. */
  readonly needs?: Engine;
  readonly head: Pick<Outcome, 'section' | 'subject' | 'engine'>;
  readonly run: (
    scratch: string,
  ) => Promise<Pick<Outcome, 'result' | 'says' | 'detail'>> | Pick<Outcome, 'result' | 'says' | 'detail'>;
}

type Said = Pick<Outcome, 'result' | 'says' | 'detail'>;

const agrees = (detail: string | undefined, says = 'agrees'): Said =>
  detail === undefined ? { result: 'passed', says } : { result: 'failed', says, detail };

/** A size is given to `@xstate/graph` up to so many states: it takes long for more. */
const mostForGraph = 10_000;

const sizeName = ({ groups, analyses }: ModelSize): string => `${groups} x ${analyses}`;

/** Counts of one size under some settings: ours against each other and against the model checkers. */
function countChecks(
  section: string,
  subject: string,
  settings: Settings,
  size: ModelSize,
): readonly Check[] {
  const blueprint = blueprintOf(settings);
  const formula = countByFormula(blueprint, size);
  const isExplored = formula.states <= mostExplored;
  let explored: Counted | undefined;
  const expected = () => (isExplored ? (explored ??= countByExploration(blueprint, size)) : formula);
  const head = (engine: string) => ({ section, subject, engine });
  const figures = `${formula.states} states, ${formula.transitions} transitions`;
  return [
    { head: head('formula'), run: () => ({ result: 'passed', says: figures }) },
    ...(isExplored
      ? [{ head: head('exploration'), run: () => agrees(difference(formula, expected())) }]
      : []),
    ...(formula.states <= mostForGraph
      ? [
          {
            head: head('@xstate/graph'),
            run: () => agrees(difference(expected(), countByGraph(blueprint, size))),
          },
        ]
      : []),
    {
      needs: engines.rumur,
      head: head(engines.rumur.title),
      run: async (scratch) => agrees(difference(expected(), await countByRumur(blueprint, size, scratch))),
    },
    {
      needs: engines.spin,
      head: head(engines.spin.title),
      run: async (scratch) => agrees(difference(expected(), await countBySpin(blueprint, size, scratch))),
    },
  ];
}

const quickSizes: readonly ModelSize[] = [
  ...[1, 2, 3, 4].map((analyses) => ({ groups: 1, analyses })),
  { groups: 2, analyses: 1 },
  { groups: 2, analyses: 2 },
  { groups: 3, analyses: 1 },
];
/** Sizes that take a model checker longer than a pipeline should wait. */
const largeSizes: readonly ModelSize[] = [
  { groups: 1, analyses: 5 },
  { groups: 1, analyses: 6 },
  { groups: 2, analyses: 3 },
  { groups: 3, analyses: 2 },
  { groups: 4, analyses: 1 },
];

/** The default reading and its neighbours by name. */
const readings = neighbouringReadings().map(
  ([name, reading]) => [name, { ...defaultSettings, reading }] as const,
);

function settlesCheck(size: ModelSize): Check {
  return {
    needs: engines.spin,
    head: {
      section: 'PROCESSING of an analysis ends some day (LTL)',
      subject: sizeName(size),
      engine: engines.spin.title,
    },
    run: async (scratch) => {
      const answers = await settlesBySpin(blueprintOf(), size, scratch);
      const wrong = answers.findIndex(({ fair, unfair }) => !fair || unfair);
      const expected = 'expected that it settles under weak fairness and need not without';
      return agrees(
        wrong < 0 ? undefined : `analysis ${wrong}: ${expected}, received ${JSON.stringify(answers[wrong])}`,
        'under weak fairness, and not without',
      );
    },
  };
}

async function replayed(document: string, tour: Tour, scratch: string): Promise<Said> {
  const partings = await replayInQt(document, tour.traces, scratch);
  const says = `agrees on ${tour.edges} transitions, ${tour.refused} refused events`;
  const [first] = partings;
  return agrees(
    first && `${partings.length} of ${tour.traces.length} traces differ; ${partingText(first)}`,
    says,
  );
}

function replayChecks(): readonly Check[] {
  const section = 'Statecharts of XState replayed as SCXML';
  const check = (
    machine: 'analysis' | 'group' | 'folder',
    subject: string,
    settings: Settings,
    tour: () => Tour,
  ): Check => ({
    needs: engines.qtScxml,
    head: { section, subject, engine: engines.qtScxml.title },
    run: (scratch) =>
      replayed(scxmlDocument(chartOf(machine, settings), blueprintOf(settings)), tour(), scratch),
  });
  return readings.flatMap(([name, settings]) => [
    ...(name === 'default' || name.startsWith('operator-decision=')
      ? [
          check('analysis', `analysis, ${name}`, settings, () => analysisTour(settings)),
          check('group', `group, ${name}`, settings, () => groupTour(settings)),
          check('folder', `folder 1 x 2, kinds chosen, ${name}`, settings, () =>
            folderTour(settings, { groups: 1, size: 2, kinds: 'each' }),
          ),
        ]
      : []),
    check('folder', `folder 1 x 2, ${name}`, settings, () =>
      folderTour(settings, { groups: 1, size: 2, kinds: 'mixed' }),
    ),
    check('folder', `folder 2 x 1, ${name}`, settings, () =>
      folderTour(settings, { groups: 2, size: 1, kinds: 'mixed' }),
    ),
  ]);
}

/** The faults, seeded into the tables: here an engine passes if it notices. */
function faultChecks(): readonly Check[] {
  const section = 'Faults seeded into the tables';
  const size = { groups: 2, analyses: 2 };
  const noticed = (sign: string | undefined): Said =>
    sign === undefined
      ? { result: 'failed', says: '', detail: 'expected a difference, received none' }
      : { result: 'passed', says: `caught: ${sign}` };
  return faults.flatMap(({ name, plant, bound }): readonly Check[] => {
    const whole = { blueprint: blueprintOf(), chart: chartOf('folder') };
    const { blueprint, chart } = plant(whole);
    const signOf = (counted: Counted) => {
      const sign = difference(countByExploration(whole.blueprint, size), counted);
      return sign?.split(':')[0] === 'violated' ? sign.slice('violated: '.length) : sign;
    };
    const head = (engine: string) => ({ section, subject: name, engine });
    return [
      {
        needs: engines.rumur,
        head: head(engines.rumur.title),
        run: async (scratch) => noticed(signOf(await countByRumur(blueprint, size, scratch))),
      },
      {
        needs: engines.spin,
        head: head(engines.spin.title),
        run: async (scratch) => noticed(signOf(await countBySpin(blueprint, size, scratch))),
      },
      {
        needs: engines.qtScxml,
        head: head(engines.qtScxml.title),
        run: async (scratch) => {
          const { traces } = folderTour(defaultSettings, bound);
          const partings = await replayInQt(scxmlDocument(chart, blueprint), traces, scratch);
          return noticed(partings.length === 0 ? undefined : `${partings.length} of ${traces.length} traces`);
        },
      },
    ];
  });
}

/** The formulas that are exported, read by solvers that are programs of their own. */
function proofChecks(): readonly Check[] {
  const section = 'The proof for every size, as SMT-LIB';
  const names = Object.keys(smtArguments) as (keyof typeof smtArguments)[];
  const said = (wrong: readonly string[], says: string): Said =>
    agrees(wrong.length === 0 ? undefined : wrong.join('; '), says);
  return names.flatMap((name): readonly Check[] => {
    const needs = engines[name];
    const head = (subject: string) => ({ section, subject, engine: needs.title });
    return [
      {
        needs,
        head: head('every obligation'),
        run: async (scratch) =>
          said(
            await unprovedBy(solverOf(name, scratch)),
            `${obligationsOf(specifiedRules).length} obligations proved`,
          ),
      },
      {
        needs,
        head: head('wrong specifications'),
        run: async (scratch) =>
          said(
            await missedBy(solverOf(name, scratch)),
            `${wrongSpecifications.length} wrong specifications refuted, each by the obligations that speak of it`,
          ),
      },
    ];
  });
}

/** Everything that is checked; `large` adds sizes that take minutes. */
export function checks(large: boolean): readonly Check[] {
  const sizes = large ? [...quickSizes, ...largeSizes] : quickSizes;
  const everyReading = { groups: 2, analyses: 2 };
  return [
    ...sizes.flatMap((size) =>
      countChecks('States and transitions, groups x analyses', sizeName(size), defaultSettings, size),
    ),
    ...readings
      .filter(([name]) => name !== 'default')
      .flatMap(([name, settings]) =>
        countChecks(
          `States by pair of statuses, ${sizeName(everyReading)}, one answer changed`,
          name,
          settings,
          everyReading,
        ),
      ),
    settlesCheck({ groups: 1, analyses: 2 }),
    settlesCheck({ groups: 2, analyses: 1 }),
    ...replayChecks(),
    ...faultChecks(),
    ...proofChecks(),
  ];
}
