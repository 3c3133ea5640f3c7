import { writeRecord } from '../../../src/build/generated-records.ts';
import type { RunRecord } from '../../../src/build/generate/index.ts';
import { isWrong } from '../batch.ts';
import { features, sizes, type Feature } from './generate.ts';

/** What a campaign found, for its record. */
export interface Campaign {
  readonly seed: number;
  readonly recordings: number;
  readonly seconds: number;
  readonly without: readonly Feature[];
  readonly size: keyof typeof sizes;
  readonly counts: Readonly<Record<string, number>>;
  readonly holds: Readonly<Record<string, number>>;
}

/** Most of the folders that may be given up, of a hundred. */
const mostGivenUp = 1;

const engine = 'the check and the second oracle';

type Counts = Readonly<Record<string, number>>;

const sumOf = (counts: Counts, test: (kind: string) => boolean): number =>
  Object.entries(counts).reduce((total, [kind, count]) => (test(kind) ? total + count : total), 0);

/** The counts of kinds that begin with `inference: `, without that, or of all others. */
const countsOf = (counts: Counts, ofInference: boolean): Counts =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([kind, count]) => {
      const isOne = kind.startsWith('inference: ');
      return isOne === ofInference ? [[kind.replace(/^inference: /, ''), count]] : [];
    }),
  );

/** The rows of a campaign: what was wrong, what was given up and why, and what the recordings held. */
export function rowsOf({ recordings, counts, holds, without, size }: Campaign): RunRecord['rows'] {
  const [verdicts, inferred] = [countsOf(counts, false), countsOf(counts, true)];
  const all = sumOf(verdicts, () => true);
  const share = (count: number) => `${((100 * count) / all).toFixed(3)} %`;
  const givenUp = Object.entries(verdicts).filter(([kind]) => kind.startsWith('inconclusive'));
  const [wrong, open] = [sumOf(verdicts, isWrong), sumOf(verdicts, (kind) => kind === 'undecided')];
  const [misled, asked] = [sumOf(inferred, isWrong), sumOf(inferred, () => true)];
  const { groups, analyses, ofInferences } = sizes[size];
  const bound = `${recordings} recordings, up to ${groups} groups and ${analyses} analyses`;
  return [
    {
      name: 'no verdict is wrong, and each violation stands where it is',
      bound,
      engine,
      result: wrong === 0 ? 'passed' : 'failed',
      measured: `${verdicts['agree'] ?? 0} of ${all} folders agree, ${wrong} are wrong`,
    },
    {
      name: `at most ${mostGivenUp} % of the folders are given up`,
      bound,
      engine,
      result:
        sumOf(verdicts, (kind) => kind.startsWith('inconclusive')) * 100 <= all * mostGivenUp
          ? 'passed'
          : 'failed',
      measured: givenUp.map(([kind, count]) => `${kind}: ${count} (${share(count)})`).join('; ') || 'none',
    },
    {
      name: 'an inference leaves the readings under which nothing violates',
      bound: `one of ${ofInferences} of these, some readings each`,
      engine: 'the inference and the second oracle',
      result: misled === 0 ? 'passed' : 'failed',
      measured: `${inferred['agree'] ?? 0} of ${asked} readings agree, ${misled} are wrong, ${inferred['inconclusive'] ?? 0} are given up`,
    },
    {
      name: 'folders that the oracle itself leaves undecided',
      bound,
      engine: 'the second oracle',
      result: 'measured',
      measured: `${open} (${share(open)})`,
    },
    ...features.map((feature) => ({
      name: `recordings with ${feature}`,
      bound,
      engine: 'the generator',
      result: without.includes(feature) ? ('not run' as const) : ('measured' as const),
      measured: `${holds[feature] ?? 0}`,
    })),
  ];
}

/** Writes the record of a campaign. */
export function recordOf(campaign: Campaign): void {
  const { seed, recordings, size } = campaign;
  const isUsual = size === 'usual';
  writeRecord({
    run: isUsual ? 'second-oracle' : `second-oracle-${size}`,
    title: `Verdicts beside a second oracle${isUsual ? '' : ', on small folders'}`,
    command: `npm run second-oracle -- --seed ${seed} --recordings ${recordings}${isUsual ? '' : ` --size ${size}`} --record`,
    what:
      'Random executions of the model are observed as clients observe them, changed in places, written as lines and ' +
      'judged twice: by the check, from the bytes on, and by an oracle that was written apart from it, from the ' +
      'meaning of an observation alone. Both have to give the same verdict and the same place of a violation.',
    seconds: campaign.seconds,
    rows: rowsOf(campaign),
  });
}
