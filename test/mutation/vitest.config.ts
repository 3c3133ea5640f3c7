import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The tests that try changed code, the quickest first: most changes get no further than the first few. Left out
 * are tests that take long and repeat on larger folders what these find on small ones.
 */
const quickestFirst = [
  'test/unit/clauses',
  'test/unit/table',
  'test/unit/severity',
  'test/unit/analysis-and-group',
  'test/unit/folder',
  'test/unit/invariants',
  'test/unit/readings',
  'test/model/analysis-paths',
  'test/unit/machines',
  'test/property',
  'test/model/oracle',
  'test/model/legal-moves',
  'test/model/coverage',
];

const rankOf = ({ moduleId }: TestSpecification): number =>
  quickestFirst.findIndex((each) => moduleId.includes(each));

class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((left, right) => rankOf(left) - rankOf(right)));
  }
}

export default defineConfig({
  test: {
    include: quickestFirst.map((each) => `${each}{/*,}.test.ts`),
    sequence: { sequencer: QuickestFirst },
    // One worker that loads everything once; it is a new one for every change.
    isolate: false,
    // A slow machine is no defect of the changed code.
    testTimeout: 0,
  },
});
