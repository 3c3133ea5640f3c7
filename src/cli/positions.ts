import type { Finding } from '../conformance/findings.ts';
import type { Where } from '../conformance/observation.ts';
import { findPositions, isPointed, type Naming, type Pointed } from '../recordings/index.ts';
import type { CheckOutcome } from '../reports/index.ts';
import { isReadableAgain, openInput, type Inputs } from './files.ts';

/**
 * The outcome with line and column wherever a finding points into a file. The files are read again for it as far as
 * the last finding, which a check that finds nothing does not pay.
 */
export async function withPositions(
  outcome: CheckOutcome,
  naming: Naming,
  io: Inputs,
): Promise<CheckOutcome> {
  const all = [
    ...outcome.folders.flatMap((folder) => [...folder.findings, ...folder.hazards]),
    ...outcome.input,
  ];
  const found = await lookUp(all.flatMap(placesOf).filter(isPointed), naming, io);
  const placed = (where: Where): Where => found.get(where) ?? where;
  const pinpointed = (one: Finding): Finding => ({
    ...one,
    where: placed(one.where),
    before: one.before && { ...one.before, where: placed(one.before.where) },
  });
  return {
    ...outcome,
    folders: outcome.folders.map((folder) =>
      folder.findings.length + folder.hazards.length === 0
        ? folder
        : { ...folder, findings: folder.findings.map(pinpointed), hazards: folder.hazards.map(pinpointed) },
    ),
    input: outcome.input.map(pinpointed),
  };
}

const placesOf = ({ where, before }: Finding): readonly Where[] => (before ? [where, before.where] : [where]);

async function lookUp(
  places: readonly Pointed[],
  naming: Naming,
  io: Inputs,
): Promise<ReadonlyMap<Where, Where>> {
  const byFile = new Map<string, Pointed[]>();
  for (const place of places) byFile.set(place.file, []);
  for (const place of places) byFile.get(place.file)?.push(place);
  const found = new Map<Where, Where>();
  for (const [file, inFile] of byFile) {
    const opened = isReadableAgain(file, io) ? await openInput(file, io) : undefined;
    if (!opened || 'code' in opened) continue;
    for (const [where, placed] of await findPositions(opened, inFile, { file, naming }))
      found.set(where, placed);
  }
  return found;
}
