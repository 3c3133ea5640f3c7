import { answersTo, questionNames } from '../../../machines/readings.ts';

/** The schema of an object with all of these properties, but for the optional ones, and no others. */
export function closed(
  properties: Readonly<Record<string, object>>,
  optional: readonly string[] = [],
): object {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

/** The schema of a list of such items. */
export const listOf = (items: object): object => ({ type: 'array', items });

/** The schema of a number of things. */
export const count = { type: 'integer', minimum: 0 };

/** The schema of a value of this type or null. */
export const orNull = (type: string) => ({ type: [type, 'null'] });

/** The schema of a place in a recording. */
export const place = closed(
  {
    file: { type: 'string' },
    line: { ...orNull('integer'), minimum: 1 },
    column: {
      ...orNull('integer'),
      minimum: 1,
      description: 'in UTF-16 code units, as editors and SARIF count',
    },
    pointer: { ...orNull('string'), description: 'JSON pointer (RFC 6901)' },
    offset: {
      ...count,
      description: 'where the line begins, in bytes, as the recording says itself; absent: it does not',
    },
  },
  ['offset'],
);

/** For each question the schema that `of` makes of its answers. */
export function byQuestion(
  of: (answers: { readonly enum: readonly string[] }) => object,
): Record<string, object> {
  return Object.fromEntries(questionNames.map((question) => [question, of({ enum: answersTo(question) })]));
}
