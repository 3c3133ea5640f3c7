import { findingCodes, type Finding } from '../observations/findings.ts';
import { verdicts, type CheckOptions, type FolderResult } from '../observations/results.ts';
import type { StandIn } from '../observations/unnamed-folders.ts';
import type { CheckOutcome, Untold } from '../reports/index.ts';
import { escapedJson } from '../text/escape.ts';

/** The version of the lines of a part: it grows when a reader would break. */
export const partFormatVersion = 1;

/** A folder in a part of a check. */
export interface PartFolder {
  /** Its place among all folders of the whole check. */
  readonly order: number;
  /** What stands in the place of a folder of the API. */
  readonly standIn?: StandIn | undefined;
  readonly result: FolderResult;
}

/** What some shards of a check came to. Parts of one check can be merged in any order and any grouping. */
export interface Part {
  /** How many shards the check has; null: this is a part of none, with which merging changes nothing. */
  readonly of: number | null;
  /** Which of them are here, ascending. */
  readonly shards: readonly number[];
  /** By what is judged, and what: the same in all parts of one check. */
  readonly head: PartHead | null;
  /** In the order in which they first appeared in the whole check. */
  readonly folders: readonly PartFolder[];
  /** Folders that conform and of which there is nothing to say, by number: an engine may have billions of them. */
  readonly untold?: Untold;
  readonly input: readonly Finding[];
  readonly ignored: CheckOutcome['ignored'];
  readonly requests: readonly (readonly [string, number])[];
}

/** What all parts of one check have in common. */
export interface PartHead {
  readonly options: CheckOptions;
  /** The recordings, as they were named. */
  readonly files: readonly string[];
}

/** The part with which merging changes nothing. */
export const noPart: Part = {
  of: null,
  shards: [],
  head: null,
  folders: [],
  input: [],
  ignored: {},
  requests: [],
};

/** Both parts as one, or why they are not parts of one check. */
export function mergeParts(one: Part, other: Part): Part | { readonly problem: string } {
  if (one.of === null) return other;
  if (other.of === null) return one;
  if (one.of !== other.of)
    return { problem: `expected shards of ${one.of}, received ${other.shards.join(', ')} of ${other.of}` };
  if (JSON.stringify(one.head) !== JSON.stringify(other.head))
    return {
      problem: `expected the same recordings and options, received others in shard ${other.shards.join(', ')}`,
    };
  const twice = one.shards.filter((shard) => other.shards.includes(shard));
  if (twice.length > 0)
    return { problem: `expected each shard once, received shard ${twice.join(', ')} twice` };
  // What is said of the input is said by one shard only.
  return {
    of: one.of,
    shards: [...one.shards, ...other.shards].toSorted((left, right) => left - right),
    head: one.head,
    folders: [...one.folders, ...other.folders].toSorted((left, right) => left.order - right.order),
    ...((one.untold ?? other.untold) && { untold: sum(one.untold, other.untold) }),
    input: [...one.input, ...other.input],
    ignored: { ...one.ignored, ...other.ignored },
    requests: [...one.requests, ...other.requests],
  };
}

const sum = (one: Untold = noneUntold, other: Untold = noneUntold): Untold => ({
  folders: one.folders + other.folders,
  observations: one.observations + other.observations,
});
const noneUntold: Untold = { folders: 0, observations: 0 };

/** The outcome of the whole check, or which shards of it are missing. */
export function outcomeOfPart({
  of,
  shards,
  head,
  folders,
  ...rest
}: Part): CheckOutcome | { readonly problem: string } {
  if (of === null || head === null) return { problem: 'expected parts of a check, received none' };
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((shard) => !shards.includes(shard));
  if (missing.length > 0) {
    const told = missing.slice(0, 20).join(', ') + (missing.length > 20 ? ', …' : '');
    return { problem: `expected every shard of ${of}, received no shard ${told}` };
  }
  // Callbacks that say nothing are no loss where there is something to judge, in whatever shard.
  const isJudged = (rest.untold?.folders ?? 0) > 0 || folders.some(({ result }) => !isSilent(result));
  const results = folders.map(({ standIn, result }) =>
    isJudged && isSilent(result) && standIn !== undefined && standIn !== 'analysis'
      ? { ...result, findings: result.findings.filter(({ code }) => code !== 'NO_STATUS_SEEN') }
      : result,
  );
  return { options: head.options, folders: results, ...rest, requests: new Map(rest.requests) };
}

