import { answersTo, operatorRequiredSettings, questionNames } from '../../../machines/index.ts';

/** The JSON Schema of a machine document. */

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const texts = { type: 'array', items: text } as const;
const anyObject = { type: 'object' } as const;
const listOf = (name: string) => ({ type: 'array', items: { $ref: `#/$defs/${name}` } }) as const;
const exactly = (properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const call = exactly({ name: { type: 'string', minLength: 1 }, params: {} });

const state = exactly({
  id: text,
  key: text,
  parent: textOrNull,
  kind: { enum: ['atomic', 'compound', 'parallel', 'final', 'history'] },
  description: textOrNull,
  initial: textOrNull,
  tags: texts,
  meta: anyObject,
  entry: listOf('call'),
  exit: listOf('call'),
});

const transition = exactly({
  id: text,
  source: text,
  event: { ...textOrNull, description: 'null: taken at once, without an event, as soon as the guard holds' },
  guard: { oneOf: [{ type: 'null' }, { $ref: '#/$defs/call' }] },
  targets: { ...texts, description: 'empty: the event is handled without leaving the state' },
  reenter: { type: 'boolean' },
  actions: listOf('call'),
  description: textOrNull,
  meta: anyObject,
});

const readingChange = exactly({
  reading: text,
  changes: {
    type: 'array',
    items: exactly({
      id: text,
      change: { enum: ['added', 'removed', 'changed'] },
      now: { oneOf: [{ type: 'null' }, { $ref: '#/$defs/state' }, { $ref: '#/$defs/transition' }] },
    }),
  },
});

const settings = exactly({
  reading: exactly(
    Object.fromEntries(questionNames.map((question) => [question, { enum: [...answersTo(question)] }])),
  ),
  operatorRequired: { enum: [...operatorRequiredSettings] },
});

/** Describes `docs/machines/*.json`; JSON Schema draft 2020-12. */
export const machineSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://oz-status-spec.invalid/schemas/machine.schema.json',
  title: 'A state machine of oz-status-spec',
  ...exactly({
    $schema: text,
    format: { const: 'oz-status-machine' },
    version: { const: 1 },
    settings,
    id: text,
    events: texts,
    states: { ...listOf('state'), minItems: 1, description: 'in document order, the root first' },
    transitions: { ...listOf('transition'), description: 'in the order of their priority' },
    readings: listOf('readingChange'),
  }),
  $defs: { call, state, transition, readingChange },
} as const;
