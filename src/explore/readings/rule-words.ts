import type { FolderStatus, Reading, Status, SystemResolution } from '../../../machines/index.ts';
import { statusRules, systemRules, type Condition, type Rule, type Scope } from './field-rules.ts';

/** The rules that compute the two fields of a folder, in words: what an arrow between their statuses waits for. */

/** The fields of a folder by the names that the machine gives them. */
export type FolderField = 'resolution_status' | 'system_resolution';

/** One rule of a list, of which the first that holds decides. */
export interface SpokenRule {
  readonly shows: Status;
  readonly when: string;
}

const scopeWords = {
  folder: 'analysis of the folder',
  'last-applied': 'analysis of the group that was posted last',
  'last-settled': 'analysis of the group that settled last',
  'last-finished': 'analysis of the group that finished last',
} as const satisfies Record<Scope, string>;

const conditionText = ({ scope, holds }: Condition): string => `an ${scopeWords[scope]} is ${holds}`;

/** The rules of a field of a folder under `reading`, in their order. */
export function spokenRules(field: FolderField, reading: Reading): readonly SpokenRule[] {
  const rules: readonly Rule<FolderStatus | SystemResolution>[] =
    field === 'resolution_status' ? statusRules(reading) : systemRules(reading);
  return [
    { shows: 'INITIAL', when: 'the folder has no analyses' },
    ...rules.map(({ when, shows }) => ({
      shows,
      when: when.length === 0 ? 'otherwise' : when.map(conditionText).join(' and '),
    })),
  ];
}

/** When a field shows `status`: the numbers of its rules, from 1 on, and what they wait for. */
export function rulesFor(
  field: FolderField,
  status: string,
  reading: Reading,
): readonly { readonly number: number; readonly when: string }[] {
  return spokenRules(field, reading)
    .map(({ shows, when }, at) => ({ shows, when, number: at + 1 }))
    .filter(({ shows }) => shows === status);
}

/** The field that a guard of the folder's machine asks, if it asks one: `resolution_status is`. */
export function fieldAskedBy(guard: string): FolderField | undefined {
  const fields = ['resolution_status', 'system_resolution'] as const;
  return fields.find((field) => guard === `${field} is`);
}
