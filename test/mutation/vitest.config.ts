import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The tests that try changed code of a part, the quickest first: most changes get no further than the first few.
 * Left out are tests that take long and repeat on larger folders or in other ways what these find.
 */
const quickestFirst: Readonly<Record<string, readonly string[]>> = {
  machines: [
    'test/machines/unit/clauses',
    'test/machines/unit/table',
    'test/machines/unit/severity',
    'test/machines/unit/nearest',
    'test/machines/unit/given-settings',
    'test/machines/unit/malformed-events',
    'test/machines/unit/analysis-and-group',
    'test/machines/unit/folder',
    'test/machines/unit/invariants',
    'test/machines/unit/readings',
    'test/machines/paths/analysis-paths',
    'test/machines/unit/machines',
    'test/machines/properties',
    'test/machines/paths/oracle',
    'test/machines/paths/legal-moves',
    'test/machines/paths/coverage',
  ],
  'src/explore': [
    'test/explore/refusal',
    'test/explore/scenarios',
    'test/explore/explore',
    'test/explore/closed-form',
    'test/explore/path-set',
    'test/explore/machine-system',
    'test/readings/register',
    'test/explore/readings-effort',
    'test/explore/readings',
    'test/explore/readings-plan',
    'test/explore/folder-system',
    'test/explore/paths',
  ],
  'src/conformance': [
    'test/observations',
    'test/conformance/explanations',
    'test/conformance/afterwards',
    'test/conformance/check/overlapping-answers',
    'test/conformance/check/alike-histories',
    'test/recordings/examples',
    'test/conformance/limits',
    'test/conformance/nearest',
    'test/conformance/unnamed',
    'test/engines/shards',
    'test/matchers/conform',
    'test/matchers/check-recording',
    'test/conformance/joining',
    'test/conformance/checker',
    'test/conformance/complete-lists',
    'test/conformance/shared-histories',
    'test/conformance/stale-fields',
    'test/conformance/overlaps',
    'test/conformance/minimize',
    'test/conformance/budget',
    'test/conformance/belief',
    'test/conformance/brute-force',
    'test/readings/infer',
    'test/second-oracle/compare',
    'test/conformance/claims',
    'test/conformance/late',
    'test/conformance/laws',
  ],
};

/** Of the other parts all cases of a test are tried; of the check, whose are many, what `npm test` tries. */
const part = process.env['MUTATED_PART'] ?? 'machines';
const isDeep = part !== 'src/conformance';

const chosen = quickestFirst[part] ?? [];

const missing = chosen.filter((each) => !existsSync(`${each}.test.ts`) && !existsSync(each));
if (missing.length > 0) throw new Error(`expected tests, received ${missing.join(', ')}`);

const rankOf = ({ moduleId }: TestSpecification): number =>
  chosen.findIndex((each) => moduleId.includes(each));

class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((left, right) => rankOf(left) - rankOf(right)));
  }
}

export default defineConfig({
  test: {
    include: chosen.map((each) => `${each}{/*,}.test.ts`),
    setupFiles: ['test/fast-check.ts'],
    sequence: { sequencer: QuickestFirst },
    // One worker that loads everything once; it is a new one for every change.
    isolate: false,
    provide: { deep: isDeep },
    // The same cases for every change.
    env: { TEST_SEED: '1' },
    // A slow machine is no defect of the changed code.
    testTimeout: 0,
  },
});
