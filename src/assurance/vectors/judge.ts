import type { Settings } from '../../../machines/index.ts';
import { createChecker } from '../../conformance/check/checker.ts';
import { findingCodes } from '../../observations/findings.ts';
import type { FolderResult, Verdict } from '../../observations/results.ts';
import { readRecordingText } from '../../recordings/index.ts';
import type { Expected, Vector, VectorVerdict } from './vector.ts';

/** Vectors observe statuses of one folder and meet no limit, so that no other verdict comes up. */
const verdictOf: Partial<Record<Verdict, VectorVerdict>> = {
  conforms: 'valid',
  violates: 'invalid',
  unspecified: 'unspecified',
};

/** A vector whose observations are still to be judged. */
export type Unjudged = Omit<Vector, 'expected'> & Required<Pick<Vector, 'observations'>>;

/** Ids are unique within a vector only; the checker follows one folder beside the others. */
const own = (body: object, at: number): object =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key.endsWith('_id')
        ? `${value}-${at}`
        : Array.isArray(value)
          ? value.map((one) => own(one as object, at))
          : value,
    ]),
  );

/** The vectors with what the checker says of them, all of them under the same settings. */
export function judged(vectors: readonly Unjudged[], settings: Settings): readonly Vector[] {
  // A vector says nothing of other readings.
  const checker = createChecker({ settings, proposesReadings: false });
  const bodies = vectors.flatMap(({ observations }, at) => observations.map((body) => own(body, at)));
  const text = bodies.map((body) => JSON.stringify(body)).join('\n');
  for (const piece of readRecordingText(text, { file: 'vectors' })) {
    if (piece.type === 'observation') checker.observe(piece.observation);
  }
  const found = checker.finish();
  if (found.length !== vectors.length) {
    throw new RangeError(`expected a result for each of ${vectors.length} vectors, received ${found.length}`);
  }
  return vectors.map((vector, at) => ({ ...vector, expected: expectedOf(found[at]!) }));
}

function expectedOf({ verdict: found, findings }: FolderResult): Expected {
  const verdict = verdictOf[found];
  if (verdict === undefined) throw new RangeError(`a vector: expected a decided folder, received ${found}`);
  if (verdict === 'valid') return { verdict };
  const severity = verdict === 'invalid' ? 'violation' : 'unspecified';
  const decisive = findings.filter((each) => each.severity === severity).map(({ code }) => code);
  return {
    verdict,
    findings: [...new Set(decisive)].toSorted(),
    reason: findingCodes[decisive[0]!].means,
  };
}
