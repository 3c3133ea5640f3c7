import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckOptions } from '../../../observations/results.ts';
import { settingsText } from '../../../diagrams/facts/settings-text.ts';
import { printable } from '../../../text/escape.ts';
import { counted } from '../../../text/layout.ts';
import type { CheckProgress } from '../check/check-session.ts';
import { checkStore, type CheckState } from '../check/check-store.ts';
import { packRecording, unpackRecording } from '../check/shared-recording.ts';
import { Results } from '../check/results.tsx';
import type { BundledRecording } from '../facts.ts';
import { usePage } from '../page-context.ts';
import { Coded } from '../parts/coded.tsx';
import { FileDrop } from '../parts/file-drop.tsx';
import { OperatorSetting, ReadingForm } from '../parts/reading-form.tsx';

function useCheck(): CheckState {
  const [state, setState] = useState(checkStore.state);
  useEffect(() => checkStore.subscribe(() => setState(checkStore.state)), []);
  return state;
}

const choiceTexts = {
  anyReading: 'Any reading will do: admit every answer to every question but operator-decision',
  firstSeen: 'Analyses that are first seen together are one group',
  stale: 'The fields of a folder may be older than its list, as from a replica',
  decidedLast: 'A group in which an operator decides counts as the one that finished last',
};

/** Judges recordings and shows how the verdicts came about. */
export function Check() {
  const { state: page } = usePage();
  const state = useCheck();
  const before = checkStore.options;
  const [anyReading, setAnyReading] = useState(before?.anyReading ?? false);
  const [firstSeen, setFirstSeen] = useState(before?.groups === 'first-seen');
  const [stale, setStale] = useState(before?.fields === 'stale');
  const [decidedLast, setDecidedLast] = useState(before?.decidedGroup === 'last');
  const options: CheckOptions = {
    settings: page.settings,
    anyReading,
    groups: firstSeen ? 'first-seen' : 'known',
    fields: stale ? 'stale' : 'current',
    decidedGroup: decidedLast ? 'last' : 'in-place',
  };
  const choices = [
    [anyReading, setAnyReading, choiceTexts.anyReading],
    [firstSeen, setFirstSeen, choiceTexts.firstSeen],
    [stale, setStale, choiceTexts.stale],
    [decidedLast, setDecidedLast, choiceTexts.decidedLast],
  ] as const;
  useAnnounced(state);
  useAddressed(options);
  return (
    <>
      <p class="lead">
        Drop a recording of what a client saw: answers as JSON, lines of JSON, a HAR file, callbacks or a log,
        plain or gzip. It is judged here as <code>oz-status check</code> judges it, and stays on this
        computer.
      </p>
      <Intake options={options} />
      <details class="settings">
        <summary>{anyReading ? 'Judged by any reading' : settingsText(page.settings)}</summary>
        <ReadingForm side="settings" legend="Answers to the open questions" />
        <OperatorSetting />
        {choices.map(([checked, choose, text]) => (
          <Choice key={text} checked={checked} choose={choose} text={text} />
        ))}
      </details>
      {state.is === 'done' && JSON.stringify(options) !== JSON.stringify(before) && (
        <p class="notice">
          <span>These results were judged by other choices than those above.</span>
          <button type="button" onClick={() => void checkStore.check(options)}>
            Judge again
          </button>
        </p>
      )}
      {state.is === 'running' && <Running names={state.names} made={state.made} />}
      {state.is === 'failed' && (
        <p class="notice" role="alert">
          {namesText(state.names)} could not be checked: {printable(state.message)}
        </p>
      )}
      {state.is === 'done' && <ShareRecording />}
      {state.is === 'done' && (
        <Results
          key={state.digest}
          names={namesText(state.names)}
          digest={state.digest}
          client={state.client}
        />
      )}
    </>
  );
}

/** Files are named by strangers too. */
const namesText = (names: readonly string[]): string => {
  const shown = names.slice(0, 3).map((name) => printable(name, 60));
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
};

/** The name of a recording that came in an address. */
const sharedName = 'recording-in-the-address';

