import { createHash } from 'node:crypto';
import type { Found } from '../../observations/results.ts';
import { plain } from '../../reports/check/json.ts';

/** A finding as a line for programs, with an id that is the same however often it is found. */
export function foundWithId({ finding, folderId }: Found) {
  const { message: _message, hint: _hint, ...traits } = plain(finding);
  const id = createHash('sha256')
    .update(JSON.stringify([folderId, traits]))
    .digest('hex')
    .slice(0, 32);
  return { type: 'finding', id, folderId, ...plain(finding) };
}
