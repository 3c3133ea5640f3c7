import { useState } from 'preact/hooks';
import { TextToTake } from '../parts/text-to-take.tsx';
import type { SentRequest, SimulatorRun } from './simulator-run.ts';
import { asCurl, asTest } from './traffic.ts';

/** The traffic of the session as files for other programs. */
export function GiveAway({
  run,
  sent,
}: {
  readonly run: SimulatorRun;
  readonly sent: readonly SentRequest[];
}) {
  const [format, setFormat] = useState<'ndjson' | 'har' | 'curl' | 'test'>('ndjson');
  const texts = {
    ndjson: {
      label: 'Lines for oz-status check',
      file: 'traffic.ndjson',
      make: () => run.recording('ndjson'),
    },
    har: { label: 'HAR', file: 'traffic.har', make: () => run.recording('har') },
    curl: { label: 'curl', file: 'requests.sh', make: () => asCurl(run.base, run.settings, sent) },
    test: { label: 'A test', file: 'simulator.test.mjs', make: () => asTest(run.base, run.settings, sent) },
  };
  const names = Object.keys(texts) as (keyof typeof texts)[];
  const { label, file, make } = texts[format];
  return (
    <section class="take" aria-labelledby="take-traffic">
      <h2 id="take-traffic">Take the traffic away</h2>
      {sent.length === 0 ? (
        <p class="empty">Nothing was sent yet.</p>
      ) : (
        <>
          <fieldset class="choice">
            <legend>As</legend>
            {names.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name="traffic"
                  checked={format === each}
                  onChange={() => setFormat(each)}
                />{' '}
                {texts[each].label}
              </label>
            ))}
          </fieldset>
          <TextToTake label={label} file={file} text={make()} />
        </>
      )}
    </section>
  );
}
