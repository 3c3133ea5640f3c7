import {
  answersTo,
  decisions,
  defaultReading,
  defaultSettings,
  operatorRequiredSettings,
  questionNames,
  results,
  type Answer,
  type Decision,
  type FolderEvent,
  type Question,
  type Reading,
  type Result,
  type Settings,
} from '../../../machines/index.ts';
import { printable } from '../../text/escape.ts';
import { isData, maxData } from './check/shared-recording.ts';
import { idsPostedBy, nextPost } from './numbering.ts';

/**
 * What the page shows as the part of its address after the sign `#`, for sharing:
 * `1/play?reading=result-scope.all-analyses&events=post.QUALITY.BIOMETRY,1.SUCCESS,2.FAILED&at=2`.
 *
 * An address comes from anybody. It is bounded, made of few signs, checked against the vocabulary of the
 * specification, and nothing of it is ever run. Whatever is wrong with it, the page begins at its start and says so.
 */

/** What of the page an address carries. */
export interface Shared {
  readonly view: string;
  readonly settings: Settings;
  /** The second reading of a comparison. */
  readonly other: Reading;
  readonly events: readonly FolderEvent[];
  /** How many of the events have happened; the rest can be redone. */
  readonly at: number;
  /** The bundled recording that is checked; empty: none. */
  readonly file: string;
  /** A small recording that is checked, packed as text; empty: none. */
  readonly data: string;
}

/** The version of this way of writing addresses. */
const version = '1';

/** The longest address, in characters. */
export const maxAddress = 4096;

/** The most events that the page plays. */
export const maxPlayed = 200;

/** The most analyses that one POST of the page may hold. */
export const maxPosted = 20;

/** Whether the page takes a text for a kind of analysis. */
export function isKind(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(text);
}

const alphabet = /^[A-Za-z0-9_.,=&?/-]*$/;

/** An address, or what is wrong with it. */
export type ReadAddress =
  | { readonly ok: true; readonly shared: Shared }
  | { readonly ok: false; readonly problem: string };

/** What an address without anything says. */
export const nothingShared: Omit<Shared, 'view'> = {
  settings: defaultSettings,
  other: defaultReading,
  events: [],
  at: 0,
  file: '',
  data: '',
};

/** The address of what is shown, without the sign `#`; what is as by default is left out. */
export function writeAddress({ view, settings, other, events, at, file, data }: Shared): string {
  const ids = idsPostedBy(events);
  const parts: readonly (readonly [string, string])[] = [
    ['reading', writeReading(settings.reading)],
    ['other', writeReading(other)],
    [
      'operator',
      settings.operatorRequired === defaultSettings.operatorRequired ? '' : settings.operatorRequired,
    ],
    ['events', events.map((event) => writeEvent(event, ids)).join(',')],
    ['at', at === events.length ? '' : String(at)],
    ['file', file],
    ['data', data],
  ];
  const query = parts.filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`);
  return `${version}/${view}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function writeReading(reading: Reading): string {
  return questionNames
    .filter((question) => reading[question] !== defaultReading[question])
    .map((question) => `${question}.${reading[question]}`)
    .join(',');
}

function writeEvent(event: FolderEvent, ids: readonly string[]): string {
  switch (event.type) {
    case 'group.posted':
      return ['post', ...event.analyses.map(({ kind }) => kind)].join('.');
    case 'analysis.failed':
      return `${ids.indexOf(event.id) + 1}.FAILED`;
    case 'analysis.finished':
      return `${ids.indexOf(event.id) + 1}.${event.resolution}`;
    case 'operator.decided':
      return `${ids.indexOf(event.id) + 1}.decided.${event.resolution}`;
  }
}

class Unreadable extends Error {}

function refuse(what: string, expected: string, received: string): never {
  throw new Unreadable(`${what}: expected ${expected}, received “${printable(received, 60)}”`);
}

/** Reads an address without the sign `#`. An empty one is none, and says to begin at the first of `views`. */
export function readAddress(address: string, views: readonly string[]): ReadAddress {
  try {
    return { ok: true, shared: parse(address, views) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.message };
    throw error;
  }
}

function parse(address: string, views: readonly string[]): Shared {
  if (address === '') return { view: views[0]!, ...nothingShared };
  if (address.length > maxAddress)
    refuse('its length', `at most ${maxAddress} characters`, `${address.length}`);
  if (!alphabet.test(address)) refuse('its signs', 'letters, digits and _ . , = & ? / -', address);
  const [path = '', query = '', ...more] = address.split('?');
  if (more.length > 0) refuse('its parts', 'one question mark', address);
  const [given = '', view = '', ...rest] = path.split('/');
  if (given !== version) refuse('its version', version, given);
  if (rest.length > 0 || !views.includes(view)) refuse('the view', views.join(', '), view);
  const values = readQuery(query);
  const operator = values.get('operator') ?? defaultSettings.operatorRequired;
  const operatorRequired = operatorRequiredSettings.find((each) => each === operator);
  if (!operatorRequired) refuse('operator', operatorRequiredSettings.join(' or '), operator);
  const events = readEvents(values.get('events') ?? '');
  return {
    view,
    settings: { reading: readReading(values.get('reading') ?? ''), operatorRequired },
    other: readReading(values.get('other') ?? ''),
    events,
    at: readPosition(values.get('at'), events.length),
    file: readFile(values.get('file')),
    data: readData(values.get('data')),
  };
}

const known = ['reading', 'other', 'operator', 'events', 'at', 'file', 'data'];

function readQuery(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of query === '' ? [] : query.split('&')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (!known.includes(name)) refuse('a name', known.join(', '), name);
    if (rest.length > 0 || value === '') refuse(name, 'one value', part);
    if (values.has(name)) refuse(name, 'it once', part);
    values.set(name, value);
  }
  return values;
}

