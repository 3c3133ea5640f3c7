import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Folder, Reading } from '../../../../machines/index.ts';
import { payloadLines, payloadOf } from '../payload.ts';

/** Room below a line that is brought into view, in pixels. */
const margin = 24;

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
  const place = useRef<HTMLPreElement>(null);
  const shown = lines.map((line) => line.text).join('\n');
  useLayoutEffect(() => {
    const [box, first] = [place.current, place.current?.querySelector('mark:last-of-type')];
    if (!box || !first) return;
    // The last line that has changed: the fields of the folder stand at the top, and are shown elsewhere too.
    const below = first.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
    if (below <= 0) return;
    // As far as a whole line: none is cut at the upper edge.
    const { lineHeight, paddingTop } = getComputedStyle(box);
    const [line, padding] = [Number.parseFloat(lineHeight), Number.parseFloat(paddingTop)];
    box.scrollTop = padding + Math.ceil((box.scrollTop + below + margin - padding) / line) * line;
  }, [shown]);
  return (
    <pre ref={place} class="payload" tabIndex={0} aria-label="Answer of the API">
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
