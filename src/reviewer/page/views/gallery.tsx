import { useMemo, useState } from 'preact/hooks';
import type { FolderEvent, Settings } from '../../../../machines/index.ts';
import { sequenceMermaid } from '../../../diagrams/mermaid.ts';
import { sequenceOf } from '../../../diagrams/sequence.ts';
import { settingsText } from '../../../diagrams/facts/settings-text.ts';
import { scenarios, settingsFor, type Scenario } from '../../../explore/walk/scenarios.ts';
import { maxAddress, writeAddress } from '../address.ts';
import { usePage } from '../page-context.ts';
import { Coded } from '../parts/coded.tsx';
import { FieldPair } from '../parts/status.tsx';
import { playFolder } from '../replay.ts';
import { TextToTake } from '../parts/text-to-take.tsx';

/** Scenarios worth knowing, and the current one to take away. */
export function Gallery() {
  return (
    <>
      <p class="lead">
        Executions worth knowing, each with what a client learns from it: ordinary ones, and the mistakes that
        clients make. Play one, then change it.
      </p>
      <ul class="cards">
        {scenarios.map((scenario) => (
          <li key={scenario.id}>
            <ScenarioCard scenario={scenario} />
          </li>
        ))}
      </ul>
      <TakeAway />
    </>
  );
}

function ScenarioCard({ scenario }: { readonly scenario: Scenario }) {
  const { dispatch } = usePage();
  const { title, lesson, events, answers } = scenario;
  const settings = settingsFor(scenario);
  const steps = useMemo(() => playFolder(events, settingsFor(scenario)), [events, scenario]);
  const seen = steps.filter(
    ({ fields }, at) => at === 0 || JSON.stringify(fields) !== JSON.stringify(steps[at - 1]!.fields),
  );
  const load = (view: string, at: number): void => {
    dispatch({ type: 'load', title, lesson, events, at, reading: settings.reading, view });
  };
  return (
    <article>
      <h2>{title}</h2>
      <p>
        <Coded text={lesson} />
      </p>
      <ol class="strip" aria-label="What the folder shows">
        {seen.map(({ fields }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps are their places
          <li key={at}>
            <FieldPair fields={fields} />
          </li>
        ))}
      </ol>
      {answers && <p class="because">Played under {settingsText(settings).replace('Reading: ', '')}.</p>}
      <p class="buttons">
        <button type="button" onClick={() => load('play', 0)}>
          Play step by step<span class="hidden">: {title}</span>
        </button>
        <button type="button" onClick={() => load('play', events.length)}>
          Show the end<span class="hidden">: {title}</span>
        </button>
      </p>
    </article>
  );
}

/** A scenario as data: what happens, and the settings under which it was played. */
function scenarioJson(events: readonly FolderEvent[], settings: Settings): string {
  return `${JSON.stringify({ settings, events }, null, 2)}\n`;
}

const addressText = (address: string): string =>
  address.length > maxAddress
    ? 'The scenario is too long for an address: take it away as JSON.\n'
    : `${location.href.split('#')[0]}#${address}\n`;

function TakeAway() {
  const { state } = usePage();
  const { events, settings } = state;
  const sequence = useMemo(() => sequenceOf(events, settings), [events, settings]);
  const [format, setFormat] = useState<'json' | 'mermaid' | 'address'>('json');
  if (events.length === 0) {
    return (
      <section class="take" aria-labelledby="take">
        <h2 id="take">Take the current scenario away</h2>
        <p class="empty">Nothing is played yet: play one of the above.</p>
      </section>
    );
  }
  const texts = {
    json: { label: 'JSON', file: 'scenario.json', text: scenarioJson(events, settings) },
    mermaid: {
      label: 'Mermaid sequence',
      file: 'scenario.mmd',
      text: sequence.ok ? sequenceMermaid(sequence.value) : '',
    },
    address: { label: 'Address', file: 'scenario.txt', text: addressText(writeAddress(state)) },
  };
  const formats = Object.keys(texts) as (keyof typeof texts)[];
  return (
    <section class="take" aria-labelledby="take">
      <h2 id="take">Take the current scenario away</h2>
      <fieldset class="choice">
        <legend>As</legend>
        {formats.map((each) => (
          <label key={each}>
            <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />{' '}
            {texts[each].label}
          </label>
        ))}
      </fieldset>
      <TextToTake {...texts[format]} />
    </section>
  );
}
