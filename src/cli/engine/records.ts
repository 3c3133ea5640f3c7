import type { Finding } from '../../observations/findings.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import { keyOfStandIn, readStandIn } from '../../observations/unnamed-folders.ts';
import { emptyHistory, readState, writeState } from '../../engines/index.ts';

/**
 * The filters of `engine` speak lines of fields between tabs, the first of which says what the line is. Texts stand in
 * them as JSON, so that no field holds a tab or the end of a line.
 */
export const lineOf = (...fields: readonly (string | number)[]): string => `${fields.join('\t')}\n`;

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

/** An observation as one field: the state of a folder of which nothing else was seen. */
export function observationField(observation: Observation): string {
  const { folder } = observation;
  return decoder.decode(writeState({ ...emptyHistory, folder, kept: [observation] }));
}

/** The observations in such a field, with their places in `at`. Throws a TypeError for what is none. */
export function observationsIn(field: string, at: PlaceOfLines): readonly Observation[] {
  return readState(encoder.encode(field)).kept.map((one) => ({
    ...one,
    where: placed(one.where, at),
    ...(one.seenBefore && { seenBefore: placed(one.seenBefore, at) }),
  }));
}

/** Where lines stand that were numbered from 1: in an object, behind so many others. */
export interface PlaceOfLines {
  readonly object: string;
  readonly before: number;
}

/** A place among numbered lines as one in their object; a line that says itself where it came from stays there. */
function placed(where: Where, { object, before }: PlaceOfLines): Where {
  if (where.file !== '') return where;
  return { ...where, file: object, ...(where.line !== undefined && { line: where.line + before }) };
}

/** A finding on such a line. */
export const placedFinding = (finding: Finding, at: PlaceOfLines): Finding => ({
  ...finding,
  where: placed(finding.where, at),
});

/**
 * A number for a text, of 53 bits. Texts that share one are judged together, which changes nothing but the work: what
 * shares nothing never constrains each other.
 */
export function numberOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 2 ** 32 * (2_097_151 & low) + (high >>> 0);
}

/** The group of an observation: its folder, or the folder that a callback names. */
export function groupOf({ folder, folderId }: Observation): number {
  return numberOf(readStandIn(folder) && folderId !== undefined ? `folder:${folderId}` : folder);
}

/** What has to be judged together with its group: whatever claims one of these too. */
export function claimsOf({ folder, analyses }: Observation): readonly number[] {
  const shared = analyses.map(({ id }) => numberOf(`analysis ${id}`));
  return readStandIn(folder) ? [numberOf(`stand-in ${folder}`), ...shared] : shared;
}

/** What a folder of the API shows of each analysis that it lists, by the key of what is known of that analysis. */
export function listingsIn(observation: Observation): readonly (readonly [string, Observation])[] {
  const { folder, folderId, analyses, where } = observation;
  if (readStandIn(folder)) return [];
  const shows = {
    folder,
    ...(folderId !== undefined && { folderId }),
    complete: false,
    wholeGroup: false,
    where,
  };
  const times = observation.interval && { interval: observation.interval };
  return analyses.map((view) => [
    keyOfStandIn('analysis', view.id),
    { ...shows, ...times, analyses: [view] },
  ]);
}
