import { clauses, type ClauseId } from '../../../../machines/index.ts';
import { Coded } from './coded.tsx';

/** Clauses with their text, place and evidence. */
export function Clauses({ ids }: { readonly ids: readonly ClauseId[] }) {
  return (
    <ul class="clauses">
      {ids.map((id) => (
        <li key={id}>
          <ClauseText id={id} />
        </li>
      ))}
    </ul>
  );
}

/** One clause. */
export function ClauseText({ id }: { readonly id: ClauseId }) {
  const { text, where, evidence } = clauses[id];
  return (
    <>
      <code class="clause">{id}</code> <span class={`evidence ${evidence}`}>{evidence}</span>
      <span class="clause-text">
        <Coded text={text} /> <small>{where}</small>
      </span>
    </>
  );
}
