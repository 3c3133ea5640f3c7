import { useEffect, useMemo, useState } from 'preact/hooks';
import { allAnalyses, isSettled } from '../../../../machines/index.ts';
import { settingsText } from '../../../diagrams/facts/settings-text.ts';
import { bundledScripts } from '../../../simulator/scenarios/script.ts';
import { clocks } from '../../../simulator/session/settings.ts';
import { faults } from '../../../simulator/transport/faults.ts';
import { illegalHistories } from '../../../simulator/scenarios/illegal-histories.ts';
import { usePage } from '../page-context.ts';
import { ChartLegend } from '../parts/chart-legend.tsx';
import { Outlines } from '../parts/outline.tsx';
import { OperatorSetting, ReadingForm } from '../parts/reading-form.tsx';
import { FieldPair } from '../parts/status.tsx';
import { playFolder, type ReplayStep } from '../replay.ts';
import { Composer, LastAnswer, outcomeOf, SentList } from '../simulate/requests.tsx';
import { SessionControls } from '../simulate/controls.tsx';
import { keptSession, type Setup } from '../simulate/kept-session.ts';
import type { Draft, SessionView } from '../simulate/simulator-run.ts';
import { GiveAway } from '../simulate/give-away.tsx';

/** Sends requests to a simulator that runs in the page, and shows what comes of them. */
export function Simulate() {
  const { state, dispatch } = usePage();
  const { settings } = state;
  const [setup, choose] = useState(keptSession.setup);
  const [round, restart] = useState(keptSession.round);
  const run = useMemo(() => keptSession.of(settings, setup, round), [settings, setup, round]);
  const [sent, setSent] = useState(keptSession.sent);
  const [view, setView] = useState(run.view);
  useEffect(() => {
    setSent(keptSession.sent);
    setView(run.view);
    // A scenario may have settings of its own before the first request.
    void run.look().then((standing) => keptSession.run === run && setView(standing));
  }, [run]);
  const send = async (draft: Draft): Promise<void> => {
    const one = await run.send(draft);
    const standing = await run.look();
    // Another session may have begun meanwhile.
    if (keptSession.run !== run) return;
    keptSession.sent = [...keptSession.sent, one];
    // An answer and what the folder is in truth are shown at the same time.
    setSent(keptSession.sent);
    setView(standing);
    const what = one.status === null ? 'the connection broke' : `answered with ${one.status}`;
    dispatch({ type: 'say', says: `${one.method} ${one.path}: ${what}.` });
  };
  const happen = async (path: string, body: object, says: string): Promise<void> => {
    const { status, answer } = await run.control(path, body);
    const standing = await run.look();
    if (keptSession.run !== run) return;
    setView(standing);
    dispatch({ type: 'say', says: status === 200 ? says : answer, isSeen: status !== 200 });
  };
  const steps = useMemo(() => playFolder(view.events, view.settings), [view]);
  const step = steps.at(-1)!;
  const running = allAnalyses(step.folder).filter(({ resolution }) => !isSettled(resolution));
  return (
    <>
      <p class="lead">
        Send requests as a client does. A simulator inside this page answers as the specification says, under
        the reading chosen here; nothing leaves this computer.
      </p>
      <SetupForm setup={setup} choose={choose} again={() => restart(round + 1)} />
      <details class="settings">
        <summary>{settingsText(settings)}</summary>
        <ReadingForm side="settings" legend="Answers to the open questions" />
        <OperatorSetting />
      </details>
      <p class="now">
        Now <FieldPair fields={step.fields} />
        {sent.length > 0 && <span>answered with {outcomeOf(sent.at(-1)!)}</span>}
      </p>
      <div class="columns">
        <div class="column">
          <Composer key={`${run.base} ${round}`} folder={view.folder} send={send} />
          <SessionControls now={view.now} clock={setup.clock} running={running} happen={happen} />
        </div>
        <div class="column wide">
          <LastAnswer sent={sent.at(-1)} />
          <FolderInside view={view} step={step} />
        </div>
        <div class="column">
          <SentList sent={sent} />
        </div>
      </div>
      <GiveAway run={run} sent={sent} />
    </>
  );
}

