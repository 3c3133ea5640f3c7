import type { Ask, Content } from '../transport/answer.ts';
import { failure, type Answer } from '../transport/answer.ts';
import type { MetaData } from '../session/entries.ts';

/** What a client asks to be analysed. */
export interface WantedAnalysis {
  readonly kind: string;
  readonly sources: readonly string[];
}

/** What a request says of a folder or of a group. */
export interface Wanted {
  readonly meta: MetaData;
  readonly files: readonly string[];
  /** Absent: the request has no member for analyses. */
  readonly analyses?: readonly WantedAnalysis[];
}

/** An object of JSON. */
export type JsonMembers = Readonly<Record<string, unknown>>;

/** Whether a value is an object and no list. */
export const isMembers = (value: unknown): value is JsonMembers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was received, in words: numbers and short words as they are, else what it is. */
export function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || value === null) return String(value);
  if (typeof value === 'string')
    return /^[\w.-]{1,60}$/.test(value) ? `“${value}”` : `a text of ${value.length} characters`;
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

/** The longest name of a kind. */
const maxKind = 100;

class Wrong extends Error {
  readonly answer: Answer;
  constructor(name: 'structure' | 'value' | 'type', message: string) {
    super(message);
    this.answer = failure(name, message);
  }
}

/** The answer to a body that cannot be read. */
export const unreadable = ({ problem, status }: Extract<Content, { readonly is: 'unreadable' }>): Answer =>
  failure('structure', problem, { status });

/** Reads what a request wants, or answers what is wrong with it. */
export function readWanted({ content }: Ask): Wanted | Answer {
  if (content.is === 'nothing') return { meta: {}, files: [] };
  if (content.is === 'unreadable') return unreadable(content);
  try {
    const { value, files } = content;
    if (!isMembers(value)) throw new Wrong('structure', `expected an object, received ${described(value)}`);
    const meta = metaOf(value);
    const listed = filesOf(value);
    const analyses = Object.hasOwn(value, 'analyses') ? analysesOf(value['analyses']) : undefined;
    return { meta, files: [...files, ...listed], ...(analyses ? { analyses } : {}) };
  } catch (error) {
    if (error instanceof Wrong) return error.answer;
    throw error;
  }
}

/** Whether what was read is an answer already. */
export const isAnswer = (read: object): read is Answer => 'status' in read && 'body' in read;

function metaOf(value: JsonMembers): MetaData {
  const meta = member(value, {}, 'meta_data', 'folder:meta_data');
  if (!isMembers(meta)) throw new Wrong('type', `meta_data: expected an object, received ${described(meta)}`);
  return { ...meta };
}

/** A member under one of its names, or what is usual where it is absent; the longer name is that of a part of a form. */
function member(value: JsonMembers, usual: unknown, ...names: readonly string[]): unknown {
  const name = names.find((one) => Object.hasOwn(value, one));
  return name === undefined ? usual : value[name];
}

/** Names of media in a JSON body, where no files are sent. */
function filesOf(value: JsonMembers): readonly string[] {
  const media = member(value, [], 'media');
  if (!Array.isArray(media)) throw new Wrong('type', `media: expected a list, received ${described(media)}`);
  return media.map((one: unknown, at) => {
    const name = isMembers(one) ? (one['original_name'] ?? one['name']) : one;
    if (typeof name !== 'string')
      throw new Wrong('type', `media/${at}: expected a name, received ${described(name)}`);
    return name;
  });
}

function analysesOf(list: unknown): readonly WantedAnalysis[] {
  if (!Array.isArray(list)) throw new Wrong('type', `analyses: expected a list, received ${described(list)}`);
  return list.map((one: unknown, at) => {
    if (!isMembers(one))
      throw new Wrong('structure', `analyses/${at}: expected an object, received ${described(one)}`);
    const { type, source_media: sources = [] } = one;
    if (typeof type !== 'string')
      throw new Wrong('type', `analyses/${at}/type: expected a text, received ${described(type)}`);
    if (type === '' || type.length > maxKind)
      throw new Wrong('value', `analyses/${at}/type: expected a kind of at most ${maxKind} letters`);
    if (!Array.isArray(sources) || !sources.every((id) => typeof id === 'string'))
      throw new Wrong('type', `analyses/${at}/source_media: expected a list of ids of media`);
    return { kind: type.toUpperCase(), sources };
  });
}
