/** What the lines of a recording say, read for the oracle by itself: no part of the project's reader is used. */

/** What one observation says of one analysis; statuses as received. */
export interface Shown {
  readonly id: string;
  readonly kind?: string;
  readonly group?: string;
  readonly state?: string;
  readonly resolution?: string;
}

/** One partial view of one folder; `folder` is undefined where the recording does not name it. */
export interface Sight {
  /** The number of the line, from 0. */
  readonly line: number;
  readonly folder: string | undefined;
  /** Callbacks of the plugin are told apart from what the API answers. */
  readonly isCallback: boolean;
  readonly status?: string;
  readonly system?: string;
  readonly shown: readonly Shown[];
  /** Whether the list holds every analysis of the folder. */
  readonly isComplete: boolean;
  /** Whether the analyses are exactly one group. */
  readonly isWhole: boolean;
  /** When the request was sent and its answer complete. */
  readonly interval?: readonly [number, number];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** An id as it is compared: of a UUID neither case nor dashes matter. */
export const sameId = (id: string): string => (uuid.test(id) ? id.toLowerCase().replaceAll('-', '') : id);

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? sameId(value) : undefined;
}

/** The request that an answer belongs to. */
interface Request {
  readonly line: number;
  readonly folder: string | undefined;
  readonly analysis: string | undefined;
  readonly asksForList: boolean;
  readonly creates: 'folder' | 'group' | undefined;
  readonly interval: readonly [number, number] | undefined;
}

/** Everything that the lines of a recording say, in order. */
export function readSights(lines: readonly string[]): readonly Sight[] {
  return lines.flatMap((text, line) => {
    if (text.trim() === '') return [];
    const value: unknown = JSON.parse(text);
    const isWrapped = isObject(value) && 'body' in value;
    const request = isWrapped ? requestOf(value, line) : bareRequest(line);
    return request ? sightsOf(isWrapped ? value['body'] : value, request) : [];
  });
}

const bareRequest = (line: number): Request => ({
  line,
  folder: undefined,
  analysis: undefined,
  asksForList: false,
  creates: undefined,
  interval: undefined,
});

function requestOf(envelope: Json, line: number): Request | undefined {
  if (Number(envelope['status'] ?? 0) >= 400) return undefined;
  const [started, time] = [envelope['started'], envelope['time']];
  const interval =
    typeof started === 'number' && typeof time === 'number' && started <= time
      ? ([started, time] as const)
      : undefined;
  const url = textOf(envelope['url']);
  if (url === undefined) return { ...bareRequest(line), interval };
  const path = /\/api\/(folders|analyses)(?:\/([^/?]+))?(\/analyses)?\/?(\?.*)?$/.exec(url);
  if (!path) return undefined;
  const isPost = envelope['method'] === 'POST';
  const [, base, id, list, query = ''] = path;
  const name = id === undefined ? undefined : sameId(id);
  return {
    line,
    folder: base === 'folders' ? name : undefined,
    analysis: base === 'analyses' ? name : undefined,
    asksForList: query.includes('with_analyses=true'),
    creates: !isPost ? undefined : list !== undefined ? 'group' : name === undefined ? 'folder' : undefined,
    interval,
  };
}

/** An object with an analysis' id, or with a field that only analyses have and none that only folders have. */
const isAnalysis = (value: Json): boolean =>
  'analyse_id' in value ||
  'analysis_id' in value ||
  (('state' in value || 'type' in value) && !('system_resolution' in value) && !('analyses' in value));

function sightsOf(body: unknown, request: Request): readonly Sight[] {
  if (Array.isArray(body)) {
    const list = body as readonly unknown[];
    const folders = list.filter((value) => isObject(value) && !isAnalysis(value));
    return [
      ...listSights(
        list.filter((value) => isObject(value) && isAnalysis(value)),
        request,
      ),
      ...folders.flatMap((value) => sightsOf(value, request)),
    ];
  }
  if (!isObject(body)) return [];
  if (isAnalysis(body)) return listSights([body], request);
  if (isObject(body['analyses'])) return callbackSight(body, request);
  if (Array.isArray(body['items'])) return sightsOf(body['items'], request);
  return folderSight(body, request);
}

