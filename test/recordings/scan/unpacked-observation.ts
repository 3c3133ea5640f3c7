import { standInMark } from '../../../src/observations/packed/folder-name.ts';
import {
  pointerOfView,
  statusOf,
  codeBits,
  firstView,
  slot,
  viewSlot,
  viewSize,
} from '../../../src/observations/packed/packed.ts';
import type { Observation } from '../../../src/observations/observation.ts';
import type { Piece } from '../../../src/recordings/index.ts';
import type { Receiver } from '../../../src/recordings/io/receiver.ts';

/** What a receiver is told in numbers, as an observation. */
export function observationIn(
  ...[chunk, packed, source, at, interval]: Parameters<NonNullable<Receiver['observePacked']>>
): Observation {
  const text = (of: number): string | undefined =>
    packed[of]! < 0 ? undefined : new TextDecoder().decode(chunk.bytes.subarray(packed[of], packed[of + 1]));
  const where = source(at);
  const isStandIn = packed[slot.folder]! >= 0 && chunk.bytes[packed[slot.folder]!] === standInMark;
  const key = isStandIn
    ? new TextDecoder().decode(chunk.bytes.subarray(packed[slot.folder]! + 1, packed[slot.folder + 1]))
    : '';
  const folderId = text(isStandIn ? slot.folderId : slot.folder);
  const resolutionStatus = statusOf(packed[slot.status]!);
  const systemResolution = statusOf(packed[slot.system]!);
  const analyses = Array.from({ length: packed[slot.views]! }, (_, view) => {
    const start = firstView + view * viewSize;
    const codes = packed[start + viewSlot.codes]!;
    const [kind, groupId] = [text(start + viewSlot.kind), text(start + viewSlot.group)];
    const [state, status] = [statusOf(codes), statusOf(codes >> codeBits)];
    return {
      id: text(start + viewSlot.id)!,
      ...(kind !== undefined && { kind }),
      ...(groupId !== undefined && { groupId }),
      ...(state !== undefined && { state }),
      ...(status !== undefined && { resolutionStatus: status }),
      pointer: pointerOfView(source, where.pointer ?? '', view),
    };
  });
  return {
    ...(isStandIn
      ? { folder: key }
      : folderId === undefined
        ? { folder: `analysis:${analyses[0]!.id}`, unnamed: true }
        : { folder: `folder:${folderId}` }),
    ...(folderId !== undefined && { folderId }),
    ...(resolutionStatus !== undefined && { resolutionStatus }),
    ...(systemResolution !== undefined && { systemResolution }),
    analyses,
    complete: packed[slot.complete] === 1,
    wholeGroup: packed[slot.wholeGroup] === 1,
    where,
    ...(interval && { interval }),
  };
}

/** A piece without what numbers do not say: by which names the analyses of a callback stand in it. */
export function withoutUntold(piece: Piece): Piece {
  if (piece.type !== 'observation' || !/^(?:session|callbacks|flow):/.test(piece.observation.folder))
    return piece;
  const analyses = piece.observation.analyses.map((view) => ({ ...view, pointer: '' }));
  return { ...piece, observation: { ...piece.observation, analyses } };
}
