import { useMemo } from 'preact/hooks';
import { questionNames, questions, type Settings } from '../../../../machines/index.ts';
import { departures } from '../../../diagrams/facts/settings-text.ts';
import { usePage } from '../page-context.ts';
import { ChartLegend } from '../parts/chart-legend.tsx';
import { Coded } from '../parts/coded.tsx';
import { DifferenceButtons } from '../parts/difference-buttons.tsx';
import { History } from '../parts/history.tsx';
import { NextEvents } from '../parts/next-events.tsx';
import { Outlines } from '../parts/outline.tsx';
import { Payload } from '../parts/payload.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { OperatorSetting, ReadingForm } from '../parts/reading-form.tsx';
import { Story } from '../parts/story.tsx';
import { playFolder, type ReplayStep } from '../replay.ts';
import { FieldPair, Status } from '../parts/status.tsx';

/** The names of the two readings. */
const first = 'A';
const second = 'B';

/** The same events under two readings, side by side. */
export function Compare() {
  const { state } = usePage();
  const { settings, other, events, at } = state;
  const otherSettings = useMemo(() => ({ ...settings, reading: other }), [settings, other]);
  const played = useMemo(
    () =>
      [
        { name: first, steps: playFolder(events, settings) },
        { name: second, steps: playFolder(events, otherSettings) },
      ] as const,
    [events, settings, otherSettings],
  );
  const [one, two] = played.map(({ steps }) => steps[at]!) as [ReplayStep, ReplayStep];
  const sides = [
    { name: first, folder: one.folder, settings },
    { name: second, folder: two.folder, settings: otherSettings },
  ] as const;
  return (
    <>
      <p class="lead">
        The same happens in a folder under two readings, {first} and {second}. Choose a question for the
        shortest scenario in which two of its answers show something different, or choose answers and play.
      </p>
      <Questions />
      <details class="settings">
        <summary>
          Readings: {first} is {nameOf(settings)}; {second} is {nameOf(otherSettings)}
        </summary>
        <div class="two">
          <ReadingForm side="settings" legend={`Reading ${first}`} />
          <ReadingForm side="other" legend={`Reading ${second}`} />
        </div>
        <OperatorSetting />
      </details>
      <Story />
      <p class="now">
        Now
        {([first, second] as const).map((name, side) => (
          <span key={name} class="one-effect">
            <b class="side">{name}</b> <FieldPair fields={(side === 0 ? one : two).fields} />
          </span>
        ))}
      </p>
      <ChartLegend shown={['active', 'taken', 'event', 'derived']} />
      <div class="columns">
        <div class="column">
          <History played={played} />
          <PostForm sides={sides} />
          <section aria-label="What can happen next">
            <h2>What can happen next</h2>
            <NextEvents sides={sides} />
          </section>
        </div>
        <div class="column twice">
          <SideOf name={first} step={one} before={played[0].steps[at - 1]} settings={settings} other={two} />
          <SideOf
            name={second}
            step={two}
            before={played[1].steps[at - 1]}
            settings={otherSettings}
            other={one}
          />
        </div>
      </div>
    </>
  );
}

const nameOf = (settings: Settings): string => departures(settings).join(', ') || 'the default';

function Questions() {
  return (
    <section class="question-list" aria-label="Open questions">
      {questionNames.map((question) => (
        <details key={question}>
          <summary>
            <Coded text={questions[question].asks} /> <code class="name">{question}</code>
          </summary>
          <DifferenceButtons question={question} />
        </details>
      ))}
    </section>
  );
}

function SideOf({
  name,
  step,
  before,
  settings,
  other,
}: {
  readonly name: string;
  readonly step: ReplayStep;
  readonly before: ReplayStep | undefined;
  readonly settings: Settings;
  readonly other: ReplayStep;
}) {
  const { fields, refusal } = step;
  return (
    <section aria-label={`Reading ${name}`}>
      <h2>
        {name}: {nameOf(settings)}
      </h2>
      {refusal && (
        <p class="error">
          The last event was refused here: <Coded text={refusal.because} />.
        </p>
      )}
      <dl class="both-fields">
        {(['resolution_status', 'system_resolution'] as const).map((field) => (
          <div key={field}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd>
              <Status status={fields[field]} />
              {fields[field] !== other.fields[field] && <span class="differs">differs</span>}
            </dd>
          </div>
        ))}
      </dl>
      <Outlines machine="folder" settings={settings} standing={step} />
      <h3>What the API answers</h3>
      <Payload folder={step.folder} before={before?.folder} reading={settings.reading} />
    </section>
  );
}
