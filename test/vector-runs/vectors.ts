import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeReading, type Reading, type Settings } from '../../machines/index.ts';
import type { Vector } from '../../src/assurance/vectors/index.ts';

/** The directory of the vectors. */
export const vectorDirectory = 'test/vectors';

interface Index {
  readonly formatVersion: number;
  readonly defaultReading: Reading;
  readonly sets: readonly {
    readonly lines: string;
    readonly about: string;
    readonly vectors: number;
  }[];
}

/** What describes the files of vectors. */
export const index = JSON.parse(readFileSync(join(vectorDirectory, 'index.json'), 'utf8')) as Index;

/** The vectors of every file, as they are in the repository: not as they would be generated now. */
export const vectorsByFile: ReadonlyMap<string, readonly Vector[]> = new Map(
  index.sets.map(({ lines }) => [
    lines,
    readFileSync(join(vectorDirectory, lines), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Vector),
  ]),
);

/** All vectors. */
export const vectors: readonly Vector[] = [...vectorsByFile.values()].flat();

/** The vectors of one set. */
export const setOf = (name: string): readonly Vector[] => vectorsByFile.get(`${name}.jsonl`)!;

/** Those under the default reading. */
export const byDefault = (list: readonly Vector[]) => list.filter(({ reading }) => !reading);

/** The settings with these answers, the default reading giving the others. */
export const settingsUnder = (
  answers: object = {},
  operatorRequired: Settings['operatorRequired'] = 'allowed',
): Settings => ({ reading: normalizeReading({ ...index.defaultReading, ...answers }), operatorRequired });

/** The settings under which a vector holds. */
export const settingsOf = ({ reading, given }: Vector): Settings =>
  settingsUnder(reading, given?.operatorRequired);

/** The vectors that `test` finds wrong, each with what it finds. */
export function wrongOf(
  list: readonly Vector[],
  test: (vector: Vector) => string | undefined,
): readonly string[] {
  return list.flatMap((vector) => {
    const wrong = test(vector);
    return wrong === undefined ? [] : [`${vector.id}: ${wrong}`];
  });
}

/** The expected value of a vector against a found one. */
export function difference(expected: unknown, found: unknown): string | undefined {
  const [left, right] = [JSON.stringify(expected), JSON.stringify(found)];
  return left === right ? undefined : `expected ${left}, received ${right}`;
}
