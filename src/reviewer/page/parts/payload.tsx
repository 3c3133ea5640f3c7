import type { Folder, Reading } from '../../../../machines/index.ts';
import { payloadLines, payloadOf } from '../payload.ts';

/** The answer of the API for a folder, what the last event has changed being marked. */
export function Payload({
  folder,
  before,
  reading,
}: {
  readonly folder: Folder;
  readonly before: Folder | undefined;
  readonly reading: Reading;
}) {
  const lines = payloadLines(payloadOf(folder, reading), before && payloadOf(before, reading));
  return (
    <pre class="payload" tabIndex={0} aria-label="Answer of the API">
      {lines.map(({ text, changed }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines are their places
        <Line key={at} text={text} changed={changed} />
      ))}
    </pre>
  );
}

function Line({ text, changed }: { readonly text: string; readonly changed: boolean }) {
  return changed ? <mark>{`${text}\n`}</mark> : <>{`${text}\n`}</>;
}
