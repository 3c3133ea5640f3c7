import * as fc from 'fast-check';
import {
  allReadings,
  operatorRequiredSettings,
  type FolderEvent,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';

/** Any kind of analysis: documented ones, liveness in any mixture of cases, and arbitrary text. */
export const anyKind: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('BIOMETRY', 'DOCUMENTS', 'COLLECTION', 'BLACKLIST', 'QUALITY'),
  fc.mixedCase(fc.constant('quality')),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('qual\u0131ty', 'QUAL\u0130TY', ' quality', 'constructor', '__proto__', ''),
);

/** The five resolutions of an analysis. */
export const anyResolution: fc.Arbitrary<Resolution> = fc.constantFrom(
  'PROCESSING',
  'FAILED',
  'DECLINED',
  'OPERATOR_REQUIRED',
  'SUCCESS',
);

/** Every reading with every biometry setting. */
export const anySettings: fc.Arbitrary<Settings> = fc.record({
  reading: fc.constantFrom(...allReadings()),
  operatorRequired: fc.constantFrom(...operatorRequiredSettings),
});

/** Few ids, so that events often meet, and some that are names of what every object has. */
const anyId = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 7 }).map((number) => `a${number}`) },
  { weight: 1, arbitrary: fc.constantFrom('', '__proto__', 'constructor', 'toString', 'a00', '\u202Ea1') },
);
const anyGroupId = fc.integer({ min: 0, max: 3 }).map((number) => `g${number}`);

const anyPost = fc.record({
  type: fc.constant('group.posted' as const),
  groupId: anyGroupId,
  analyses: fc.array(fc.record({ id: anyId, kind: anyKind }), { maxLength: 3 }),
});

const anyMemberEvent = fc.oneof(
  fc.record({ type: fc.constant('analysis.failed' as const), id: anyId }),
  fc.record({
    type: fc.constant('analysis.finished' as const),
    id: anyId,
    resolution: fc.constantFrom('SUCCESS' as const, 'DECLINED' as const, 'OPERATOR_REQUIRED' as const),
  }),
  fc.record({
    type: fc.constant('operator.decided' as const),
    id: anyId,
    resolution: fc.constantFrom('SUCCESS' as const, 'DECLINED' as const),
  }),
);

/** Well-formed in shape, never legal: a resolution that is none of the three results. */
const garbage = fc.record({
  type: fc.constantFrom('analysis.finished', 'operator.decided'),
  id: anyId,
  resolution: fc.oneof(
    fc.constantFrom('INITIAL', 'PROCESSING', 'FAILED', 'FINISHED', 'success', 'constructor', ''),
    fc.string(),
  ),
}) as unknown as fc.Arbitrary<FolderEvent>;

/** Any sequence of events, about half of which a folder refuses. */
export const anyEvents: fc.Arbitrary<readonly FolderEvent[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: anyPost },
    { weight: 6, arbitrary: anyMemberEvent },
    { weight: 1, arbitrary: garbage },
  ),
  { maxLength: 40 },
);
