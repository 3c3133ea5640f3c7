import {
  alphabetOf,
  cellClause,
  cellOf,
  fields,
  neighbouringReadings,
  questions,
  statuses,
  type Question,
} from '../../../machines/index.ts';
import { code, page, table } from '../../text/markdown.ts';
import { chartOf, machineNames } from '../facts/machine-document.ts';
import type { PairGraph } from '../facts/pairs.ts';
import { orderTitle, severityOrders, type SeverityOrder } from '../severity-scene.ts';

/** The pages that lead to the pictures. */

/** docs/diagrams/statuses.md: the vocabulary as the table that it is on the page, and the order of severity. */
export function statusesPage(): string {
  const rows = statuses.map((status) => [
    `**${status}**`,
    ...fields.map((field) => {
      const cell = cellOf(field, status);
      const link = `[${cell ? 'may be' : 'never'}](../clauses.md#${cellClause(field, status).toLowerCase()})`;
      return cell ? `${link}: ${cell.meaning}${cell.start ? ' _(starts here)_' : ''}` : `_${link}_`;
    }),
  ]);
  const sizes = fields.map((field) => `${code(field)} has ${alphabetOf(field).length}`);
  return page(
    '# Statuses',
    `Which of the ${statuses.length} statuses each of the ${fields.length} fields may show: ${sizes.join(', ')}.`,
    table(['Status', ...fields.map(code)], rows),
    '## Severity',
    '[![Order of severity and the worst of two analyses](severity.svg)](severity.svg)',
    'The result of a group is the worst among its analyses. The worst of nothing has no value; it is not SUCCESS.',
    ...severityOrders().flatMap((one) => [
      `${orderTitle(one)}: ${one.order.map(code).join(' > ')}.`,
      worstTable(one),
    ]),
  );
}

/** The worst of every two resolutions. */
function worstTable({ pairs }: SeverityOrder): string {
  const resolutions = [...new Set(pairs.map(({ of: [one] }) => one))];
  const rows = resolutions.map((one) => [
    `**${one}**`,
    ...pairs.filter(({ of }) => of[0] === one).map((pair) => pair.worst),
  ]);
  return table(['Worst of', ...resolutions], rows);
}

/** docs/machines/README.md. */
export function machinesPage(): string {
  const rows = machineNames.map((name) => {
    const { states, transitions } = chartOf(name);
    const links = `[svg](${name}.svg), [mmd](${name}.mmd), [json](${name}.json)`;
    return [`[${name}](${name}.md)`, states[0]?.description ?? '', String(transitions.length), links];
  });
  return page(
    '# Machines',
    'Three machines, the smallest first, drawn under the default reading from the code that the tests check.',
    table(['Machine', 'What it is', 'Transitions', 'Files'], rows),
    'How other readings change them, and what the folder shows to a client: [diagrams](../diagrams/README.md).',
  );
}

/** One row of the list of pictures: an answer, and the pictures that exist for it. */
export interface ReadingPictures {
  readonly reading: string;
  readonly pictures: readonly { readonly name: string; readonly file: string }[];
  readonly graph: PairGraph;
  /** An earlier answer with the same pairs and moves: it has the picture for both. */
  readonly alike: { readonly reading: string; readonly graph: PairGraph } | null;
}

function picturesText({ pictures, graph, alike }: ReadingPictures): string {
  const links = pictures.map(({ name, file }) => `[${name}](${file})`);
  if (alike === null) return links.join(', ');
  const counts = ({ pairs, moves }: PairGraph) =>
    JSON.stringify([pairs.map(({ folders }) => folders), moves.map(({ events }) => events)]);
  const how = counts(graph) === counts(alike.graph) ? '' : '; only how often each occurs differs';
  return [`pairs and moves as under ${code(alike.reading)}${how}`, ...links].join(', ');
}

/** docs/diagrams/README.md. */
export function diagramsPage(readings: readonly ReadingPictures[]): string {
  const rows = readings.map((row) => {
    const { pairs, moves } = row.graph;
    const surprising = pairs.filter((pair) => pair.surprising).map(({ id }) => id);
    return [
      code(row.reading),
      String(pairs.length),
      String(moves.length),
      surprising.length === 0 ? 'none' : surprising.map(code).join(' '),
      picturesText(row),
    ];
  });
  const asked = [...new Set(neighbouringReadings().map(([name]) => name.split('=')[0]!))]
    .filter((name): name is Question => name in questions)
    .map((name) => `- ${code(name)}: ${questions[name].asks}`);
  return page(
    '# Diagrams',
    'What a client can see of a folder: the pairs of statuses that its two fields show together, and the moves between them. ' +
      'The pairs are computed by exploring the model. A pair is surprising if its two fields seem to disagree.',
    '[![Reachable pairs under the default reading](pairs-default.svg)](pairs-default.svg)',
    '## Every answer',
    'The default reading, then each reading that differs from it in one answer. A difference shows both readings in one picture. ' +
      `Any other picture: ${code('oz-status diagram pairs --reading QUESTION=ANSWER')}, or with ${code('--diff QUESTION=ANSWER')}.`,
    table(['Answer', 'Pairs', 'Moves', 'Surprising pairs', 'Pictures'], rows),
    'The questions:',
    asked.join('\n'),
    '## Others',
    [
      '- [Statuses and severity](statuses.md)',
      '- [The machines](../machines/README.md)',
      '- [Scenarios, step by step](../scenarios.md)',
    ].join('\n'),
  );
}