const isSilent = ({ findings }: FolderResult) => findings.some(({ code }) => code === 'NO_STATUS_SEEN');

/** A part as lines of JSON: its head, what was found, and an end without which it is not whole. */
export function* writePart({ folders, untold, input, ignored, requests, ...rest }: Part): Generator<string> {
  const line = (content: object) => `${escapedJson(content, 0)}\n`;
  const { of, shards, head } = rest;
  yield line({ type: 'part', formatVersion: partFormatVersion, of, shards, head });
  for (const folder of folders) yield line({ type: 'folder', ...folder });
  for (const finding of input) yield line({ type: 'input', finding });
  yield line({ type: 'end', folders: folders.length, input: input.length, untold, ignored, requests });
}

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFinding = (value: unknown): value is Finding =>
  isObject(value) &&
  Object.hasOwn(findingCodes, String(value['code'])) &&
  typeof value['message'] === 'string' &&
  isObject(value['where']) &&
  Array.isArray(value['allowed']) &&
  Array.isArray(value['nearest']);

const areFindings = (value: unknown): boolean => Array.isArray(value) && value.every(isFinding);

const isFolder = (value: Members): boolean => {
  const { order, result } = value;
  return (
    Number.isSafeInteger(order) &&
    isObject(result) &&
    (verdicts as readonly unknown[]).includes(result['verdict']) &&
    typeof result['observations'] === 'number' &&
    areFindings(result['findings']) &&
    areFindings(result['hazards'])
  );
};

const isUntold = (value: unknown): value is Untold =>
  isObject(value) && Number.isSafeInteger(value['folders']) && Number.isSafeInteger(value['observations']);

/** Reads the lines of one part. */
export class PartReader {
  #head: Members | undefined;
  #end: Members | undefined;
  readonly #folders: PartFolder[] = [];
  readonly #input: Finding[] = [];
  #lines = 0;

  /** Takes the next line; what is wrong with it, or undefined. */
  take(text: string): string | undefined {
    this.#lines += 1;
    const where = `line ${this.#lines}: `;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return `${where}expected JSON, received what is none: was it cut off?`;
    }
    const type = isObject(value) ? value['type'] : undefined;
    if (!isObject(value) || (this.#head === undefined) !== (type === 'part') || this.#end)
      return `${where}expected the lines of one part of a check (check --shard), received something else`;
    if (type === 'part') {
      const { formatVersion, of, shards, head } = value;
      if (formatVersion !== partFormatVersion)
        return `${where}expected format version ${partFormatVersion}, received ${JSON.stringify(formatVersion)}`;
      const isWhole =
        Number.isSafeInteger(of) && Array.isArray(shards) && isObject(head) && isObject(head['options']);
      if (!isWhole) return `${where}expected the head of a part, received another`;
      this.#head = value;
    } else if (type === 'folder' && isFolder(value)) {
      const { type: _type, ...folder } = value;
      this.#folders.push(folder as unknown as PartFolder);
    } else if (type === 'input' && isFinding(value['finding'])) this.#input.push(value['finding']);
    else if (type === 'end') this.#end = value;
    else return `${where}expected a folder, a finding or an end, received something else`;
    return undefined;
  }

  /** The part, or why it is not whole. */
  end(): Part | { readonly problem: string } {
    if (!this.#head || !this.#end)
      return {
        problem: 'expected an end line, received none: the check that wrote this part has not finished',
      };
    const { of, shards, head } = this.#head as unknown as Part;
    const { folders, input, ignored, requests, untold } = this.#end;
    if (untold !== undefined && !isUntold(untold))
      return { problem: 'expected the numbers of folders that are not told, received something else' };
    if (folders !== this.#folders.length || input !== this.#input.length)
      return {
        problem: `expected as many lines as the end counts, received ${this.#folders.length} folders`,
      };
    const rest = { ignored, requests, ...(untold && { untold }) } as Pick<
      Part,
      'ignored' | 'requests' | 'untold'
    >;
    return { of, shards, head, folders: this.#folders, input: this.#input, ...rest };
  }
}
