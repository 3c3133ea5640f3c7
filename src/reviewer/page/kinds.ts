import { documentedKinds } from '../../../machines/index.ts';

/** The documented kinds of analysis in the words of the API's documentation. */
const words: Readonly<Record<(typeof documentedKinds)[number], string>> = {
  QUALITY: 'Liveness',
  BIOMETRY: 'Face Matching',
  DOCUMENTS: 'Documents',
  COLLECTION: 'Blacklist',
  BLACKLIST: 'Blacklist (older name)',
};

/** The kinds that the page offers to post. */
export const offeredKinds = documentedKinds.filter((kind) => kind !== 'BLACKLIST');

/** What a kind is called; an undocumented one is called as the API would call it. */
export function kindWords(kind: string): string {
  return Object.hasOwn(words, kind) ? words[kind as keyof typeof words] : kind;
}
