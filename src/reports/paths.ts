import type { Settings } from '../../machines/index.ts';
import { coverageCriteria, type PathSet, type PathStep, type TestPath } from '../explore/index.ts';
import { escapedJson } from '../text/escape.ts';
import { counted } from '../text/layout.ts';
import { quoted, type TextBlock } from './readings/document.ts';

/** The version of the JSON of `paths`: it grows when a reader written for the old shape would break. */
export const pathsFormatVersion = 1;

/** A set of paths for people: what it meets, why fewer paths cannot, and each path event by event. */
export function pathsBlocks(set: PathSet): readonly TextBlock[] {
  const { machine, criterion, bounds, paths, met, unmet } = set;
  return [
    { heading: `Paths of the ${machine} machine: ${criterion}`, level: 1 },
    { text: `To meet: ${coverageCriteria[criterion]}. Bounds: ${bounds}.` },
    {
      text:
        paths.length === 0
          ? 'There is nothing to meet.'
          : `${counted(paths.length, 'path')} with ${counted(
              paths.reduce((sum, { steps }) => sum + steps.length, 0),
              'event',
            )} ${paths.length === 1 ? 'meets' : 'meet'} ${counted(met.length, 'target')}${
              unmet.length === 0 ? ', all that there are' : ''
            }. ${proof(set)}`,
    },
    ...listed('No path meets two of these:', set.searched === undefined ? set.apart : []),
    ...listed('Listed by the chart and met by nothing within the bounds:', unmet),
    ...paths.flatMap(pathBlocks),
  ];
}

const listed = (title: string, items: readonly string[]): readonly TextBlock[] =>
  items.length === 0 ? [] : [{ text: title }, { list: items.map((item) => quoted(item)) }];

/** Why there are no fewer paths than `least`. */
function proof({ paths, least, searched }: PathSet): string {
  const enough = paths.length === least ? 'Fewer do not suffice' : `Fewer than ${least} do not suffice`;
  return searched === undefined
    ? `${enough}: no path meets two of ${counted(least, 'target')} below.`
    : `${enough}: a path meets the targets of one of ${counted(searched, 'largest set')}, and no ${least - 1} of these hold all.`;
}

function pathBlocks({ input, shows, steps }: TestPath, at: number): readonly TextBlock[] {
  const told = input === undefined ? '' : `, told ${quoted(JSON.stringify(input), 400)}`;
  return [
    { heading: `Path ${at + 1}`, level: 2 },
    { text: `It starts with ${quoted(shows)}${told}.` },
    { list: steps.map(stepText), numbered: true },
  ];
}

const stepText = ({ event, accepted, shows }: PathStep): string =>
  `${quoted(eventText(event), 400)}: ${accepted ? quoted(shows) : 'refused'}`;

/** An event in words; members beyond those of the machines are left out. */
function eventText(event: PathStep['event']): string {
  const { type, id, resolution, groupId, analyses } = event as PathStep['event'] & {
    readonly id?: string;
    readonly resolution?: string;
    readonly groupId?: string;
    readonly analyses?: readonly { readonly id: string; readonly kind: string }[];
  };
  const members = analyses?.map((one) => `${one.id} ${one.kind}`).join(', ');
  return [type, groupId, members, resolution, id && `of ${id}`].filter(Boolean).join(' ');
}

/** A set of paths for programs, with the settings under which it was computed. */
export function pathsJson(set: PathSet, { reading, operatorRequired }: Settings): string {
  const { machine, criterion, bounds, paths, met, unmet, least, apart, searched } = set;
  return `${escapedJson({
    formatVersion: pathsFormatVersion,
    machine,
    criterion,
    bounds,
    reading,
    operatorRequired,
    targets: { met, unmet },
    least: { paths: least, apart, searched: searched ?? null },
    paths: paths.map(({ input, ...path }) => ({ input: input ?? null, ...path })),
  })}\n`;
}
