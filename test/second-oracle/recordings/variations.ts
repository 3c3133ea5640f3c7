import { listOf, type Line } from './lines.ts';
import type { Random } from './random.ts';
import { folderOf } from './tamper.ts';

/** What may be done to the lines of a recording for it to hold a feature. */

/** Some answers show the fields that the answer before them showed. */
export function withStaleFields(lines: readonly Line[], random: Random): Line[] {
  const before = new Map<unknown, Line>();
  return lines.map((line) => {
    const copy = structuredClone(line);
    const folder = folderOf(copy);
    if (!folder) return copy;
    const { folder_id: id, resolution_status: status, system_resolution: system } = folder;
    const older = before.get(id);
    before.set(id, { resolution_status: status, system_resolution: system });
    const isShown = status !== undefined || system !== undefined;
    if (older && isShown && random.chance(0.5)) {
      for (const [field, value] of Object.entries(older)) if (field in folder) folder[field] = value;
    }
    return copy;
  });
}

/** Several sequences as one, each in its order. */
export function merge(all: readonly (readonly Line[])[], random: Random): Line[] {
  const left = all.map((lines) => [...lines]);
  const merged: Line[] = [];
  for (;;) {
    const some = left.filter((lines) => lines.length > 0);
    if (some.length === 0) return merged;
    merged.push(random.pick(some).shift()!);
  }
}

/** A flow of callbacks of the plugin; some change what had settled. */
export function callbacks(random: Random): Line[] {
  const all = random.some(['quality', 'biometry'], 0.7);
  const now = new Map(all.map((kind) => [kind, 'processing']));
  return Array.from({ length: 1 + random.below(4) }, () => {
    for (const kind of all) {
      if (now.get(kind) !== 'processing' && !random.chance(0.1)) continue;
      const word = random.pick(['processing', 'success', 'declined', 'failed', 'operator_required']);
      now.set(
        kind,
        kind === 'quality' && word === 'operator_required' && random.chance(0.8) ? 'success' : word,
      );
    }
    const analyses = all.map((kind) => {
      const word = now.get(kind)!;
      const inherits = word === 'processing' || word === 'failed';
      return [
        kind,
        { state: inherits ? word : 'finished', resolution: inherits && random.chance(0.7) ? '' : word },
      ];
    });
    return { folder_id: 'plugin', state: 'processing', analyses: Object.fromEntries(analyses) };
  });
}

/** The answer with one of its analyses listed twice, now and then with another status. */
export function repeated(line: Line, random: Random): Line {
  const copy = structuredClone(line);
  const list = listOf(copy);
  if (list && list.length > 0) {
    const twice = structuredClone(random.pick(list));
    if (random.chance(0.2)) Object.assign(twice, { state: 'FAILED', resolution_status: 'FAILED' });
    list.push(twice);
  }
  return copy;
}

/** Gives every line the times of its request; some that overlap stand in the other order. */
export function overlapping(lines: readonly Line[], random: Random): Line[] {
  const order = [...lines];
  const spans = lines.map(() => random.pick([4, 4, 4, 14, 24]));
  for (let at = 0; at + 1 < order.length; at += 1) {
    if (!random.chance(0.3)) continue;
    [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
    spans[at + 1] = Math.max(spans[at + 1]!, 14);
    at += random.below(2);
  }
  return order.map((line, at) => {
    const time = 100 + at * 10;
    return { started: time - spans[at]!, time, ...('body' in line ? line : { body: line }) };
  });
}