function SetupForm({
  setup,
  choose,
  again,
}: {
  readonly setup: Setup;
  readonly choose: (setup: Setup) => void;
  readonly again: () => void;
}) {
  return (
    <section class="setup" aria-label="The session">
      <label>
        Scenario
        <select
          value={setup.scenario}
          onChange={({ currentTarget }) => choose({ ...setup, scenario: currentTarget.value })}
        >
          <option value="">none: every check is passed</option>
          <optgroup label="Executions">
            {bundledScripts.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </optgroup>
          <optgroup label="Break the specification on purpose">
            {Object.keys(illegalHistories).map((code) => (
              <option key={code} value={`illegal=${code}`}>
                {code}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        Clock
        <select
          value={setup.clock}
          onChange={({ currentTarget }) => choose({ ...setup, clock: currentTarget.value })}
        >
          {Object.keys(clocks)
            // The last two follow the time outside, which a page without a timer does not show.
            .filter((name) => name !== 'real' && name !== 'scaled')
            .map((name) => (
              <option key={name}>{name}</option>
            ))}
        </select>
      </label>
      <FaultChoice setup={setup} choose={choose} />
      <button type="button" onClick={again}>
        Begin anew
      </button>
      <SetupMeans setup={setup} />
    </section>
  );
}

/** What was chosen, in full: a closed list may show a part of it only. */
function SetupMeans({ setup: { scenario, clock, fault } }: { readonly setup: Setup }) {
  const illegal = scenario.startsWith('illegal=')
    ? (scenario.slice('illegal='.length) as keyof typeof illegalHistories)
    : undefined;
  const script = bundledScripts.find(({ name }) => name === scenario);
  const chosen: readonly (readonly [string, string])[] = [
    ...(illegal ? [[illegal, illegalHistories[illegal].lesson] as const] : []),
    ...(script ? [[script.title, script.lesson] as const] : []),
    [clock, clocks[clock as keyof typeof clocks]],
    ...(fault === '' ? [] : [[fault, faults[fault as keyof typeof faults].lesson] as const]),
  ];
  return (
    <ul class="because">
      {chosen.map(([name, means]) => (
        <li key={name}>
          <b>{name}</b>: {means}
        </li>
      ))}
    </ul>
  );
}

function FaultChoice({ setup, choose }: { readonly setup: Setup; readonly choose: (setup: Setup) => void }) {
  return (
    <label>
      Fault in transit
      <select
        value={setup.fault}
        onChange={({ currentTarget }) => choose({ ...setup, fault: currentTarget.value })}
      >
        <option value="">none</option>
        {Object.entries(faults)
          .filter(([, { on }]) => !on.startsWith('callback'))
          .map(([name]) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}

/** What the newest folder is in truth, whatever the answers say. */
function FolderInside({ view, step }: { readonly view: SessionView; readonly step: ReplayStep }) {
  const { dispatch } = usePage();
  const { events, settings } = view;
  const open = (): void => {
    if (events.length === 0) return;
    const title = 'The folder of the simulator';
    const at = events.length;
    dispatch({ type: 'load', title, events, at, reading: settings.reading, view: 'play' });
  };
  return (
    <section aria-label="The folder inside">
      <h2>The folder inside</h2>
      <p class="inside">
        In truth <FieldPair fields={step.fields} />
      </p>
      <Outlines machine="folder" settings={settings} standing={step} />
      <ChartLegend shown={['active', 'taken', 'event', 'derived']} />
      <p class="buttons">
        <button type="button" aria-disabled={events.length === 0} onClick={open}>
          Open in Play
        </button>
      </p>
    </section>
  );
}
