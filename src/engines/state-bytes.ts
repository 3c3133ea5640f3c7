import type { AnalysisView, Interval, Observation, Where } from '../observations/observation.ts';
import { emptyHistory, type FolderHistory } from './history.ts';

/** The version of the bytes of a state: it grows when they mean something else. */
export const stateVersion = 1;

type Cell = number | null | readonly Cell[];

/** Texts by number, in the order in which they are first used; 0 stands for none. */
class Texts {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.list.push(text);
    this.#numbers.set(text, this.list.length);
    return this.list.length;
  }
}

const cellOf = (number: number | undefined): Cell => number ?? null;

/**
 * A history as bytes: JSON, with its texts in a table and all else as numbers in a fixed order. Equal histories are
 * equal bytes.
 */
export function writeState(history: FolderHistory): Uint8Array {
  const texts = new Texts();
  const placed = ({ file, line, column, pointer, offset }: Where): Cell => [
    texts.numberOf(file),
    cellOf(line),
    cellOf(column),
    texts.numberOf(pointer),
    cellOf(offset),
  ];
  const rows = history.kept.map((one): Cell => {
    const { folderId, resolutionStatus, systemResolution, analyses, where, seenBefore, interval } = one;
    const flags = (one.complete ? 1 : 0) + (one.wholeGroup ? 2 : 0) + (one.unnamed === true ? 4 : 0);
    return [
      texts.numberOf(folderId),
      texts.numberOf(resolutionStatus),
      texts.numberOf(systemResolution),
      flags,
      cellOf(one.repeats),
      interval ? [interval.start, interval.end] : null,
      placed(where),
      seenBefore ? placed(seenBefore) : null,
      ...analyses.map((view) =>
        [view.id, view.kind, view.groupId, view.state, view.resolutionStatus, view.pointer].map((text) =>
          texts.numberOf(text),
        ),
      ),
    ];
  });
  const { folder, left, hadViolation } = history;
  const content = [stateVersion, folder, left, hadViolation ? 1 : 0, texts.list, rows];
  return new TextEncoder().encode(JSON.stringify(content));
}

class Unreadable extends Error {}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable('expected a list');
  return value as readonly unknown[];
}

function numberIn(value: unknown): number {
  if (typeof value !== 'number') throw new Unreadable('expected a number');
  return value;
}

/** Reads the parts of one state. */
class StateReader {
  readonly #texts: readonly unknown[];

  constructor(texts: unknown) {
    this.#texts = list(texts);
  }

  #text(number: unknown): string | undefined {
    if (number === 0) return undefined;
    const text = this.#texts[numberIn(number) - 1];
    if (typeof text !== 'string') throw new Unreadable('expected the number of a text');
    return text;
  }

  #where(cells: unknown): Where {
    const [file, line, column, pointer, offset] = list(cells);
    const place = this.#text(pointer);
    return {
      file: this.#text(file) ?? '',
      ...(line !== null && { line: numberIn(line) }),
      ...(column !== null && { column: numberIn(column) }),
      ...(place !== undefined && { pointer: place }),
      ...(offset !== null && { offset: numberIn(offset) }),
    };
  }

  #view(cells: unknown): AnalysisView {
    const [id, kind, groupId, state, resolutionStatus, pointer] = list(cells).map((one) => this.#text(one));
    return {
      id: id ?? '',
      ...(kind !== undefined && { kind }),
      ...(groupId !== undefined && { groupId }),
      ...(state !== undefined && { state }),
      ...(resolutionStatus !== undefined && { resolutionStatus }),
      pointer: pointer ?? '',
    };
  }

  observation(cells: unknown, folder: string): Observation {
    const [id, status, system, flags, repeats, interval, where, before, ...views] = list(cells);
    const [folderId, resolutionStatus, systemResolution] = [id, status, system].map((one) => this.#text(one));
    const bits = numberIn(flags);
    const [start, end] = interval === null ? [] : list(interval).map(numberIn);
    const times: Interval | undefined = start === undefined || end === undefined ? undefined : { start, end };
    return {
      folder,
      ...(folderId !== undefined && { folderId }),
      ...((bits & 4) > 0 && { unnamed: true as const }),
      ...(resolutionStatus !== undefined && { resolutionStatus }),
      ...(systemResolution !== undefined && { systemResolution }),
      analyses: views.map((one) => this.#view(one)),
      complete: (bits & 1) > 0,
      wholeGroup: (bits & 2) > 0,
      where: this.#where(where),
      ...(repeats !== null && { repeats: numberIn(repeats) }),
      ...(before !== null && { seenBefore: this.#where(before) }),
      ...(times && { interval: times }),
    };
  }
}

/** The history in the bytes of a state; null is that of nothing. Throws a TypeError for what is no such state. */
export function readState(bytes: Uint8Array | null): FolderHistory {
  if (bytes === null) return emptyHistory;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const [version, folder, left, hadViolation, texts, rows] = list(JSON.parse(text));
    if (version !== stateVersion)
      throw new Unreadable(`expected version ${stateVersion}, received ${JSON.stringify(version)}`);
    if (typeof folder !== 'string') throw new Unreadable('expected the key of a folder');
    const reader = new StateReader(texts);
    return {
      folder,
      kept: list(rows).map((row) => reader.observation(row, folder)),
      left: numberIn(left),
      hadViolation: numberIn(hadViolation) === 1,
    };
  } catch (error) {
    const reason = error instanceof Unreadable ? error.message : 'it is no JSON of this kind';
    throw new TypeError(`state: expected the bytes that a step gave, received others: ${reason}`, {
      cause: error,
    });
  }
}
