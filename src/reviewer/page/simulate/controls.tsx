import { alphabetOf, isLiveness, isSettled, type Analysis } from '../../../../machines/index.ts';
import { kindWords } from '../kinds.ts';
import { Status } from '../parts/status.tsx';

/** So much time passes at a click, in milliseconds. */
const steps = [500, 5_000] as const;

const ends = alphabetOf('analyse.resolution_status').filter((one) => isSettled(one));

/** The clock of the session, and the ends of what runs. */
export function SessionControls({
  now,
  clock,
  running,
  happen,
}: {
  readonly now: number;
  readonly clock: string;
  readonly running: readonly Analysis[];
  readonly happen: (path: string, body: object, says: string) => Promise<void>;
}) {
  return (
    <section aria-label="The clock of the session">
      <h2>The clock of the session</h2>
      <p>
        It is <b class="clock">{(now / 1000).toFixed(1)} s</b> after the beginning.
      </p>
      <p class="buttons">
        {steps.map((milliseconds) => (
          <button
            key={milliseconds}
            type="button"
            onClick={() =>
              void happen('/advance', { milliseconds }, `${milliseconds / 1000} seconds have passed.`)
            }
          >
            + {milliseconds / 1000} s
          </button>
        ))}
      </p>
      {clock === 'manual' && running.length === 0 && <p class="empty">Nothing runs.</p>}
      {running.map(({ id, kind }) => (
        <div key={id} class="member" role="group" aria-label={`${kindWords(kind)} ${id}`}>
          <h3>Let {kindWords(kind)} end</h3>
          <p class="buttons">
            {ends
              .filter((resolution) => resolution !== 'OPERATOR_REQUIRED' || !isLiveness(kind))
              .map((resolution) => (
                <button
                  key={resolution}
                  type="button"
                  onClick={() =>
                    void happen(
                      '/settle',
                      { analyse_id: id, resolution },
                      `${kindWords(kind)} ends as ${resolution}.`,
                    )
                  }
                >
                  <Status status={resolution} />
                </button>
              ))}
          </p>
        </div>
      ))}
    </section>
  );
}
