import { isQuotable } from '../../observations/quoting.ts';

/** What the ids and keys of recordings are called from the reader on: in observations, findings and places. */
export interface Naming {
  /** Whether every id is called as it was received. */
  readonly isPlain: boolean;
  /** The name of the folder, analysis or group with this id; other ids have other names. */
  id(received: string): string;
  /** The name of a key that the recording chose; other keys have other names. */
  key(received: string): string;
}

const asReceived = (received: string): string => received;

/**
 * A naming for one check, in which ids are called as `id` says, or as received. A key that is no word, and might
 * be a person's name as well, is called by its number and length.
 */
export function createNaming(id = asReceived): Naming {
  const numbers = new Map<string, number>();
  return {
    isPlain: id === asReceived,
    id,
    key(received) {
      if (isQuotable(received)) return received;
      const number = numbers.get(received) ?? numbers.size + 1;
      numbers.set(received, number);
      return `(key ${number}, ${received.length} characters)`;
    },
  };
}
