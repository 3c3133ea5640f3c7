import { useState } from 'preact/hooks';
import { isKind, maxPosted } from '../address.ts';
import { kindWords, offeredKinds } from '../kinds.ts';
import { nextPost } from '../numbering.ts';
import { usePage } from '../page-context.ts';
import { prospectOf } from '../prospects.ts';
import { Effect, type FolderUnder } from './next-events.tsx';

/** Gathers the analyses of a group and posts it. */
export function PostForm({ sides }: { readonly sides: readonly [FolderUnder, ...FolderUnder[]] }) {
  const { dispatch } = usePage();
  const [kinds, setKinds] = useState<readonly string[]>(['QUALITY', 'BIOMETRY']);
  const event = nextPost(sides[0].folder.groups.length, kinds);
  const isFull = kinds.length >= maxPosted;
  const add = (kind: string): void => {
    if (!isFull) setKinds([...kinds, kind]);
  };
  return (
    <section class="post" aria-label="Post a group">
      <h2>Post a group</h2>
      <ul class="draft" aria-label="Analyses of the group to post">
        {kinds.map((kind, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a kind may stand in the list twice
          <li key={`${at}-${kind}`}>
            <button
              type="button"
              aria-label={`Leave out ${kindWords(kind)}, the analysis at place ${at + 1}`}
              onClick={() => setKinds(kinds.toSpliced(at, 1))}
            >
              {kindWords(kind)} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="add" role="group" aria-label="Add an analysis">
        {offeredKinds.map((kind) => (
          <button key={kind} type="button" aria-disabled={isFull} onClick={() => add(kind)}>
            + {kindWords(kind)}
          </button>
        ))}
        <OtherKind add={add} />
      </div>
      <button
        type="button"
        class="event primary"
        aria-disabled={kinds.length === 0}
        onClick={() => {
          if (kinds.length > 0) dispatch({ type: 'perform', event });
          else dispatch({ type: 'say', says: 'Refused: a group is never empty. Add an analysis first.' });
        }}
      >
        <span class="event-name">
          POST {kinds.length === 0 ? 'nothing: refused, a group is never empty' : `group ${event.groupId}`}
        </span>
        {kinds.length > 0 && (
          <span class="effect">
            {sides.map(({ name, folder, settings }) => (
              <Effect
                key={name}
                prospect={prospectOf(folder, event, settings)}
                name={sides.length > 1 ? name : ''}
              />
            ))}
          </span>
        )}
      </button>
    </section>
  );
}

function OtherKind({ add }: { readonly add: (kind: string) => void }) {
  const [text, setText] = useState('');
  const isWrong = text !== '' && !isKind(text);
  return (
    <form
      class="other-kind"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isKind(text)) return;
        add(text);
        setText('');
      }}
    >
      <input
        aria-label="Another kind of analysis"
        placeholder="another kind"
        value={text}
        maxLength={32}
        aria-invalid={isWrong}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" aria-disabled={!isKind(text)}>
        + add
      </button>
      {isWrong && <p class="error">Expected a letter, then letters, digits or _.</p>}
    </form>
  );
}
