import { escapedJson } from './escape.ts';

/**
 * A document as JSON, as `escapedJson` writes it, and a line break, in pieces. Whatever is iterable in it and no text
 * is written as a list, whose items are asked for one at a time, so that a generator can make them meanwhile.
 */
export function* streamedJson(document: object): Generator<string> {
  yield* piecesOf(document, '\n');
  yield '\n';
}

/** `margin` is a line break and the spaces before the end of what begins here. */
function* piecesOf(value: unknown, margin: string): Generator<string> {
  if (!holdsStream(value)) {
    yield escapedJson(value).replaceAll('\n', margin);
    return;
  }
  const inner = `${margin}  `;
  const isList = isIterable(value);
  const [open, close] = isList ? '[]' : '{}';
  let before = open;
  for (const [label, item] of isList ? unlabelled(value) : labelled(value)) {
    yield before + inner + label;
    yield* piecesOf(item, inner);
    before = ',';
  }
  yield before === open ? `${open}${close}` : `${margin}${close}`;
}

/** The items of a list or an object, each with what stands before it. */
type Labelled = Iterable<readonly [label: string, item: unknown]>;

function* unlabelled(items: Iterable<unknown>): Labelled {
  for (const item of items) yield ['', item];
}

function* labelled(members: object): Labelled {
  for (const [key, item] of Object.entries(members)) {
    if (item !== undefined) yield [`${escapedJson(key)}: `, item];
  }
}

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** Whether there is, somewhere in `value`, what is made while it is written. */
function holdsStream(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (isIterable(value) && !Array.isArray(value)) return true;
  return Object.values(value).some(holdsStream);
}
