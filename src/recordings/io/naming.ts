import { isQuotable } from '../../observations/quoting.ts';

/** What the ids and keys of recordings are called from the reader on: in observations, findings and places. */
export interface Naming {
  /** Whether every id is called as `usualId` writes it. */
  readonly isPlain: boolean;
  /** The name of the folder, analysis or group with this id, however that is written; other ids have other names. */
  id(received: string): string;
  /** The name of a key that the recording chose; other keys have other names. */
  key(received: string): string;
}

const uuid = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

const capital = /[A-F]/;

/** An id as it is compared: a UUID in small letters and with its dashes, which say nothing; any other as received. */
export function usualId(received: string): string {
  if (received.length < 32 || received.length > 36) return received;
  // With all its dashes it is written as usual, unless it has capitals.
  if (received.length === 36 && !capital.test(received)) return received;
  const parts = uuid.exec(received);
  return parts ? parts.slice(1).join('-').toLowerCase() : received;
}

const asUsual = (id: string): string => id;

/**
 * A naming for one check, in which ids are called as `id` says, or as `usualId` writes them. A key that is no word, and might
 * be a person's name as well, is called by its number and length.
 */
export function createNaming(id = asUsual): Naming {
  const numbers = new Map<string, number>();
  return {
    isPlain: id === asUsual,
    id: (received) => id(usualId(received)),
    key(received) {
      if (isQuotable(received)) return received;
      const number = numbers.get(received) ?? numbers.size + 1;
      numbers.set(received, number);
      return `(key ${number}, ${received.length} characters)`;
    },
  };
}
