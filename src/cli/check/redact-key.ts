/** The environment variable with the key by which pseudonyms are the same in every run. */
export const redactKeyVariable = 'OZ_STATUS_REDACT_KEY';

/** A key with fewer characters is refused: who knows the ids could guess it. */
export const shortestKey = 16;
