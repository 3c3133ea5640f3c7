/**
 * The tests of which `npm test` does a share and `npm run test:deep` all, each with what the rest of it adds to what
 * the other tests show.
 */
export const deepFiles = {
  'test/conformance/brute-force.test.ts': 'more random recordings beside a search of all executions',
  'test/conformance/claims.test.ts': 'more random recordings with wrong and partial groups',
  'test/conformance/complete-lists.test.ts':
    'each answer to a question; the share has the default and one other',
  'test/conformance/courses.test.ts': 'more folders at once, as values and as numbers',
  'test/conformance/late.test.ts': 'more long recordings whose groups are shown late',
  'test/conformance/laws.test.ts': 'more random folders beside the laws',
  'test/conformance/limits.test.ts': 'more random limits of the search',
  'test/conformance/nearest.test.ts': 'more violations beside a search for what is nearest',
  'test/conformance/overlaps.test.ts': 'more recordings with answers that overlap, in every order',
  'test/readings/infer.test.ts': 'more recordings of installations with hidden readings',
  'test/readings/plan.test.ts': 'every class of readings; the share has some',
  'test/recordings/har-numbers.test.ts': 'more random documents read as numbers and as values',
  'test/recordings/lines-in-portions.test.ts': 'more random lines in more portions',
  'test/second-oracle/compare.test.ts': 'more random recordings beside the second oracle',
  'test/second-oracle/oracle.test.ts': 'more tiny recordings beside every execution',
} as const;
