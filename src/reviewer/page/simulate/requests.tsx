import { useEffect, useState } from 'preact/hooks';
import type { Draft, SentRequest } from './simulator-run.ts';

const group = (...types: readonly string[]): string =>
  JSON.stringify({ analyses: types.map((type) => ({ type })) });

/** Requests that clients send, about the newest folder. */
const usual = (
  folder: string,
): readonly (Draft & { readonly name: string; readonly needsFolder: boolean })[] => [
  {
    name: 'Create a folder with liveness and face matching',
    needsFolder: false,
    method: 'POST',
    path: '/api/folders/',
    body: group('quality', 'biometry'),
  },
  {
    name: 'Create an empty folder',
    needsFolder: false,
    method: 'POST',
    path: '/api/folders/',
    body: '{}',
  },
  {
    name: 'Post a group',
    needsFolder: true,
    method: 'POST',
    path: `/api/folders/${folder}/analyses/`,
    body: group('biometry'),
  },
  {
    name: 'Poll the folder',
    needsFolder: true,
    method: 'GET',
    path: `/api/folders/${folder}?with_analyses=true`,
    body: '',
  },
  { name: 'List folders', needsFolder: false, method: 'GET', path: '/api/folders/', body: '' },
];

/** Sends the usual requests, or any other. */
export function Composer({
  folder,
  send,
}: {
  readonly folder: string;
  readonly send: (draft: Draft) => Promise<void>;
}) {
  return (
    <section class="composer" aria-label="Send a request">
      <h2>Send a request</h2>
      <ul>
        {usual(folder).map(({ name, needsFolder, ...one }) => (
          <li key={name}>
            <button
              type="button"
              class="event"
              aria-disabled={needsFolder && folder === ''}
              onClick={() => {
                if (!needsFolder || folder !== '') void send(one);
              }}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      <DraftForm folder={folder} send={send} />
    </section>
  );
}

/** A request of any other kind. */
function DraftForm({
  folder,
  send,
}: {
  readonly folder: string;
  readonly send: (draft: Draft) => Promise<void>;
}) {
  const [draft, setDraft] = useState<Draft>({
    method: 'POST',
    path: '/api/folders/',
    body: group('quality'),
  });
  // The path of a folder is of use as soon as there is one.
  useEffect(() => {
    if (folder !== '') setDraft({ method: 'GET', path: `/api/folders/${folder}/analyses/`, body: '' });
  }, [folder]);
  const hasBody = draft.method === 'POST';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send({ ...draft, body: hasBody ? draft.body : '' });
      }}
    >
      <label>
        Method
        <select
          value={draft.method}
          onChange={({ currentTarget }) => setDraft({ ...draft, method: currentTarget.value })}
        >
          {['GET', 'POST', 'DELETE'].map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </label>
      <label>
        Path below the base URL
        <input
          value={draft.path}
          pattern="/.*"
          required
          onInput={({ currentTarget }) => setDraft({ ...draft, path: currentTarget.value })}
        />
      </label>
      {hasBody && (
        <label>
          Body
          <textarea
            rows={4}
            value={draft.body}
            onInput={({ currentTarget }) => setDraft({ ...draft, body: currentTarget.value })}
          />
        </label>
      )}
      <button type="submit">Send</button>
    </form>
  );
}

/** The text with the lines of JSON, if it is JSON. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The status of an answer, or that there was none. */
export const outcomeOf = ({ status }: SentRequest): string =>
  status === null ? 'no answer' : String(status);

/** The answer to the last request. */
export function LastAnswer({ sent }: { readonly sent: SentRequest | undefined }) {
  return (
    <section aria-label="Answer">
      <h2>Answer</h2>
      {sent ? (
        <>
          <p>
            <code>
              {sent.method} {sent.path}
            </code>{' '}
            <b class={sent.status !== null && sent.status < 400 ? undefined : 'error'}>{outcomeOf(sent)}</b>
          </p>
          <pre class="answer" tabIndex={0} aria-label="Body of the answer">
            {pretty(sent.answer)}
          </pre>
        </>
      ) : (
        <p class="empty">Nothing was sent yet.</p>
      )}
    </section>
  );
}

/** All requests of the session, the newest last. */
export function SentList({ sent }: { readonly sent: readonly SentRequest[] }) {
  return (
    <section class="sent" aria-label="What was sent">
      <h2>What was sent</h2>
      {sent.length === 0 && <p class="empty">Nothing yet.</p>}
      <ol>
        {sent.map((one, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- requests are their places
          <li key={at}>
            <code>
              {one.method} {one.path}
            </code>{' '}
            <b>{outcomeOf(one)}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}
