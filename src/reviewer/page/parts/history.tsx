import { useEffect } from 'preact/hooks';
import { happens } from '../../../explore/readings/words.ts';
import { usePage } from '../page-context.ts';
import type { ReplayStep } from '../replay.ts';
import { FieldPair } from './status.tsx';

/** One reading's view of what was played. */
export interface PlayedUnder {
  readonly name: string;
  readonly steps: readonly ReplayStep[];
}

/** What was played, step by step, with undo, redo and restart. */
export function History({ played }: { readonly played: readonly [PlayedUnder, ...PlayedUnder[]] }) {
  const { state, dispatch } = usePage();
  const { at, events } = state;
  useUndoKeys();
  return (
    <section class="history" aria-label="What has happened">
      <h2>What has happened</h2>
      <p class="buttons">
        <button type="button" aria-disabled={at === 0} onClick={() => dispatch({ type: 'step', by: -1 })}>
          Undo
        </button>
        <button
          type="button"
          aria-disabled={at === events.length}
          onClick={() => dispatch({ type: 'step', by: 1 })}
        >
          Redo
        </button>
        <button
          type="button"
          aria-disabled={events.length === 0}
          onClick={() => dispatch({ type: 'restart' })}
        >
          Restart
        </button>
        <small>Ctrl+Z, Ctrl+Y</small>
      </p>
      <ol>
        {played[0].steps.map(({ event }, step) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps are their places
          <li key={step} class={step > at ? 'undone' : undefined}>
            <button
              type="button"
              aria-current={step === at ? 'step' : undefined}
              onClick={() => dispatch({ type: 'move', to: step })}
            >
              <span class="step-words">
                {step === 0 || event === null ? 'the folder is created' : happens(event)}
              </span>
              <span class="step-fields">
                {played.map(({ name, steps }) => (
                  <StepFields key={name} name={played.length > 1 ? name : ''} step={steps[step]!} />
                ))}
              </span>
              {differ(played, step) && <span class="differs">differs</span>}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepFields({
  name,
  step: { fields, refusal },
}: {
  readonly name: string;
  readonly step: ReplayStep;
}) {
  return (
    <span class="one-effect">
      {name !== '' && <b class="side">{name}</b>}
      <FieldPair fields={fields} />
      {refusal && <em title={refusal.because}>refused</em>}
    </span>
  );
}

function differ(played: readonly PlayedUnder[], at: number): boolean {
  const [first, second] = played.map(({ steps }) => steps[at]!.fields);
  return (
    first !== undefined &&
    second !== undefined &&
    (first.resolution_status !== second.resolution_status ||
      first.system_resolution !== second.system_resolution)
  );
}

function useUndoKeys(): void {
  const { dispatch } = usePage();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, target } = event;
      const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
      const letter = key.toLowerCase();
      const isRedo = letter === 'y' || (letter === 'z' && event.shiftKey);
      if (!isRedo && letter !== 'z') return;
      event.preventDefault();
      dispatch({ type: 'step', by: isRedo ? 1 : -1 });
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, [dispatch]);
}
