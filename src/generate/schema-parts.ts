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
