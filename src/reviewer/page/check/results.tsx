import { useEffect, useRef, useState } from 'preact/hooks';
import { verdicts, type Verdict } from '../../../observations/results.ts';
import { counted } from '../../../text/layout.ts';
import type { CheckClient } from './check-client.ts';
import type { CheckDigest, FolderRow, Window } from './check-session.ts';
import { FindingCard } from './finding-card.tsx';
import { folderName } from './folder-name.ts';
import { FolderTimeline } from './folder-timeline.tsx';
import { Pager } from './pager.tsx';

/** Rows of one page of folders. */
const pageSize = 25;

/** What a check came to: counts, what was found outside folders, folders, and the timeline of one of them. */
export function Results({
  names,
  digest,
  client,
}: {
  readonly names: string;
  readonly digest: CheckDigest;
  readonly client: CheckClient;
}) {
  const { summary, conclusion, passed, judgedBy, leftAside, input, inputCount, notKept } = digest;
  const [chosen, choose] = useState<number | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section class="results" aria-label="Results">
      <h2 ref={heading}>
        {names}: <span class={passed ? 'passed' : 'error'}>{conclusion}</span>
      </h2>
      <p>
        {counted(summary.folders, 'folder')}, {counted(summary.observations, 'observation')}, judged by{' '}
        {judgedBy}.
        {notKept > 0 &&
          ` The verdicts rest on all of them; ${counted(notKept, 'observation')} found no room in the timelines.`}
      </p>
      {leftAside.length > 0 && (
        <dl class="facts">
          {leftAside.map(([name, text]) => (
            <div key={text}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {inputCount > 0 && (
        <details open={summary.folders === 0}>
          <summary>{counted(inputCount, 'finding')} outside any folder</summary>
          {input.map((finding, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- findings are their places
            <FindingCard key={at} finding={finding} heading="h3" />
          ))}
          {inputCount > input.length && <p>Only the first {input.length} are shown.</p>}
        </details>
      )}
      {summary.folders > 0 && (
        <div class="check-columns">
          <Folders summary={summary} client={client} chosen={chosen} choose={choose} />
          {chosen !== null && <FolderTimeline key={chosen} index={chosen} client={client} />}
        </div>
      )}
    </section>
  );
}

function Folders({
  summary,
  client,
  chosen,
  choose,
}: {
  readonly summary: CheckDigest['summary'];
  readonly client: CheckClient;
  readonly chosen: number | null;
  readonly choose: (index: number) => void;
}) {
  const [wanted, setWanted] = useState<readonly Verdict[]>(verdicts);
  const [from, setFrom] = useState(0);
  const [rows, setRows] = useState<Window<FolderRow> | null>(null);
  useEffect(() => {
    let isStale = false;
    void client.ask('folders', { verdicts: wanted, from, count: pageSize }).then((window) => {
      if (isStale) return;
      setRows(window);
      const [first] = window.items;
      if (first && chosen === null) choose(first.index);
    });
    return () => {
      isStale = true;
    };
  }, [client, wanted, from]);
  return (
    <section aria-label="Folders">
      <h3>Folders, worst first</h3>
      <fieldset class="choice">
        <legend class="hidden">Verdicts to show</legend>
        {verdicts.toReversed().map((verdict) => (
          <label key={verdict}>
            <input
              type="checkbox"
              checked={wanted.includes(verdict)}
              onChange={({ currentTarget: { checked } }) => {
                setFrom(0);
                setWanted(verdicts.filter((each) => (each === verdict ? checked : wanted.includes(each))));
              }}
            />{' '}
            {verdict} ({summary[verdict].toLocaleString('en-US')})
          </label>
        ))}
      </fieldset>
      <ul class="folder-rows">
        {rows?.items.map((row) => (
          <li key={row.index}>
            <button
              type="button"
              aria-current={row.index === chosen ? 'true' : undefined}
              onClick={() => choose(row.index)}
            >
              <bdi class="folder-id">{folderName(row)}</bdi>
              <span class={`verdict ${row.verdict}`}>{row.verdict}</span>
              <small>
                {counted(row.observations, 'observation')}
                {row.findings > 0 && `, ${counted(row.findings, 'finding')}`}
                {row.hazards > 0 && `, ${counted(row.hazards, 'hazard')}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {rows && <Pager what="Folders" from={from} size={pageSize} count={rows.count} go={setFrom} />}
    </section>
  );
}