function analysisOf(value: unknown, request: Request): (Shown & { folder: string | undefined }) | undefined {
  if (!isObject(value)) return undefined;
  const id = idOf(value['analyse_id']) ?? idOf(value['analysis_id']) ?? request.analysis;
  if (id === undefined) return undefined;
  const [kind, group] = [textOf(value['type'])?.toUpperCase(), idOf(value['group_id'])];
  const [state, resolution] = [
    textOf(value['state']),
    textOf(value['resolution_status']) ?? textOf(value['resolution']),
  ];
  return {
    id,
    folder: idOf(value['folder_id']) ?? request.folder,
    ...(kind !== undefined && { kind }),
    ...(group !== undefined && { group }),
    ...(state !== undefined && { state }),
    ...(resolution !== undefined && { resolution }),
  };
}

/** A list of analyses speaks of those only; those whose folder is not named each stand by themselves. */
function listSights(list: readonly unknown[], request: Request): readonly Sight[] {
  const analyses = list.flatMap((value) => analysisOf(value, request) ?? []);
  const keys = [...new Set(analyses.map(({ folder, id }) => folder ?? `\0${id}`))];
  return keys.map((key) => {
    const shown = analyses.filter(({ folder, id }) => (folder ?? `\0${id}`) === key);
    return {
      line: request.line,
      folder: shown[0]!.folder,
      isCallback: false,
      shown,
      isComplete: false,
      isWhole: request.creates === 'group' && keys.length === 1 && analyses.length === list.length,
      ...(request.interval && { interval: request.interval }),
    };
  });
}

function folderSight(body: Json, request: Request): readonly Sight[] {
  const folder = idOf(body['folder_id']) ?? request.folder;
  if (folder === undefined) return [];
  const list = Array.isArray(body['analyses']) ? (body['analyses'] as unknown[]) : undefined;
  const shown = list?.flatMap((value) => analysisOf(value, request) ?? []) ?? [];
  const isReadWhole = list !== undefined && shown.length === list.length;
  // One that names another folder is shown in that one too.
  const elsewhere = (list ?? []).filter(
    (value) => isObject(value) && (idOf(value['folder_id']) ?? folder) !== folder,
  );
  const [status, system] = [textOf(body['resolution_status']), textOf(body['system_resolution'])];
  return [
    {
      line: request.line,
      folder,
      isCallback: false,
      ...(status !== undefined && { status }),
      ...(system !== undefined && { system }),
      shown,
      isComplete: isReadWhole && (shown.length > 0 || request.asksForList),
      isWhole: isReadWhole && request.creates === 'folder' && shown.length > 0,
      ...(request.interval && { interval: request.interval }),
    },
    ...listSights(elsewhere, { ...request, creates: undefined }),
  ];
}

/** The key of a callback's analysis is its kind and all the identity that it has. */
function callbackSight(body: Json, request: Request): readonly Sight[] {
  const session = idOf(body['event_session_id']);
  const members = Object.entries(body['analyses'] as Json).filter(([, value]) => isObject(value)) as [
    string,
    Json,
  ][];
  const nested = members.flatMap(([, { result_json: json }]) =>
    isObject(json) ? (idOf(json['folder_id']) ?? []) : [],
  );
  const folder = idOf(body['folder_id']) ?? nested[0];
  const literal = (word: string) => (word === word.toLowerCase() ? word.toUpperCase() : word);
  const shown = members.map(([key, value]) => {
    const [state, resolution] = [textOf(value['state']), textOf(value['resolution'])];
    const said = resolution === '' ? state : resolution;
    return {
      id: key.toUpperCase(),
      kind: key.toUpperCase(),
      ...(state !== undefined && { state: literal(state) }),
      ...(said !== undefined && { resolution: literal(said) }),
    };
  });
  const flow = session === undefined ? (folder ?? '') : `session ${session}`;
  const { line, interval } = request;
  return [
    {
      line,
      folder: flow,
      isCallback: true,
      shown,
      isComplete: false,
      isWhole: false,
      ...(interval && { interval }),
    },
  ];
}
