import { answersTo, questionNames } from '../../../machines/readings.ts';
import { configOptions } from './check-options.ts';
import type { Option } from '../frame/options.ts';

/** The JSON Schema of a config file; `configProblems` accepts the same values. */
export function configSchema(): object {
  const answers = Object.fromEntries(
    questionNames.map((question) => [question, { enum: answersTo(question) }]),
  );
  const reading = {
    description: configOptions['reading']?.about,
    type: 'object',
    properties: answers,
    additionalProperties: false,
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Config file of oz-status check',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(
        Object.entries(configOptions).map(([key, option]) => [key, settingSchema(option)]),
      ),
      reading,
    },
    additionalProperties: false,
    // Any answer is admitted to the other questions, so that to set one would be overruled.
    anyOf: [
      { properties: { anyReading: { const: false } } },
      { properties: { reading: { type: 'object', propertyNames: { const: 'operator-decision' } } } },
    ],
  };
}

function settingSchema({ type, choices, about, multiple, toFile }: Option): object {
  const description = about;
  if (choices) {
    const one = toFile ? { type, pattern: `^(${choices.join('|')})(=[\\s\\S]+)?$` } : { enum: choices };
    const several = multiple ? { anyOf: [one, { type: 'array', items: one, minItems: 1 }] } : one;
    return { description, ...several, default: choices[0] };
  }
  if (type === 'boolean') return { description, type, default: false };
  const text = { type, minLength: 1 };
  return multiple
    ? { description, anyOf: [text, { type: 'array', items: text, minItems: 1 }] }
    : { description, ...text };
}