function readReading(text: string): Reading {
  let reading = defaultReading;
  for (const part of text === '' ? [] : text.split(',')) {
    const [name = '', answer = '', ...rest] = part.split('.');
    const question = questionNames.find((each) => each === name);
    if (!question || rest.length > 0) refuse('a question', questionNames.join(', '), part);
    reading = { ...reading, [question]: readAnswer(question, answer) };
  }
  return reading;
}

function readAnswer(question: Question, text: string): Answer {
  const answers: readonly Answer[] = answersTo(question);
  return answers.find((each) => each === text) ?? refuse(question, answers.join(', '), text);
}

function readFile(text = ''): string {
  const isName = /^(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,99})?$/.test(text);
  return isName ? text : refuse('file', 'the name of a bundled recording', text);
}

function readData(text = ''): string {
  return isData(text) ? text : refuse('data', `at most ${maxData} letters, digits, _ and -`, text);
}

function readPosition(text: string | undefined, events: number): number {
  if (text === undefined) return events;
  const at = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return at <= events ? at : refuse('at', `a number from 0 to ${events}`, text);
}

function readEvents(text: string): readonly FolderEvent[] {
  const parts = text === '' ? [] : text.split(',');
  if (parts.length > maxPlayed) refuse('events', `at most ${maxPlayed}`, String(parts.length));
  const events: FolderEvent[] = [];
  let ids: readonly string[] = [];
  for (const part of parts) {
    const event = part.startsWith('post.') ? readPost(part, events) : readMemberEvent(part, ids);
    events.push(event);
    if (event.type === 'group.posted') ids = [...ids, ...event.analyses.map(({ id }) => id)];
  }
  return events;
}

function readPost(part: string, before: readonly FolderEvent[]): FolderEvent {
  const [, ...kinds] = part.split('.');
  const wrong = kinds.find((kind) => !isKind(kind));
  if (wrong !== undefined)
    refuse('a kind of analysis', 'a letter, then up to 31 letters, digits or _', wrong);
  if (kinds.length > maxPosted) refuse('a group', `at most ${maxPosted} analyses`, String(kinds.length));
  return nextPost(before.filter(({ type }) => type === 'group.posted').length, kinds);
}

function readMemberEvent(part: string, ids: readonly string[]): FolderEvent {
  const form = 'post.KIND…, NUMBER.STATUS or NUMBER.decided.STATUS';
  const [number = '', ...words] = part.split('.');
  const id = /^[1-9]\d{0,3}$/.test(number) ? ids[Number(number) - 1] : undefined;
  if (id === undefined) {
    return refuse('an event', `${form}, the number of an analysis that was posted before it`, part);
  }
  const [first, second, ...more] = words;
  const decision = decisions.find((each): each is Decision => each === second);
  if (first === 'decided' && decision && more.length === 0) {
    return { type: 'operator.decided', id, resolution: decision };
  }
  if (second !== undefined) return refuse('an event', form, part);
  if (first === 'FAILED') return { type: 'analysis.failed', id };
  const result = results.find((each): each is Result => each === first);
  return result ? { type: 'analysis.finished', id, resolution: result } : refuse('an event', form, part);
}
