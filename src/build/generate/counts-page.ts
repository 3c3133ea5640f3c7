import { defaultSettings } from '../../../machines/index.ts';
import { analysisNumbers, countFolders, kindClasses, kindOf } from '../../explore/index.ts';
import { page, table } from '../../text/markdown.ts';

/** Groups and analyses in each, as far as somebody may want to explore. */
const sizes: readonly (readonly [groups: number, analyses: number])[] = [
  ...[1, 2, 3, 4, 5, 6].map((analyses) => [1, analyses] as const),
  ...[1, 2, 3, 4].map((analyses) => [2, analyses] as const),
  ...[1, 2, 3].map((analyses) => [3, analyses] as const),
  [4, 1],
  [4, 2],
];

const kinds = kindClasses.map((kind) => kindOf[kind]);

/** docs/counts.md: how many states and transitions a folder has, by a formula that a reader can follow. */
export function countsPage(): string {
  const { running, settled } = analysisNumbers({ kinds });
  return page(
    '# Counts',
    'How many folders are there with at most G groups of n analyses each, and how many events are legal in them? A formula that can be followed by hand, an exploration and model checkers that we did not write have to give the same numbers. `npm run cross-check` compares them.',
    '## What is counted',
    'A **state** is a folder of the specification (`machines/folder/model.ts`) without its ids: for every group in the order of posting the kind and the resolution of each analysis, and the order in which the groups settled. The two fields follow from that, so they add no states, and every reading has the same states: an operator’s decision only adds transitions.',
    'A **transition** is a legal event in a state: a POST, which chooses a kind for each of the n analyses, or a step of one analysis. A refused event is none.',
    '## One analysis',
    `Let k be the number of kinds, a the number of settled values an analysis can take and d the number of decisions an operator can make in them, each counted over all kinds. Each settled value is reached from PROCESSING by one event of its own. Kinds fall into ${kindClasses.length} classes, liveness and all others: with one kind of each, k = ${running} and a = ${settled}, since liveness lacks OPERATOR_REQUIRED. d is 0, unless \`operator-decision=allowed\`: then it is ${decisionsWhereAllowed()}.`,
    '## One group',
    table(
      ['Number', 'Of', 'Is'],
      [
        ['P', 'ways to post it', 'kⁿ'],
        ['S', 'its settled forms', 'aⁿ'],
        ['U', 'its unsettled forms', '(k + a)ⁿ − aⁿ'],
        ['Eᵤ', 'events in all its unsettled forms together', 'n·a·(k + a)ⁿ⁻¹ + n·d·((k + a)ⁿ⁻¹ − aⁿ⁻¹)'],
        ['Eₛ', 'events in all its settled forms together', 'n·d·aⁿ⁻¹'],
      ],
    ),
    'For Eᵤ: choose the analysis, n ways, and an event together with the value it happens in. Settling it is one of a events in a running analysis, and the other n − 1 may be anything: the group is unsettled by that analysis alone. A decision is one of d, in a settled analysis, and of the other n − 1 at least one has to run. For Eₛ all others have settled.',
    '## A folder',
    'With p groups posted, choose which s of them have settled and in which order: p! / (p − s)! ways. All orders occur, because a group may be posted while others run. Each settled group has S forms and each other one U, independently:',
    '```text\nN(p) = sum over s = 0 … p of  p!/(p−s)! · Sˢ · Uᵖ⁻ˢ\n```',
    'An event happens to one of the p − s unsettled groups or to one of the s settled ones, and the other groups may have any form:',
    '```text\nE(p) = sum over s = 0 … p of  p!/(p−s)! · ( (p−s)·Eᵤ·Uᵖ⁻ˢ⁻¹·Sˢ + s·Eₛ·Sˢ⁻¹·Uᵖ⁻ˢ )\n```',
    'A POST is legal while there is room, in P ways. So there are',
    '```text\nstates       =  N(0) + … + N(G)\ntransitions  =  E(0) + … + E(G)  +  P · ( N(0) + … + N(G−1) )\n```',
    '## Interchangeable analyses',
    'Analyses of one class in one group are interchangeable. Counted up to such exchanges, a group is a multiset: in the table of one group replace every power vⁿ by C(n + v − 1, n), the number of multisets of n elements over v values, and the factor n by 1, since it does not matter to which of several equal analyses an event happens. The rest stays as it is: groups are told apart by their order.',
    '## Figures',
    'With two kinds, liveness and another, and no decisions.',
    table(
      ['G × n', 'States', 'Transitions', 'States up to exchange', 'Transitions up to exchange'],
      sizes.map(([groups, analyses]) => {
        const plain = countFolders({ groups, analyses, kinds });
        const merged = countFolders({ groups, analyses, kinds, canonical: true });
        const figures = [plain.states, plain.transitions, merged.states, merged.transitions];
        return [`${groups} × ${analyses}`, ...figures.map(inThousands)];
      }),
    ),
  );
}

function decisionsWhereAllowed(): bigint {
  const reading = { ...defaultSettings.reading, 'operator-decision': 'allowed' } as const;
  return analysisNumbers({ kinds, settings: { ...defaultSettings, reading } }).decisions;
}

/** A number with a thin space before every three digits. */
const inThousands = (figure: bigint): string => String(figure).replace(/\B(?=(\d{3})+$)/g, '\u202f');
