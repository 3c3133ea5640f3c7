import {
  allReadings,
  neighbouringReadings,
  operatorRequiredSettings,
  type Settings,
} from '../../../machines/index.ts';

/** The default reading and every other answer taken alone, with OPERATOR_REQUIRED enabled; named for `test.each`. */
export const neighbouringSettings: readonly (readonly [string, Settings])[] = neighbouringReadings().map(
  ([name, reading]) => [name, { reading, operatorRequired: 'allowed' }] as const,
);

/** Every reading with every biometry setting. */
export const allSettings: readonly Settings[] = allReadings().flatMap((reading) =>
  operatorRequiredSettings.map((operatorRequired) => ({ reading, operatorRequired })),
);

/** The answers that differ from the default, for messages. */
export function nameSettings({ reading, operatorRequired }: Settings): string {
  return `${Object.values(reading).join(' / ')}; OPERATOR_REQUIRED ${operatorRequired}`;
}
