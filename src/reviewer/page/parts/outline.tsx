import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Settings } from '../../../../machines/index.ts';
import { chartOf, type MachineName } from '../../../diagrams/facts/machine-document.ts';
import { ruleOf } from '../../../diagrams/facts/rules.ts';
import { callText, clausesOf } from '../../../diagrams/facts/statechart.ts';
import { elementId } from '../../../diagrams/scene/svg.ts';
import { happens } from '../../../explore/readings/words.ts';
import type { FolderField } from '../../../explore/readings/rule-words.ts';
import { idPlaceholder, outlineOf, regionsUnder, type Region } from '../facts.ts';
import type { Firings } from '../firings.ts';
import { usePage } from '../page-context.ts';
import type { ReplayPosition } from '../replay.ts';
import { Rules } from './rules.tsx';

const nowhere: Pick<ReplayPosition, 'active' | 'taken'> = { active: [], taken: [] };
const nothingFires: Firings = new Map();

/** What a picture shows besides its states and arrows. */
interface Shown {
  readonly machine: MachineName;
  readonly settings: Settings;
  readonly standing?: Pick<ReplayPosition, 'active' | 'taken'>;
  /** What a click on a state does. */
  readonly firings?: Firings;
}

/** The pictures of a machine, one per region, with the active states and the transitions just taken marked. */
export function Outlines(shown: Shown) {
  const { machine, settings } = shown;
  const regions = useMemo(() => regionsUnder(machine, settings), [machine, settings]);
  return (
    <div class="outlines">
      {regions.map((region) => (
        <RegionOutline key={region.id} region={region} {...shown} />
      ))}
    </div>
  );
}

function RegionOutline({
  region,
  machine,
  settings,
  standing: { active, taken } = nowhere,
  firings = nothingFires,
}: Shown & { readonly region: Region }) {
  const { facts, dispatch } = usePage();
  const [hint, setHint] = useState('');
  const prefix = `${useId()}-`;
  const place = useRef<HTMLDivElement>(null);
  const outline = outlineOf(facts, region);
  const svg = outline?.svg.replaceAll(idPlaceholder, prefix).replace(' role="img"', ' role="group"') ?? '';
  useLayoutEffect(() => {
    if (place.current) show(place.current, { prefix, active, taken, firings });
  }, [svg, prefix, active, taken, firings]);
  const name = region.id.split('.').at(-1)!;
  const isField = region.id.includes('.');
  const fire = (target: EventTarget | null): void => {
    const event = firings.get(possibleAt(target) ?? '');
    if (event) dispatch({ type: 'perform', event });
  };
  return (
    <figure>
      <figcaption>{isField ? <code>{name}</code> : name}</figcaption>
      {/* The only markup that is not made here: drawn when the page was built, never from what a user gave. */}
      <div
        class="picture"
        role="group"
        aria-label={`Picture of ${name}`}
        ref={place}
        onClick={({ target }) => fire(target)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          if (firings.has(possibleAt(event.target) ?? '')) event.preventDefault();
          fire(event.target);
        }}
        onPointerOver={({ target }) => setHint(hintAt(target, machine, settings))}
        onFocusIn={({ target }) => setHint(hintAt(target, machine, settings))}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <p class="hint">{hint}</p>
      {isField && (
        <Rules field={name as FolderField} reading={settings.reading} shows={statusIn(active, region.id)} />
      )}
    </figure>
  );
}

const statusIn = (active: readonly string[], region: string): string | undefined =>
  active.find((id) => id.startsWith(`${region}.`))?.slice(region.length + 1);

const stateAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element
    ? (target.closest('[data-state]')?.getAttribute('data-state') ?? undefined)
    : undefined;

/** The state to which an event leads where a possible state, or a possible arrow, is clicked. */
function possibleAt(target: EventTarget | null): string | undefined {
  const possible = target instanceof Element ? target.closest('.possible') : null;
  return possible?.getAttribute('data-to') ?? possible?.getAttribute('data-state') ?? undefined;
}

interface Marks {
  readonly prefix: string;
  readonly active: readonly string[];
  readonly taken: readonly string[];
  readonly firings: Firings;
}

/** Marks where the machine stands and what can be clicked. */
function show(place: HTMLElement, { prefix, active, taken, firings }: Marks): void {
  const mark = (kind: 'state' | 'move', ids: readonly string[], name: string): void => {
    for (const marked of place.querySelectorAll(`.${name}`)) marked.classList.remove(name);
    for (const id of ids) document.getElementById(prefix + elementId(kind, id))?.classList.add(name);
  };
  mark('state', active, 'active');
  mark('move', taken, 'taken');
  for (const state of place.querySelectorAll('[data-state]')) {
    const event = firings.get(state.getAttribute('data-state') ?? '');
    state.classList.toggle('possible', event !== undefined);
    for (const name of ['role', 'tabindex', 'aria-label']) state.removeAttribute(name);
    if (!event) continue;
    state.setAttribute('role', 'button');
    state.setAttribute('tabindex', '0');
    state.setAttribute('aria-label', `${state.getAttribute('data-state')}: ${happens(event)}`);
  }
  for (const move of place.querySelectorAll('[data-from]')) {
    const leads = firings.has(move.getAttribute('data-to') ?? '');
    move.classList.toggle('possible', leads && active.includes(move.getAttribute('data-from') ?? ''));
    widen(move);
  }
}

/** Gives a thin arrow a broad unseen line, so that a pointer finds it. */
function widen(move: Element): void {
  const line = move.querySelector('path');
  if (!line || move.querySelector('.reach')) return;
  const reach = line.cloneNode() as Element;
  reach.setAttribute('class', 'reach');
  move.append(reach);
}

/** What a state or an arrow stands for: its clauses, and the rule that it waits for. */
function hintAt(target: EventTarget | null, machine: MachineName, settings: Settings): string {
  if (!(target instanceof Element)) return '';
  const chart = chartOf(machine, settings);
  const move = target.closest('[data-from]');
  if (move) {
    const [from, to] = ['data-from', 'data-to'].map((name) => move.getAttribute(name));
    const one = chart.transitions.find(({ source, targets }) => source === from && targets[0] === to);
    if (!one) return '';
    const when =
      ruleOf(one.guard, settings)?.text ?? [one.event ?? '', one.guard ? callText(one.guard) : ''].join(' ');
    return `${from?.split('.').at(-1)} → ${to?.split('.').at(-1)}: ${when.trim()} (${clausesOf(one).join(', ')})`;
  }
  const state = chart.states.find(({ id }) => id === stateAt(target));
  if (!state || state.parent === null) return '';
  return `${state.key}: ${state.description ?? ''} (${clausesOf(state).join(', ')})`;
}
