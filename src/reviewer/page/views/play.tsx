import { useMemo, useState } from 'preact/hooks';
import { allAnalyses, type Analysis, type Settings } from '../../../../machines/index.ts';
import { settingsText } from '../../../diagrams/facts/settings-text.ts';
import { analysisFirings, folderFirings, groupFirings } from '../firings.ts';
import { kindWords } from '../kinds.ts';
import { usePage } from '../page-context.ts';
import { Clauses, ClauseText } from '../parts/clauses.tsx';
import { Coded } from '../parts/coded.tsx';
import { ChartLegend } from '../parts/chart-legend.tsx';
import { History } from '../parts/history.tsx';
import { NextEvents } from '../parts/next-events.tsx';
import { Outlines } from '../parts/outline.tsx';
import { Payload } from '../parts/payload.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { OperatorSetting, ReadingForm } from '../parts/reading-form.tsx';
import { FieldPair } from '../parts/status.tsx';
import { Story } from '../parts/story.tsx';
import { playAnalysis, playFolder, playGroup, type ReplayStep } from '../replay.ts';

/** Plays a folder: post groups, let analyses end, see what the API would show. */
export function Play() {
  const { state } = usePage();
  const { settings, events, at } = state;
  const steps = useMemo(() => playFolder(events, settings), [events, settings]);
  const step = steps[at]!;
  const firings = useMemo(() => folderFirings(step.folder, settings), [step, settings]);
  const sides = [{ name: 'the reading', folder: step.folder, settings }] as const;
  return (
    <>
      <p class="lead">
        Post groups, let their analyses end, and see what a client of the API would be shown. Each button says
        beforehand what the folder would show: <code>resolution_status</code> · <code>system_resolution</code>
        .
      </p>
      <details class="settings">
        <summary>{settingsText(settings)}</summary>
        <ReadingForm side="settings" legend="Answers to the open questions" />
        <OperatorSetting />
      </details>
      <p class="now">
        Now <FieldPair fields={step.fields} />
      </p>
      <div class="columns">
        <div class="column">
          <PostForm sides={sides} />
          <section aria-label="What can happen next">
            <h2>What can happen next</h2>
            <NextEvents sides={sides} />
          </section>
          <History played={[{ name: 'the reading', steps }]} />
        </div>
        <div class="column wide">
          <section aria-label="Folder">
            <h2>The folder</h2>
            <Story />
            <Outlines machine="folder" settings={settings} standing={step} firings={firings} />
            <ChartLegend />
          </section>
          <Member key={at} steps={steps.slice(0, at + 1)} settings={settings} />
        </div>
        <div class="column">
          <section aria-label="Answer of the API">
            <h2>What the API answers</h2>
            <Payload folder={step.folder} before={steps[at - 1]?.folder} reading={settings.reading} />
          </section>
          <InForce step={step} />
        </div>
      </div>
    </>
  );
}

/** The clauses behind what is shown now, and behind how it came about. */
export function InForce({ step: { clauses, takenClauses, refusal } }: { readonly step: ReplayStep }) {
  return (
    <section aria-label="Clauses in force">
      <h2>Clauses in force</h2>
      {refusal && (
        <p class="error">
          The last event was refused: <Coded text={refusal.because} />. <ClauseText id={refusal.clause} />
        </p>
      )}
      {takenClauses.length > 0 && (
        <>
          <h3>Behind the last step</h3>
          <Clauses ids={takenClauses} />
        </>
      )}
      <h3>{takenClauses.length > 0 ? 'Behind what is shown besides' : 'Behind what is shown'}</h3>
      <Clauses ids={clauses.filter((id) => !takenClauses.includes(id))} />
    </section>
  );
}

/** The analysis to which the last event happened, or the first of a group that was just posted. */
function subjectOf({ event, folder }: ReplayStep): Analysis | undefined {
  const id = event?.type === 'group.posted' ? event.analyses[0]?.id : event?.id;
  return allAnalyses(folder).find((analysis) => analysis.id === id) ?? allAnalyses(folder).at(-1);
}

function Member({ steps, settings }: { readonly steps: readonly ReplayStep[]; readonly settings: Settings }) {
  const step = steps.at(-1)!;
  const [chosen, choose] = useState(() => subjectOf(step)?.id);
  const { groups } = step.folder;
  const group = groups.find(({ analyses }) => analyses.some(({ id }) => id === chosen));
  const analysis = group?.analyses.find(({ id }) => id === chosen);
  if (!group || !analysis) return null;
  return (
    <section aria-label="One analysis and its group">
      <h2>
        <label>
          Analysis{' '}
          <select value={analysis.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {allAnalyses(step.folder).map(({ id, kind }) => (
              <option key={id} value={id}>{`${id} ${kindWords(kind)}`}</option>
            ))}
          </select>
        </label>{' '}
        and its group {group.id}
      </h2>
      <div class="outlines">
        <Outlines
          machine="analysis"
          settings={settings}
          standing={playAnalysis(analysis, steps, settings)}
          firings={analysisFirings(step.folder, analysis, settings)}
        />
        <Outlines
          machine="group"
          settings={settings}
          standing={playGroup(group, steps, settings)}
          firings={groupFirings(step.folder, group, settings)}
        />
      </div>
    </section>
  );
}
