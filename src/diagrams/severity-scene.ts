import {
  alphabetOf,
  defaultReading,
  printedOrder,
  severityOrder,
  worst,
  type Reading,
  type Resolution,
} from '../../machines/index.ts';
import { stackScene, type GridCell } from './figure/grid.ts';
import { changeSigns } from './figure/looks.ts';
import { statusColours } from './scene/palette.ts';
import * as scenes from './scene/scene.ts';
import type { Line, Scene } from './scene/scene.ts';

/** The order of severity, and the worst of any two analyses, under both answers to which of two failures is worse. */

/** One of the two orders, with the worst of every two resolutions. */
export interface SeverityOrder {
  readonly answer: Reading['failed-beside-declined'];
  /** Worst first. */
  readonly order: readonly string[];
  readonly pairs: readonly { readonly of: readonly [Resolution, Resolution]; readonly worst: Resolution }[];
}

/** Both orders. */
export function severityOrders(): readonly SeverityOrder[] {
  const resolutions = tableOrder();
  return (['failed', 'declined'] as const).map((answer) => {
    const reading = { ...defaultReading, 'failed-beside-declined': answer };
    const pairs = resolutions.flatMap((one) =>
      resolutions.map((other) => ({ of: [one, other] as const, worst: worst([one, other], reading)! })),
    );
    return { answer, order: severityOrder(reading), pairs };
  });
}

/** The resolutions of an analysis, worst first as printed. */
function tableOrder(): readonly Resolution[] {
  const alphabet: readonly string[] = alphabetOf('analyse.resolution_status');
  return printedOrder.filter((status): status is Resolution => alphabet.includes(status));
}

/** The sentence that names one of the orders. */
export function orderTitle({ answer }: SeverityOrder): string {
  return answer === 'failed'
    ? 'As printed (failed-beside-declined = failed)'
    : 'FAILED and DECLINED swapped (failed-beside-declined = declined)';
}

/** The picture of both orders. */
export function severityScene(): Scene {
  const orders = severityOrders();
  const [printed] = orders;
  return stackScene(
    { id: 'severity', title: 'Severity: the worst of several analyses', description: inWords(orders) },
    [
      [
        [
          muted(
            'A group is as bad as the worst analysis in it; the worst of none at all has no value, and is not SUCCESS.',
          ),
        ],
        [muted('No analysis is INITIAL. FINISHED is a stage and no result: it has no place in the order.')],
        [clauseRun('WORST-ORDER'), clauseRun('GROUP-RESULT-WORST'), clauseRun('GROUP-SUCCESS-MEANS')],
      ],
      ...orders.flatMap((order) => [
        [
          [scenes.run(' ', { size: 8 })],
          [scenes.run(orderTitle(order), { size: 14, weight: 'bold' as const })],
        ],
        { rows: [chain(order)] },
        { rows: worstTable(order, printed!) },
      ]),
      [[muted(`${changeSigns.changed} where the second order gives another result than the first`)]],
    ],
  );
}

const muted = (text: string) => scenes.run(text, { size: 11.5, colour: 'muted' });
const clauseRun = (clause: string) => scenes.run(clause, { size: 10.5, colour: 'link', clause });

function pillCell(status: string): GridCell {
  const [colour, pill] = statusColours(status);
  return { pills: [pill], lines: [[scenes.run(status, { size: 11, weight: 'bold', colour })]] };
}

function chain({ order }: SeverityOrder): readonly GridCell[] {
  const between: GridCell = { lines: [[muted('worse than')]] };
  return order.flatMap((status, at) => (at === 0 ? [pillCell(status)] : [between, pillCell(status)]));
}

function worstTable({ pairs }: SeverityOrder, printed: SeverityOrder): readonly (readonly GridCell[])[] {
  const resolutions = tableOrder();
  const corner: GridCell = { lines: [[muted('worst of')]] };
  const rows = resolutions.map((one, row) => [
    pillCell(one),
    ...resolutions.map((_, column): GridCell => {
      const at = row * resolutions.length + column;
      const result = pairs[at]!.worst;
      const text = scenes.run(result, { size: 11 });
      if (printed.pairs[at]!.worst === result) return { lines: [[text]] };
      const sign: Line = [
        scenes.run(changeSigns.changed, { size: 11, weight: 'bold', colour: 'changed' }),
        text,
      ];
      return { lines: [sign], stroke: 'changed' };
    }),
  ]);
  return [[corner, ...resolutions.map(pillCell)], ...rows];
}

function inWords(orders: readonly SeverityOrder[]): string {
  return orders
    .map((one) => {
      const results = one.pairs.map(({ of, worst: result }) => `${of.join(' and ')}: ${result}`);
      return `${orderTitle(one)}, worst first: ${one.order.join(', ')}. Worst of two: ${results.join('; ')}.`;
    })
    .join(' ');
}
