/** Tests of any service that answers as this API: generated paths, and commands for random walks that shrink. */
import { settingsFrom, type FolderEvent, type GivenSettings } from '../../machines/index.ts';
import { checkRecording, type CheckedRecording } from '../matchers/check-recording.ts';
import { KeptTraffic } from './kept-traffic.ts';
import { asked, playClient, type Fetch } from './playing.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { scriptNamed } from './scenarios/script.ts';

export { KeptTraffic } from './kept-traffic.ts';

/** How a service is tested. */
export interface ModelTestOptions {
  /**
   * The base URL under which a path is to happen. A simulator of this project takes the name of the path as the last
   * part of it, which is the default below `https://simulator.test`; another service has to be told in its own way.
   */
  readonly baseUrlOf?: (name: string, execution: readonly FolderEvent[]) => string | Promise<string>;
  /** The answers to open questions, and the biometry setting, by which the service is judged. */
  readonly settings?: GivenSettings;
  /** Whether the paths of all criteria are taken, beside the bundled scenarios. Default: true. */
  readonly generated?: boolean;
}

/** One test. */
export interface ModelTest {
  /** The name of the path. */
  readonly name: string;
  /** Plays the path; rejects with an Error that says what was found where the recording does not conform. */
  readonly run: () => Promise<void>;
}

/** Checks a recording; rejects with an Error where it does not conform. */
export async function expectConforming(recording: string, settings: GivenSettings = {}): Promise<void> {
  const { reading, operatorRequired } = settingsFrom(settings);
  const checked = await checkRecording(recording, { readings: [reading], operatorRequired });
  const wrong = problemIn(checked);
  if (wrong !== undefined) throw new Error(`${wrong}\n${recording}`);
}

function problemIn({ folders, unreadable }: CheckedRecording): string | undefined {
  const [first] = unreadable;
  if (first) return first.message;
  if (folders.length === 0) return 'expected answers with a folder, received none';
  const bad = folders.find(({ verdict }) => verdict !== 'conforms');
  return bad && `${bad.verdict}: ${bad.findings.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}

/** The tests of a service: every bundled scenario and every generated path, each checked by the specification. */
export function modelTests(fetch: Fetch, options: ModelTestOptions = {}): readonly ModelTest[] {
  const { baseUrlOf = (name: string) => `https://simulator.test/${name}`, generated = true } = options;
  return catalogue(generated)
    .filter(({ is }) => is !== 'illegal')
    .map(({ name }) => ({
      name,
      run: async () => {
        const script = scriptNamed(name);
        if ('problem' in script) throw new Error(script.problem);
        const { reading, operatorRequired } = settingsFrom(options.settings ?? {});
        const traffic = new KeptTraffic(fetch);
        await playClient(traffic.fetch, await baseUrlOf(name, script.execution), script.execution);
        await expectConforming(traffic.recording, {
          operatorRequired,
          reading: { ...reading, ...script.answers },
        });
      },
    }));
}

/** What the clients of a random walk know. */
export interface ClientsModel {
  /** How many folders were created. */
  folders: number;
}

/** The service as the clients of a random walk reach it. */
export interface ClientsReality {
  readonly traffic: KeptTraffic;
  readonly baseUrl: string;
  readonly ids: string[];
}

/** A command as `fc.commands` of fast-check takes it. */
export interface ClientCommand {
  check(model: Readonly<ClientsModel>): boolean;
  run(model: ClientsModel, reality: ClientsReality): Promise<void>;
  toString(): string;
}

const jsonRequest = (url: string, body: unknown): Request =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

function acted(
  name: string,
  needsFolder: boolean,
  run: (reality: ClientsReality, model: ClientsModel) => Promise<unknown>,
): ClientCommand {
  return {
    check: ({ folders }) => !needsFolder || folders > 0,
    run: async (model, reality) => void (await run(reality, model)),
    toString: () => name,
  };
}

const chosen = ({ ids }: ClientsReality, at: number): string => ids[at % ids.length]!;

/** The commands of clients; numbers choose among the folders that there are. */
export const clientCommands = {
  /** Creates a folder, with a group of these kinds where there are any. */
  create: (...kinds: readonly string[]): ClientCommand =>
    acted(`create(${kinds.join()})`, false, async ({ traffic, baseUrl, ids }, model) => {
      const analyses = kinds.map((type) => ({ type }));
      const body = await asked(traffic.fetch, () =>
        jsonRequest(`${baseUrl}/api/folders/`, analyses.length > 0 ? { analyses } : {}),
      );
      ids.push((body as { readonly folder_id: string }).folder_id);
      model.folders += 1;
    }),
  /** Posts a group into a folder. */
  post: (folder: number, ...kinds: readonly string[]): ClientCommand =>
    acted(`post(${folder}, ${kinds.join()})`, true, async (reality) => {
      const url = `${reality.baseUrl}/api/folders/${chosen(reality, folder)}/analyses/`;
      await asked(reality.traffic.fetch, () =>
        jsonRequest(url, { analyses: kinds.map((type) => ({ type })) }),
      );
    }),
  /** Polls a folder, by so many clients at once. */
  poll: (folder: number, clients: number): ClientCommand =>
    acted(`poll(${folder}, ${clients})`, true, async (reality) => {
      const url = `${reality.baseUrl}/api/folders/${chosen(reality, folder)}?with_analyses=true`;
      await Promise.all(
        Array.from({ length: clients }, () => asked(reality.traffic.fetch, () => new Request(url))),
      );
    }),
} as const;
