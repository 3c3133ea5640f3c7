import type { FolderEvent, Reading } from '../../machines/index.ts';
import type { Experiment, Plan } from '../explore/readings/plan.ts';
import type { Step } from '../explore/readings/tester.ts';
import { asked, type Fetch } from './playing.ts';
import { KeptTraffic } from './kept-traffic.ts';

type Posted = Extract<FolderEvent, { readonly type: 'group.posted' }>;
type Member = Exclude<FolderEvent, Posted>;

/** Thrown where a plan cannot go on: what it asks for is not brought about, or the service shows no folder. */
export class PlanStopped extends Error {}

/** Brings about what a plan asks for; rejects with `PlanStopped` where it cannot. */
export interface Hands {
  /** Makes a folder and returns its id. */
  newFolder(): Promise<string>;
  /** Posts a group with these analyses; returns their ids where they are known. */
  post(folder: string, step: Step, event: Posted): Promise<readonly string[]>;
  /** Lets one analysis end, or a person decide. Resolves also where that is refused: to try was the step. */
  happen(id: string, step: Step, event: Member): Promise<void>;
}

/** What a plan has found. */
export interface PlanRun {
  /** The readings that are left; none: what was seen is no outcome of the plan, or the plan has not ended. */
  readonly readings: readonly Reading[];
  /** All that was asked and answered, as a recording. */
  readonly recording: string;
  readonly experiments: number;
  /** What was seen that no reading gives; null: nothing. */
  readonly surprise: string | null;
  /** Why the plan has not ended; null: it has. What was seen until then is in the recording. */
  readonly stopped: string | null;
}

/**
 * Runs a plan against a service: makes the moves of each experiment, looks, and goes on by what it sees. Where it cannot go
 * on it returns what it has: a person may have brought about hours of it.
 */
export async function runPlan(
  plan: Plan,
  baseUrl: string,
  fetch: Fetch,
  handsFor: (fetch: Fetch) => Hands,
  headers: Readonly<Record<string, string>> = {},
): Promise<PlanRun> {
  const traffic = new KeptTraffic(fetch);
  const run = new Run(baseUrl, traffic, handsFor(traffic.fetch), headers);
  let readings: readonly Reading[] = [];
  let stopped: string | null = null;
  try {
    readings = await readingsLeft(plan, run);
  } catch (error) {
    if (!(error instanceof PlanStopped)) throw error;
    stopped = error.message;
  }
  const { experiments, surprise } = run;
  return { readings, recording: traffic.recording, experiments, surprise, stopped };
}

async function readingsLeft({ fields, operator }: Plan, run: Run): Promise<readonly Reading[]> {
  const left = (await run.from(fields)) ?? [];
  if (!operator) return left;
  const others = left.length === 0 ? [] : ((await run.from(operator)) ?? []);
  return left.filter((reading) => others.some((other) => sameReading(reading, other)));
}

const sameReading = (one: Reading, other: Reading): boolean => JSON.stringify(one) === JSON.stringify(other);

class Run {
  experiments = 0;
  surprise: string | null = null;
  readonly #baseUrl: string;
  readonly #traffic: KeptTraffic;
  readonly #hands: Hands;
  readonly #headers: Readonly<Record<string, string>>;
  #folder = '';
  #ids = new Map<string, string>();

  constructor(
    baseUrl: string,
    traffic: KeptTraffic,
    hands: Hands,
    headers: Readonly<Record<string, string>>,
  ) {
    this.#baseUrl = baseUrl;
    this.#traffic = traffic;
    this.#hands = hands;
    this.#headers = headers;
  }

