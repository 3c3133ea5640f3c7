import { describe, expect } from 'vitest';
import { project, reduceFolder, emptyFolder, type Folder, type Reading } from '../../machines/index.ts';
import type { Scope } from '../../src/explore/readings/field-rules.ts';
import { rulesFor, spokenRules } from '../../src/explore/readings/rule-words.ts';
import { holdsIn } from '../export/tables.ts';
import { anyEvents, anySettings } from '../machines/properties/arbitraries.ts';
import { prop } from '../property.ts';

const scopes: Readonly<Record<string, Scope>> = {
  'the folder': 'folder',
  'the group that was posted last': 'last-applied',
  'the group that settled last': 'last-settled',
  'the group that finished last': 'last-finished',
};

/** Whether a sentence holds, as whoever reads it would find out. */
function holds(sentence: string, folder: Folder, reading: Reading): boolean {
  if (sentence === 'otherwise') return true;
  if (sentence === 'the folder has no analyses') return folder.groups.length === 0;
  return sentence.split(' and ').every((part) => {
    const [, scope = '', status = ''] = /^an analysis of (.+) is ([A-Z_]+)$/.exec(part)!;
    return holdsIn(folder, { scope: scopes[scope]!, holds: status as 'FAILED' }, reading);
  });
}

describe('the rules in words', () => {
  prop([anyEvents, anySettings], { numRuns: 200 })(
    'the first rule in words that holds is what the model shows, at every step under every reading',
    (events, settings) => {
      const { reading } = settings;
      let folder = emptyFolder;
      for (const event of [null, ...events]) {
        if (event) folder = reduceFolder(folder, event, settings);
        for (const field of ['resolution_status', 'system_resolution'] as const) {
          const rules = spokenRules(field, reading);
          const at = rules.findIndex(({ when }) => holds(when, folder, reading));
          const shown = project(folder, reading)[field];
          expect(rules[at]!.shows, JSON.stringify(reading)).toBe(shown);
          expect(rulesFor(field, shown, reading).map(({ number }) => number)).toContain(at + 1);
        }
      }
    },
  );
});
