import type { Plain } from '../../../inspection/plain.ts';
import type { InspectionRecord, PlainObject } from '../../../inspection/records.ts';
import type { InspectedActor } from '../../../inspection/session.ts';
import { escapedJson, printable } from '../../../text/escape.ts';

const maxLines = 200;
const maxLine = 400;

/** A value as JSON over some lines, without signs that change how the lines are read. */
export function jsonLines(value: Plain | undefined): string {
  const lines = escapedJson(value ?? null).split('\n');
  const shown = lines.slice(0, maxLines).map((line) => line.slice(0, maxLine));
  return [...shown, ...(lines.length > maxLines ? [`… ${lines.length - maxLines} more lines`] : [])].join(
    '\n',
  );
}

/** What an actor is called. */
export const actorName = ({ record: { name, sessionId } }: InspectedActor): string =>
  printable(name ?? sessionId, 60);

/** Where an actor runs, and its session there. */
export const actorPlace = ({ record: { source, sessionId } }: InspectedActor): string =>
  printable([source, sessionId].filter((part) => part !== undefined).join(' '), 80);

/** The state that a snapshot shows, in one line: its value, or how it stands with actors that have none. */
export function stateText(snapshot: PlainObject | undefined): string {
  if (snapshot === undefined) return 'nothing yet';
  const { value, status } = snapshot;
  const stands = typeof status === 'string' && status !== 'active' ? ` (${status})` : '';
  return printable(
    `${value === undefined ? (stands === '' ? 'active' : '') : valueText(value)}${stands}`.trim(),
    200,
  );
}

function valueText(value: Plain): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return typeof value === 'string' ? value : JSON.stringify(value);
  return Object.entries(value)
    .map(([name, inner]) => {
      const text = valueText(inner ?? null);
      return text === '' ? name : `${name}: ${text}`;
    })
    .join(', ');
}

/** What happened, in one line. */
export function recordText({ type, event, snapshot, transitions = [] }: InspectionRecord): string {
  const name = typeof event?.['type'] === 'string' ? event['type'] : '';
  switch (type) {
    case '@xstate.actor':
      return 'begins';
    case '@xstate.event':
      return `is sent ${printable(name, 80)}`;
    case '@xstate.microstep':
      return printable(
        transitions.length > 0 ? `takes ${transitions.join('; ')}` : 'takes no transition',
        160,
      );
    case '@xstate.snapshot':
      return `shows ${stateText(snapshot)}`;
  }
}
