import type { Reading } from '../../../../machines/index.ts';
import { spokenRules, type FolderField } from '../../../explore/readings/rule-words.ts';
import { Status } from './status.tsx';

/** The rules that compute a field of the folder, of which the first that holds decides. */
export function Rules({
  field,
  reading,
  shows,
}: {
  readonly field: FolderField;
  readonly reading: Reading;
  /** What the field shows now. */
  readonly shows: string | undefined;
}) {
  return (
    <details class="rules">
      <summary>
        Why: the first of these rules that holds decides <code>{field}</code>
      </summary>
      <ol>
        {spokenRules(field, reading).map((rule) => (
          <li key={`${rule.shows} ${rule.when}`} class={rule.shows === shows ? 'holds' : undefined}>
            <Status status={rule.shows} /> {rule.when}
          </li>
        ))}
      </ol>
    </details>
  );
}