/** Checks the bundled recording that the address names, or the recording that it holds, once each. */
function useAddressed(options: CheckOptions): void {
  const { state: page, facts, dispatch } = usePage();
  const { file, data } = page;
  useEffect(() => {
    if (file === '' || checkStore.isOf(file)) return;
    const recording = facts.recordings.find((one) => one.file === file);
    if (recording) void checkStore.check(options, [fileOf(recording)]);
    else dispatch({ type: 'say', says: `There is no bundled recording ${file}.`, isSeen: true });
  }, [file, facts]);
  useEffect(() => {
    if (data === '' || checkStore.hasFiles) return;
    void unpackRecording(data).then((bytes) => {
      if (bytes) void checkStore.check(options, [new File([bytes], sharedName)]);
      else dispatch({ type: 'say', says: 'The address holds no recording that can be read.', isSeen: true });
    });
  }, [data]);
}

/** Puts the recording into the address, for whoever may see it. */
function ShareRecording() {
  const { state, dispatch } = usePage();
  const { onlyFile } = checkStore;
  if (!onlyFile || state.file !== '' || state.data !== '') return null;
  return (
    <p class="buttons">
      <button
        type="button"
        onClick={() =>
          void packRecording(onlyFile).then((data) =>
            dispatch(
              data === null
                ? { type: 'say', says: 'The recording is too long for an address.', isSeen: true }
                : { type: 'check', file: '', data },
            ),
          )
        }
      >
        Put the recording into the address
      </button>
      <small>Whoever gets the address can then read it, ids included.</small>
    </p>
  );
}

function useAnnounced(state: CheckState): void {
  const { dispatch } = usePage();
  const told = useRef(state);
  useEffect(() => {
    if (told.current === state) return;
    if (state.is === 'done') dispatch({ type: 'say', says: `Judged: ${state.digest.conclusion}.` });
    if (state.is === 'running' && told.current.is !== 'running') {
      dispatch({ type: 'say', says: 'Reading the recording.' });
    }
    told.current = state;
  }, [state, dispatch]);
}

function Choice({
  checked,
  choose,
  text,
}: {
  readonly checked: boolean;
  readonly choose: (checked: boolean) => void;
  readonly text: string;
}) {
  return (
    <label class="operator">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => choose(currentTarget.checked)}
      />{' '}
      {text}
    </label>
  );
}

function Intake({ options }: { readonly options: CheckOptions }) {
  const { dispatch } = usePage();
  return (
    <FileDrop
      name="Recordings"
      text="Drop recordings here, or choose files"
      several
      take={(files) => {
        dispatch({ type: 'check', file: '' });
        void checkStore.check(options, files);
      }}
    >
      <Bundled options={options} />
    </FileDrop>
  );
}

function Bundled({ options }: { readonly options: CheckOptions }) {
  const { facts, state, dispatch } = usePage();
  const { recordings } = facts;
  const [chosen, choose] = useState(state.file || (recordings[0]?.file ?? ''));
  const recording = recordings.find(({ file }) => file === chosen);
  return (
    <div class="bundled">
      <label>
        <span>or take one that comes with the project</span>
        <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {recordings.map(({ file, title }) => (
            <option key={file} value={file}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        onClick={() => {
          if (!recording) return;
          void checkStore.check(options, [fileOf(recording)]);
          dispatch({ type: 'check', file: recording.file });
        }}
      >
        Check it
      </button>
      {recording && (
        <p>
          <b>{recording.title}:</b> <Coded text={recording.description} /> <b>Lesson:</b>{' '}
          <Coded text={recording.lesson} />
        </p>
      )}
    </div>
  );
}

function fileOf({ file, bytes }: BundledRecording): File {
  return new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], file);
}

function Running({
  names,
  made,
}: {
  readonly names: readonly string[];
  readonly made: CheckProgress | null;
}) {
  const { read, size, observations } = made ?? { read: 0, size: 0, observations: 0 };
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  return (
    <section class="running" aria-label="Progress">
      <label>
        Reading {namesText(names)}
        <progress {...(size > 0 ? { value: read, max: size } : {})} />
      </label>
      <p class="buttons">
        <span>
          {megabytes(read)} of {megabytes(size)} MB, {counted(observations, 'observation')}
        </span>
        <button type="button" onClick={() => checkStore.cancel()}>
          Cancel
        </button>
      </p>
    </section>
  );
}
