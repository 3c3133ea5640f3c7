import {
  defaultSettings,
  emptyFolder,
  reduceFolder,
  settingsFrom,
  type Folder,
  type FolderEvent,
  type GivenSettings,
} from '../../../machines/index.ts';
import { expectBounds, type FolderBounds } from './bounds.ts';
import { canonicalKey, plainKey } from './canonical.ts';
import type { System } from './explore.ts';
import { eventsIn } from './folder-events.ts';

export type { FolderBounds } from './bounds.ts';

/** Bounds, and how the folder is judged. */
export interface FolderSystemOptions extends FolderBounds {
  /** Default: the default settings. */
  readonly settings?: GivenSettings;
  /** Merge folders that differ only in which of several interchangeable analyses did what. Default: false. */
  readonly canonical?: boolean;
}

/**
 * The folder of the pure model as a system to explore.
 *
 * In canonical form the states are still ordinary folders: of several interchangeable analyses the first is
 * the one that moves, and the key counts them. So paths replay on the plain model and on the machine. Throws a TypeError
 * for wrong bounds or settings.
 */
export function folderSystem(options: FolderSystemOptions): System<Folder, FolderEvent> {
  expectBounds(options);
  const { canonical = false, settings: asked = defaultSettings } = options;
  const given = settingsFrom(asked);
  // What could be changed would be looked at with every event.
  const settings = Object.freeze({ ...given, reading: Object.freeze({ ...given.reading }) });
  return {
    initial: emptyFolder,
    events: (folder) => eventsIn(folder, options, canonical),
    next: (folder, event) => {
      const after = reduceFolder(folder, event, settings);
      return after === folder ? undefined : after;
    },
    key: canonical ? (folder) => canonicalKey(folder) : (folder) => plainKey(folder, options.kinds),
  };
}

/**
 * The events worth trying in `folder`, legal or not: POSTs from small to large, then for each analysis how
 * it may end, a failure last, and what an operator may decide. With `canonical` one of several
 * interchangeable choices is enough.
 *
 * Ids count up: the second group is `g2`, its first analysis `g2.a1`.
 */
export function folderEvents(
  folder: Folder,
  bounds: FolderBounds,
  canonical = false,
): readonly FolderEvent[] {
  return [...eventsIn(folder, bounds, canonical)];
}
