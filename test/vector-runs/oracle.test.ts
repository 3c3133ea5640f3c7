import { describe, expect, test } from 'vitest';
import type { Vector } from '../../src/assurance/vectors/index.ts';
import { some } from '../deep.ts';
import { candidates, memberEvents } from '../machines/paths/bounded.ts';
import {
  naiveWorst,
  OracleFolder,
  type OracleEvent,
  type OracleSettings,
} from '../machines/oracle/folder.ts';
import { printedCells } from '../machines/oracle/page.ts';
import { oracleGraph } from './oracle-graph.ts';
import { difference, settingsOf, vectors, wrongOf } from './vectors.ts';

/** The vectors against rules written from the page, which share no code with what made the vectors. */

describe('the oracle agrees', () => {
  test('on the worst of every list [WORST-ORDER] [GROUP-SUCCESS-MEANS]', () => {
    const lists = vectors.filter(({ given }) => given?.statuses);
    const wrong = wrongOf(lists, (vector) => {
      const found = naiveWorst(vector.given!.statuses!, settingsOf(vector).reading);
      const { worst, verdict } = vector.expected;
      return difference([worst, verdict], [found ?? null, found === undefined ? 'invalid' : 'valid']);
    });
    expect(lists.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });

  test('on every event in every state of an analysis [ANALYSIS-FINAL] [OPERATOR-DECISION]', () => {
    const cases = vectors.filter(({ given }) => given?.analysis);
    const wrong = wrongOf(cases, (vector) => {
      const { id, kind, resolution } = vector.given!.analysis!;
      const settings = settingsOf(vector);
      const event = { ...vector.events![0]!, id } as OracleEvent;
      const accepts = (under: OracleSettings) => {
        const folder = folderWith(kind, resolution, id, under);
        return { accepted: folder.accept(event), shown: folder.resolutions()[0]! };
      };
      const { accepted, shown } = accepts(settings);
      const open =
        settings.reading['operator-decision'] === 'unspecified' &&
        accepts(allowingDecisions(settings)).accepted;
      const state = shown === 'PROCESSING' || shown === 'FAILED' ? shown : 'FINISHED';
      return (
        difference(vector.expected.projections, [{ accepted, state, resolution_status: shown }]) ??
        difference(vector.expected.verdict, accepted ? 'valid' : open ? 'unspecified' : 'invalid')
      );
    });
    expect(cases.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });

  test('on the result of a group after every event [GROUP-RESULT-WORST] [OPERATOR-DECISION]', () => {
    const cases = vectors.filter(({ given }) => given?.group);
    const wrong = wrongOf(cases, (vector) => {
      const { id: groupId, analyses } = vector.given!.group!;
      const post = { type: 'group.posted', groupId, analyses };
      return wrongSteps(vector, [post], (folder, { reading }) => ({
        group_result: naiveWorst(folder.resolutions(), reading),
      }));
    });
    expect(cases.length).toBeGreaterThan(70);
    expect(wrong).toEqual([]);
  });

  test('on what a folder shows after every event [FOLDER-STAGE] [FOLDER-RESULT-LAST-FINISHED]', () => {
    const cases = vectors.filter(({ events, given }) => events && !given?.analysis && !given?.group);
    const wrong = wrongOf(cases, (vector) => wrongSteps(vector, [], (folder) => folder.fields()));
    expect(cases.length).toBeGreaterThan(250);
    expect(wrong).toEqual([]);
  });

  test('on what can be observed, by a search over its folders [FOLDER-RESULT] [RESULT-INHERITS-STATE]', () => {
    const cases = vectors.filter(({ observations }) => observations);
    const wrong = wrongOf(some(350, cases), (vector) =>
      difference(vector.expected.verdict, verdictOn(vector)),
    );
    expect(cases.length).toBeGreaterThan(700);
    expect(wrong).toEqual([]);
  });

  test('on which statuses are outside the column of their field [FOLDER-SUCCESS] [STATE-DECLINED]', () => {
    const legal = new Set(
      printedCells.filter((cell) => cell.legal).map(({ field, status }) => `${field} ${status}`),
    );
    const wrong = wrongOf(
      vectors.filter(({ observations }) => observations),
      (vector) => {
        const outside = vector.observations!.some((body) =>
          statusesIn(body).some((each) => !legal.has(each)),
        );
        return difference(outside, vector.expected.findings?.includes('STATUS_NOT_IN_FIELD') ?? false);
      },
    );
    expect(wrong).toEqual([]);
  });
});

/** What is wrong with the projections or the verdict of events that happen to a folder after `first`. */
function wrongSteps(
  vector: Vector,
  first: readonly OracleEvent[],
  show: (folder: OracleFolder, settings: OracleSettings) => object,
): string | undefined {
  const run = (settings: OracleSettings) => {
    const folder = new OracleFolder(settings);
    for (const event of first) folder.accept(event);
    return (vector.events as readonly OracleEvent[]).map((event) => ({
      accepted: folder.accept(event),
      ...show(folder, settings),
    }));
  };
  const isTaken = (steps: ReturnType<typeof run>): boolean => steps.every(({ accepted }) => accepted);
  const settings = settingsOf(vector);
  const steps = run(settings);
  const open =
    settings.reading['operator-decision'] === 'unspecified' && isTaken(run(allowingDecisions(settings)));
  return (
    difference(vector.expected.projections, steps) ??
    difference(vector.expected.verdict, isTaken(steps) ? 'valid' : open ? 'unspecified' : 'invalid')
  );
}

const allowingDecisions = ({ reading, operatorRequired }: OracleSettings): OracleSettings => ({
  reading: { ...reading, 'operator-decision': 'allowed' },
  operatorRequired,
});

/** A folder whose one analysis is in that state. */
function folderWith(kind: string, resolution: string, id: string, settings: OracleSettings): OracleFolder {
  const folder = new OracleFolder(settings);
  folder.accept({ type: 'group.posted', groupId: 'g', analyses: [{ id, kind }] });
  if (resolution === 'PROCESSING') return folder;
  const event =
    resolution === 'FAILED' ? { type: 'analysis.failed', id } : { type: 'analysis.finished', id, resolution };
  if (!folder.accept(event)) throw new RangeError(`no analysis of kind ${kind} is ever ${resolution}`);
  return folder;
}

type Body = Readonly<Record<string, unknown>>;

const analysesIn = (body: Body): readonly Body[] =>
  'analyse_id' in body ? [body] : ((body['analyses'] ?? []) as readonly Body[]);

/** The statuses in a body, each with its field as the page names it. */
function statusesIn(body: object): readonly string[] {
  const folder = body as Body;
  const ofFolder =
    'analyse_id' in folder
      ? {}
      : {
          'folder.resolution_status': folder['resolution_status'],
          system_resolution: folder['system_resolution'],
        };
  const all = [
    ofFolder,
    ...analysesIn(folder).map(({ state, resolution_status }) => ({
      'analyse.state': state,
      'analyse.resolution_status': resolution_status,
    })),
  ];
  return all.flatMap((each) =>
    (Object.entries(each) as [string, string | undefined][]).flatMap(([field, status]) =>
      status === undefined ? [] : [`${field} ${status}`],
    ),
  );
}

/** Folders of the oracle, and the numbers of those that one event leads to. */
interface Graph {
  readonly folders: readonly OracleFolder[];
  readonly next: readonly (readonly number[])[];
}

const graphs = new Map<string, Graph>();

/**
 * Every folder that can matter for a vector. Two fields are told apart by no more than three groups of one
 * analysis; analyses that are named are one group of as many, of the observed kinds.
 */
function graphOf(settings: OracleSettings, kinds: readonly string[]): Graph {
  const name = JSON.stringify([settings, kinds]);
  const known = graphs.get(name);
  if (known) return known;
  const analyses = kinds.map((kind, at) => ({ id: `a${at}`, kind }));
  const { folders, steps } = oracleGraph(new OracleFolder(settings), (folder) =>
    kinds.length === 0
      ? candidates({ groups: 3, size: 1, kinds: 'mixed' }, folder.groupCount)
      : [{ type: 'group.posted', groupId: 'g0', analyses }, ...folder.ids().flatMap(memberEvents)],
  );
  const next = folders.map(() => new Set<number>());
  for (const { from, to } of steps) next[from]!.add(to);
  const graph = { folders, next: next.map((each) => [...each]) };
  graphs.set(name, graph);
  return graph;
}

/** Whether the folder, at that moment, can be observed so. */
function shows(folder: OracleFolder, body: Body): boolean {
  const resolutions = folder.resolutions();
  const members = analysesIn(body);
  const fields: Body = folder.fields();
  const fits = members.every(({ state, resolution_status: status }, at) => {
    const resolution = resolutions[at];
    const own = resolution === 'PROCESSING' || resolution === 'FAILED' ? resolution : 'FINISHED';
    return resolution !== undefined && (state ?? own) === own && (status ?? resolution) === resolution;
  });
  if ('analyse_id' in body) return fits;
  return (
    fits &&
    ['resolution_status', 'system_resolution'].every(
      (field) => (body[field] ?? fields[field]) === fields[field],
    )
  );
}

/** Whether some execution of the oracle shows all the bodies, in their order. */
function explains(settings: OracleSettings, bodies: readonly Body[]): boolean {
  const kinds = analysesIn(bodies[0]!).map(({ type }) => String(type));
  const { folders, next } = graphOf(settings, kinds);
  let belief: readonly number[] = [0];
  for (const body of bodies) {
    const reached = [...belief];
    const seen = new Set(reached);
    for (const at of reached) {
      for (const to of next[at]!) {
        if (seen.has(to)) continue;
        seen.add(to);
        reached.push(to);
      }
    }
    belief = reached.filter((at) => shows(folders[at]!, body));
  }
  return belief.length > 0;
}

function verdictOn(vector: Vector): string {
  const settings = settingsOf(vector);
  const bodies = vector.observations as readonly Body[];
  if (explains(settings, bodies)) return 'valid';
  const open = settings.reading['operator-decision'] === 'unspecified';
  return open && explains(allowingDecisions(settings), bodies) ? 'unspecified' : 'invalid';
}
