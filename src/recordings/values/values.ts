import type { Context } from './context.ts';
import { isEnvelope, readEnvelope } from './envelopes.ts';
import { isObject, pointerTo } from './fields.ts';
import { harEntries, readHar } from './har.ts';
import { readAnswer } from './shapes.ts';

/** Reads one JSON value of a recording: a HAR, an envelope, a list that begins with one, or an answer itself. */
export function readValue(value: unknown, context: Context): void {
  const entries = isObject(value) ? harEntries(value) : undefined;
  if (entries) readHar(entries, context);
  else if (isObject(value) && isEnvelope(value)) readEnvelope(value, '', context);
  else if (Array.isArray(value) && startsWithEnvelope(value)) readEnvelopes(value, context);
  else readAnswer(value, '', context);
}

function startsWithEnvelope(list: readonly unknown[]): boolean {
  return isObject(list[0]) && isEnvelope(list[0]);
}

function readEnvelopes(list: readonly unknown[], context: Context): void {
  for (const [at, element] of list.entries()) {
    const pointer = pointerTo('', at);
    if (isObject(element) && isEnvelope(element)) readEnvelope(element, pointer, context);
    else readAnswer(element, pointer, context);
  }
}
