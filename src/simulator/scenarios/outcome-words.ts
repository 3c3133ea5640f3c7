import { alphabetOf, mayNeedOperator, type Resolution, type Settings } from '../../../machines/index.ts';
import { kindWords } from './named-paths.ts';

/**
 * Outcomes that a client asks for where it cannot send more than files: by words in the names of its media, in
 * `meta_data.simulate` or in its token. `declined` is meant for every analysis, `quality-declined` for one kind.
 * PROCESSING is the outcome that never comes.
 */

const outcomeOf = new Map<string, Resolution>(
  alphabetOf('analyse.resolution_status').map((status) => [status.toLowerCase(), status]),
);
const kindOfWord = new Map<string, string>(
  Object.entries(kindWords).flatMap(([word, kind]) => [
    [word, kind],
    [kind.toLowerCase(), kind],
  ]),
);

const word = new RegExp(
  `(?<![a-z])(?:(${[...kindOfWord.keys()].join('|')})[-=])?(${[...outcomeOf.keys()].join('|')})(?![a-z])`,
  'gi',
);

/** The most letters of a text in which words are looked for. */
const longestText = 500;

/** How an analysis of this kind is meant to end by the words in some texts; undefined: they say nothing of it. */
export function outcomeByWords(
  kind: string,
  texts: readonly string[],
  settings: Settings,
): Resolution | undefined {
  let general: Resolution | undefined;
  for (const text of texts) {
    for (const [, of, meant = ''] of text.slice(0, longestText).matchAll(word)) {
      const outcome = outcomeOf.get(meant.toLowerCase());
      if (outcome === undefined || !isPossible(kind, outcome, settings)) continue;
      if (of === undefined) general ??= outcome;
      else if (sameKind(kindOfWord.get(of.toLowerCase()), kind)) return outcome;
    }
  }
  return general;
}

const sameKind = (one: string | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

/** Whether an analysis of this kind can end so at all: liveness never needs an operator. */
function isPossible(kind: string, outcome: Resolution, settings: Settings): boolean {
  return outcome !== 'OPERATOR_REQUIRED' || mayNeedOperator(kind, settings);
}
