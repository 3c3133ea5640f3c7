import type { Blueprint } from '../../src/assurance/export/index.ts';

/** Every pair of statuses that the two fields of a folder could show together. */
export function pairsOf({ fields }: Blueprint): readonly (readonly [status: string, result: string])[] {
  const { resolution_status, system_resolution } = fields;
  return resolution_status.alphabet.flatMap((status) =>
    system_resolution.alphabet.map((result) => [status, result] as const),
  );
}
