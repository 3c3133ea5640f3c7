import { defaultSettings, type FolderEvent, type Reading } from '../../../machines/index.ts';
import { nothingShared, readAddress, writeAddress } from './address.ts';

/** What was loaded to be played. */
export interface Origin {
  readonly title: string;
  readonly lesson: string;
  readonly events: readonly FolderEvent[];
  readonly reading: Reading;
}

/** What a browser keeps with one entry of its history, so that a reload does not lose where a play comes from. */
interface KeptOrigin {
  readonly title: string;
  readonly lesson: string;
  readonly address: string;
}

const view = 'play';

/** The origin of what is played, for the history of the browser. */
export function keepOrigin(origin: Origin | null): KeptOrigin | null {
  if (!origin) return null;
  const { title, lesson, events, reading } = origin;
  const settings = { ...defaultSettings, reading };
  return {
    title,
    lesson,
    address: writeAddress({ ...nothingShared, view, settings, events, at: events.length }),
  };
}

/** The origin that was kept; null where there is none, or where another version of the page has kept it. */
export function keptOrigin(kept: unknown): Origin | null {
  const { title, lesson, address } = (kept ?? {}) as Partial<Record<keyof KeptOrigin, unknown>>;
  if (typeof title !== 'string' || typeof lesson !== 'string' || typeof address !== 'string') return null;
  const read = readAddress(address, [view]);
  if (!read.ok) return null;
  const { events, settings } = read.shared;
  return { title, lesson, events, reading: settings.reading };
}
