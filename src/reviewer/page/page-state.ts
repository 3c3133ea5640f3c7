import type { Answer, FolderEvent, Question, Reading, Settings } from '../../../machines/index.ts';
import { happens } from '../../explore/readings/words.ts';
import { maxPlayed, nothingShared, writeAddress, type Shared } from './address.ts';
import { renumber } from './numbering.ts';
import type { Origin } from './origin.ts';

/** All that the page remembers but the recording that is checked, and how it changes. */
export interface PageState extends Shared {
  /** What the live region says of the last change. */
  readonly says: string;
  /** Whether nothing else of the page says it, so that it has to be seen as well as heard. */
  readonly isSeen: boolean;
  /** What was wrong with the address with which the page was opened. */
  readonly problem: string | null;
  /** How often something was loaded to be played; 0 in a view that was gone to. */
  readonly loaded: number;
  /** Whether the view was gone back to, or forward, by the browser's history. */
  readonly isBack: boolean;
  /** Where what is played comes from, where it was loaded. */
  readonly origin: Origin | null;
}

/** Which of the two readings of a comparison. */
export type Side = 'settings' | 'other';

/** What can happen to the page. */
export type PageAction =
  | {
      readonly type: 'open';
      readonly shared: Shared;
      readonly origin: Origin | null;
      readonly problem?: string;
      readonly isBack?: boolean;
    }
  | { readonly type: 'perform'; readonly event: FolderEvent }
  | { readonly type: 'move'; readonly to: number }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'restart' }
  | {
      readonly type: 'load';
      readonly title: string;
      readonly lesson?: string;
      readonly events: readonly FolderEvent[];
      readonly at: number;
      readonly reading?: Reading;
      readonly other?: Reading;
      readonly view?: string;
    }
  | { readonly type: 'answer'; readonly side: Side; readonly question: Question; readonly answer: Answer }
  | { readonly type: 'read'; readonly side: Side; readonly reading: Reading }
  | { readonly type: 'operator'; readonly operatorRequired: Settings['operatorRequired'] }
  | { readonly type: 'check'; readonly file: string; readonly data?: string }
  | { readonly type: 'say'; readonly says: string; readonly isSeen?: boolean }
  | { readonly type: 'dismiss' };

/** The state after an action. */
export const change = (state: PageState, action: PageAction): PageState =>
  changed({ ...state, isSeen: false }, action);

function changed(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'open':
      return {
        ...state,
        ...action.shared,
        says: '',
        problem: action.problem ?? null,
        loaded: 0,
        isBack: action.isBack ?? false,
        // Another view of what is played comes from the same place.
        origin: action.origin ?? (isSame(action.shared.events, state.events) ? state.origin : null),
      };
    case 'perform':
      return perform(state, action.event);
    case 'move':
      return moveTo(state, action.to);
    case 'step':
      return moveTo(state, state.at + action.by);
    case 'restart':
      return { ...state, events: [], at: 0, origin: null, says: 'Restarted: the folder has no analyses.' };
    case 'load': {
      const { title, lesson = '', at, reading = state.settings.reading, other = state.other } = action;
      const events = renumber(action.events);
      return {
        ...state,
        events,
        origin: { title, lesson, events, reading },
        at,
        settings: { ...state.settings, reading },
        other,
        view: action.view ?? state.view,
        says: `Loaded: ${title}.`,
        loaded: state.loaded + 1,
        isBack: false,
      };
    }
    case 'answer': {
      const base = action.side === 'settings' ? state.settings.reading : state.other;
      const reading = { ...base, [action.question]: action.answer };
      return { ...withReading(state, action.side, reading), says: `${action.question} is ${action.answer}.` };
    }
    case 'read':
      return { ...withReading(state, action.side, action.reading), says: 'The reading has changed.' };
    case 'operator':
      return { ...state, settings: { ...state.settings, operatorRequired: action.operatorRequired } };
    case 'check':
      return { ...state, file: action.file, data: action.data ?? '' };
    case 'say':
      return { ...state, says: action.says, isSeen: action.isSeen ?? false };
    case 'dismiss':
      return { ...state, problem: null };
  }
}

function isSame(one: readonly FolderEvent[], other: readonly FolderEvent[]): boolean {
  const [first, second] = [one, other].map((events) =>
    writeAddress({ ...nothingShared, view: '', events, at: events.length }),
  );
  return first === second;
}

function withReading(state: PageState, side: Side, reading: Reading): PageState {
  return side === 'other'
    ? { ...state, other: reading }
    : { ...state, settings: { ...state.settings, reading } };
}

function perform(state: PageState, event: FolderEvent): PageState {
  if (state.at >= maxPlayed) {
    return { ...state, says: `No more than ${maxPlayed} events are played: restart.`, isSeen: true };
  }
  const events = [...state.events.slice(0, state.at), event];
  return { ...state, events, at: events.length, says: `${happens(event)}.` };
}

function moveTo(state: PageState, to: number): PageState {
  const at = Math.max(0, Math.min(to, state.events.length));
  if (at === state.at) return state;
  const event = state.events[at - 1];
  const where = event === undefined ? 'the folder as created' : happens(event);
  return { ...state, at, says: `Step ${at} of ${state.events.length}: ${where}.` };
}
