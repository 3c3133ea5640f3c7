import { createHash } from 'node:crypto';
import { identityOf } from '../../monitor/index.ts';
import type { Found } from '../../observations/results.ts';
import { plain } from '../../reports/check/json.ts';

/** Findings of a folder as lines for programs, each with an id that is the same however often it is found. */
export function foundWithIds(found: readonly Found[], key: string | null) {
  const known = new Map<string, number>();
  return found.map(({ finding, folderId }) => {
    const same = identityOf(finding, key, 0);
    const nth = known.get(same) ?? 0;
    known.set(same, nth + 1);
    const hash = createHash('sha256').update(identityOf(finding, key, nth));
    return { type: 'finding', id: hash.digest('hex').slice(0, 32), folderId, ...plain(finding) };
  });
}
