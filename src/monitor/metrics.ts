import { findingCodes, type FindingCode } from '../observations/findings.ts';
import { verdicts, type CheckOptions } from '../observations/results.ts';
import type { MonitorCore } from './core.ts';
import { lineOutcomes } from './counts.ts';

/** What is known of a monitor beside its core. */
export interface Surroundings {
  readonly version: string;
  readonly check: CheckOptions;
  /** When the monitor was started, in milliseconds since 1970. */
  readonly started: number;
  /** The clock of the monitor. */
  readonly clock: number;
  /** Bytes of each file that were not read yet. */
  readonly behind: ReadonlyMap<string, number>;
  /** Of each receiver: how deliveries went, and how many findings wait. */
  readonly receivers: ReadonlyMap<
    string,
    { readonly sent: number; readonly failed: number; readonly givenUp: number; readonly waiting: number }
  >;
  /** How long the journal is in bytes, and whether it can be written; null: there is none. */
  readonly journal: { readonly bytes: number; readonly isWritable: boolean } | null;
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A metric: its samples are made when it is asked for. */
interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: (core: MonitorCore, around: Surroundings) => Iterable<Sample>;
}

/** How long a folder may have been unsettled, in seconds, in steps. */
export const unsettledSteps = [60, 300, 900, 3600, 86_400] as const;

const seconds = (milliseconds: number): number => milliseconds / 1000;
const one = (value: number | null): readonly Sample[] => (value === null ? [] : [[{}, value]]);

/** For how long each folder that is not settled has been so, in seconds of the clock of the monitor. */
function* unsettledAges({ folders }: MonitorCore, clock: number): Generator<number> {
  for (const { unsettledSince } of folders.values())
    if (unsettledSince !== null) yield seconds(Math.max(0, clock - unsettledSince));
}

/** What a monitor tells Prometheus, by name. Labels come from the specification and the command line, never from input. */
export const metrics: Readonly<Record<string, Metric>> = {
  oz_status_monitor_info: {
    type: 'gauge',
    help: 'The version of the monitor.',
    samples: (_, { version }) => [[{ version }, 1]],
  },
  oz_status_reading_info: {
    type: 'gauge',
    help: 'The answers to open questions by which folders are judged; "any": all of them are admitted.',
    samples: (_, { check: { settings, anyReading } }) =>
      Object.entries(settings.reading).map(([question, answer]) => [
        {
          question,
          reading: anyReading === true && question !== 'operator-decision' ? 'any' : answer,
        },
        1,
      ]),
  },
  oz_status_start_timestamp_seconds: {
    type: 'gauge',
    help: 'When the monitor was started.',
    samples: (_, { started }) => one(seconds(started)),
  },
  oz_status_answers_total: {
    type: 'counter',
    help: 'Answers by what became of them: judged, ignored because they say nothing of folders, or unreadable.',
    samples: ({ counts }) => lineOutcomes.map((outcome) => [{ outcome }, counts.lines[outcome]]),
  },
  oz_status_findings_total: {
    type: 'counter',
    help: 'Findings by their code and severity.',
    samples: ({ counts }) =>
      Object.entries(findingCodes).map(([code, { severity }]) => [
        { code, severity },
        counts.found[code as FindingCode],
      ]),
  },
  oz_status_folders_ended_total: {
    type: 'counter',
    help: 'Folders that were ended because no more came of them, or because too many were held, by verdict.',
    samples: ({ counts }) => verdicts.map((verdict) => [{ verdict }, counts.ended[verdict]]),
  },
  oz_status_folders: {
    type: 'gauge',
    help: 'Folders that are held.',
    samples: ({ folders }) => one(folders.size),
  },
  oz_status_unsettled_folders: {
    type: 'gauge',
    help: 'Folders that have not been settled for longer than so many seconds.',
    samples: (core, { clock }) => {
      const ages = [...unsettledAges(core, clock)];
      return [0, ...unsettledSteps].map((least) => [
        { longer_than: String(least) },
        ages.filter((age) => age >= least).length,
      ]);
    },
  },
  oz_status_oldest_unsettled_seconds: {
    type: 'gauge',
    help: 'For how long the folder has not been settled that has not been so for longest; 0: all are.',
    samples: (core, { clock }) => {
      let oldest = 0;
      for (const age of unsettledAges(core, clock)) oldest = Math.max(oldest, age);
      return one(oldest);
    },
  },
  oz_status_last_seen_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last answer was judged; absent: none was since the start.',
    samples: ({ counts }) => one(counts.lastSeen === null ? null : seconds(counts.lastSeen)),
  },
  oz_status_lag_seconds: {
    type: 'gauge',
    help: 'How much later than it was received the last answer was judged; absent: its time is not known.',
    samples: ({ counts }) => one(counts.lag === null ? null : seconds(counts.lag)),
  },
  oz_status_behind_bytes: {
    type: 'gauge',
    help: 'Bytes of a followed file that were not read yet.',
    samples: (_, { behind }) => [...behind].map(([file, bytes]) => [{ file }, bytes]),
  },
  oz_status_deliveries_total: {
    type: 'counter',
    help: 'Findings sent and given up, and tries that failed, by receiver.',
    samples: (_, { receivers }) =>
      [...receivers].flatMap(([receiver, { sent, failed, givenUp }]): readonly Sample[] => [
        [{ receiver, outcome: 'sent' }, sent],
        [{ receiver, outcome: 'failed' }, failed],
        [{ receiver, outcome: 'given_up' }, givenUp],
      ]),
  },
  oz_status_undelivered_findings: {
    type: 'gauge',
    help: 'Findings that wait for a receiver.',
    samples: (_, { receivers }) => [...receivers].map(([receiver, { waiting }]) => [{ receiver }, waiting]),
  },
  oz_status_journal_bytes: {
    type: 'gauge',
    help: 'The length of the journal.',
    samples: (_, { journal }) => one(journal && journal.bytes),
  },
  oz_status_journal_writable: {
    type: 'gauge',
    help: '1: the journal can be written. 0: it cannot, and nothing is taken.',
    samples: (_, { journal }) => one(journal && Number(journal.isWritable)),
  },
};

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** All metrics in the text format of Prometheus, version 0.0.4. */
export function metricsText(core: MonitorCore, around: Surroundings): string {
  const lines = Object.entries(metrics).flatMap(([name, { type, help, samples }]) => [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\')}`,
    `# TYPE ${name} ${type}`,
    ...[...samples(core, around)].map(([labels, value]) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
      return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