  /** Runs the experiments that begin with this one; the readings that are left, or undefined after a surprise. */
  async from(first: Experiment): Promise<readonly Reading[] | undefined> {
    let experiment = first;
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- what comes next depends on what was seen
      const next = await this.#one(experiment);
      if (next === undefined) return undefined;
      if ('readings' in next) return next.readings;
      experiment = next;
    }
  }

  async #one({
    folder,
    moves,
    outcomes,
  }: Experiment): Promise<Experiment['outcomes'][number]['next'] | undefined> {
    this.experiments += 1;
    if (folder === 'new') {
      this.#folder = await this.#hands.newFolder();
      this.#ids = new Map();
    }
    for (const step of moves.flatMap((move) => move.steps)) {
      // oxlint-disable-next-line no-await-in-loop -- one step after the other
      await this.#make(step);
    }
    const shows = await this.#look();
    const outcome = outcomes.find(
      (one) =>
        one.shows.resolution_status === shows.resolution_status &&
        one.shows.system_resolution === shows.system_resolution,
    );
    if (outcome) return outcome.next;
    const expected = outcomes.map((one) => `${one.shows.resolution_status}/${one.shows.system_resolution}`);
    const seen = `${shows.resolution_status}/${shows.system_resolution}`;
    this.surprise = `expected ${expected.join(' or ')}, received ${seen}`;
    return undefined;
  }

  async #make(step: Step): Promise<void> {
    const { event } = step;
    if (event.type !== 'group.posted')
      return this.#hands.happen(this.#ids.get(event.id) ?? event.id, step, event);
    const ids = await this.#hands.post(this.#folder, step, event);
    for (const [at, { id }] of event.analyses.entries()) this.#ids.set(id, ids[at] ?? id);
  }

  async #look(): Promise<{ readonly resolution_status: string; readonly system_resolution: string }> {
    const url = `${this.#baseUrl}/api/folders/${encodeURIComponent(this.#folder)}?with_analyses=true`;
    let received = 'no answer';
    const look: Fetch = async (request) => {
      const response = await this.#traffic.fetch(request);
      received = `status ${response.status} with something else`;
      return response;
    };
    const answer = await asked(look, () => new Request(url, { headers: { ...this.#headers } }));
    const shown = (name: string) =>
      typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;
    const [status, system] = [shown('resolution_status'), shown('system_resolution')];
    if (typeof status === 'string' && typeof system === 'string') {
      return { resolution_status: status, system_resolution: system };
    }
    throw new PlanStopped(
      `${url}: expected a folder with resolution_status and system_resolution, received ${received}`,
    );
  }
}

const posts = (url: string, body: unknown): Request =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Hands that move a simulator of this project, in a session where nothing happens by itself. */
export function simulatorHands(baseUrl: string, ask: Fetch, recorded: Fetch): Hands {
  return {
    async newFolder() {
      const made = await asked(recorded, () => posts(`${baseUrl}/api/folders/`, {}));
      return String((made as { readonly folder_id?: unknown } | undefined)?.folder_id);
    },
    async post(folder, _step, { analyses }) {
      const wanted = analyses.map(({ kind }) => ({ type: kind.toLowerCase() }));
      const made = await asked(recorded, () =>
        posts(`${baseUrl}/api/folders/${folder}/analyses/`, { analyses: wanted }),
      );
      return Array.isArray(made) ? made.map((one: { readonly analyse_id: string }) => one.analyse_id) : [];
    },
    async happen(id, _step, event) {
      const resolution = event.type === 'analysis.failed' ? 'FAILED' : event.resolution;
      const how = event.type === 'operator.decided' ? 'decide' : 'settle';
      await asked(ask, () => posts(`${baseUrl}/simulator/${how}`, { analyse_id: id, resolution }));
    },
  };
}

/** The part of a base URL under which nothing happens by itself. */
export const manualPart = '/clock=manual';

/** Whether a base URL is one of a simulator of this project. */
export async function isSimulator(baseUrl: string, fetch: Fetch): Promise<boolean> {
  try {
    const response = await fetch(new Request(`${baseUrl}/simulator/ready`));
    return response.status === 200 && (await response.text()).includes('"ready":true');
  } catch {
    return false;
  }
}
