import { alphabetOf, statuses } from '../../../machines/statuses.ts';
import { listOf, type Line } from './lines.ts';
import type { Random } from './random.ts';

/** Changes a recording in a few places, most of them so that no execution explains it any more. */
export function tamper(lines: readonly Line[], random: Random): Line[] {
  let changed = structuredClone(lines) as Line[];
  for (let times = 1 + random.below(2); times > 0; times -= 1)
    changed = random.pick(changes)(changed, random);
  return changed;
}

type Change = (lines: Line[], random: Random) => Line[];

const bodyOf = (line: Line): unknown => ('body' in line ? line['body'] : line);

/** The folder in an answer of the API, if there is one. */
export function folderOf(line: Line): Line | undefined {
  const body = bodyOf(line);
  if (Array.isArray(body)) return undefined;
  const { items } = body as Line;
  const one = Array.isArray(items) ? (items[0] as Line | undefined) : (body as Line);
  if (!one || !('folder_id' in one) || 'analyse_id' in one || 'analysis_id' in one) return undefined;
  const isCallback = 'analyses' in one && !Array.isArray(one['analyses']);
  return isCallback ? undefined : one;
}

/** Changes one of the lines that `of` finds something in; none if there is none. */
const within =
  <T>(of: (line: Line) => T | undefined, change: (found: T, random: Random, line: Line) => void): Change =>
  (lines, random) => {
    const able = lines.filter((line) => of(line) !== undefined);
    if (able.length === 0) return lines;
    const line = random.pick(able);
    change(of(line)!, random, line);
    return lines;
  };

const filledList = (line: Line): Line[] | undefined => {
  const list = listOf(line);
  return list && list.length > 0 ? list : undefined;
};

const inList = (change: (list: Line[], random: Random, line: Line) => void): Change =>
  within(filledList, change);
const inAnalysis = (change: (analysis: Line, random: Random) => void): Change =>
  inList((list, random) => change(random.pick(list), random));

const stateOf = (literal: string): string =>
  literal === 'PROCESSING' || literal === 'FAILED' ? literal : 'FINISHED';

const idKey = (analysis: Line): string => ('analysis_id' in analysis ? 'analysis_id' : 'analyse_id');

const changes: readonly Change[] = [
  within(folderOf, (folder, random) => {
    folder['resolution_status'] = random.pick(
      random.chance(0.95) ? alphabetOf('folder.resolution_status') : statuses,
    );
  }),
  within(folderOf, (folder, random) => {
    folder['system_resolution'] = random.pick(
      random.chance(0.95) ? alphabetOf('system_resolution') : statuses,
    );
  }),
  inAnalysis((analysis, random) => {
    const literal = random.pick(alphabetOf('analyse.resolution_status'));
    analysis['resolution_status'] = literal;
    delete analysis['resolution'];
    analysis['state'] = stateOf(literal);
  }),
  inAnalysis((analysis, random) => {
    analysis['state'] = random.pick(random.chance(0.9) ? alphabetOf('analyse.state') : statuses);
  }),
  inAnalysis((analysis, random) => {
    const name = String(analysis[idKey(analysis)]).slice(0, 2);
    if (random.chance(0.3)) delete analysis['group_id'];
    else analysis['group_id'] = `${name}-g${random.below(4)}`;
  }),
  (lines, random) => {
    const label = `f1-g${random.below(4)}`;
    for (const line of lines.slice(random.below(lines.length))) {
      for (const analysis of random.some(listOf(line) ?? [], 0.3)) analysis['group_id'] = label;
    }
    return lines;
  },
  inAnalysis((analysis, random) => {
    analysis['type'] = random.pick(['QUALITY', 'BIOMETRY', 'DOCUMENTS', 'quality']);
  }),
  inList((list, random) => void list.splice(random.below(list.length), 1)),
  inList((list, random) => {
    const added = structuredClone(random.pick(list));
    added[idKey(added)] = `f1-a${random.below(4)}${random.below(3)}`;
    list.push(added);
  }),
  inAnalysis((analysis, random) => {
    analysis[idKey(analysis)] = `f1-a${random.below(4)}${random.below(3)}`;
  }),
  (lines, random) => (lines.length > 1 ? lines.toSpliced(random.below(lines.length), 1) : lines),
  (lines, random) => {
    const line = structuredClone(random.pick(lines));
    return lines.toSpliced(random.below(lines.length + 1), 0, line);
  },
  (lines, random) => {
    const [one, other] = [random.below(lines.length), random.below(lines.length)];
    [lines[one], lines[other]] = [lines[other]!, lines[one]!];
    return lines;
  },
  // A list becomes the answer to a POST, so that the group is known whole.
  inList((list, random, line) => {
    const folder = random.chance(0.9) ? 'f1' : 'f2';
    const body = random.chance(0.5) ? list : random.some(list, 0.5);
    for (const key of Object.keys(line)) if (key !== 'started' && key !== 'time') delete line[key];
    Object.assign(line, { method: 'POST', url: `/api/folders/${folder}/analyses/`, status: 201, body });
  }),
  within(folderOf, (folder, random) => {
    folder['folder_id'] = random.pick(['f1', 'f2']);
  }),
  within(folderOf, (folder, random) => {
    delete folder[random.pick(['analyses', 'resolution_status', 'system_resolution'])];
  }),
];
