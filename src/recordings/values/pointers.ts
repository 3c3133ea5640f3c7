import type { Way } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject } from './fields.ts';

/** A value within another one, and where it stands there. */
export interface Found {
  readonly value: unknown;
  readonly pointer: string;
}

/** The way that a pointer describes, or undefined where it is none. */
export function parseWay(pointer: string): Way | undefined {
  if (!pointer.startsWith('/') || pointer.length < 2) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at the way within a value, in order; `read` says what a text on the way spells, if it is JSON. */
export function valuesAt(value: unknown, way: Way, read: (text: string) => unknown): Found[] {
  let found: Found[] = [{ value, pointer: '' }];
  for (const name of way) found = found.flatMap((one) => membersAt(one, name, read));
  return found;
}

function membersAt({ value, pointer }: Found, name: string, read: (text: string) => unknown): Found[] {
  const inside = typeof value === 'string' ? read(value) : value;
  if (Array.isArray(inside)) {
    const all = inside.map((element: unknown, at) => ({ value: element, pointer: pointerTo(pointer, at) }));
    return name === '*' ? all : /^\d+$/.test(name) ? all.slice(Number(name), Number(name) + 1) : [];
  }
  if (!isObject(inside)) return [];
  const names = name === '*' ? Object.keys(inside) : Object.hasOwn(inside, name) ? [name] : [];
  return names.map((key) => ({ value: inside[key], pointer: pointerTo(pointer, key) }));
}

/** Nothing is looked for deeper than this, nor in more values. */
const maxDepth = 6;
const maxLooked = 400;
/** Of a list the first elements show what the others are like. */
const maxElements = 5;

/**
 * The pointer of the first value, nearest to the outside, that is wanted, with `*` for elements of lists; undefined where
 * there is none near. Texts that spell a list or an object are looked into.
 */
export function pointerOf(
  value: unknown,
  isWanted: (value: unknown) => boolean,
  read: (text: string) => unknown,
): string | undefined {
  let level: Found[] = [{ value, pointer: '' }];
  let looked = 0;
  for (let depth = 0; depth < maxDepth && level.length > 0 && looked < maxLooked; depth += 1) {
    const next: Found[] = [];
    for (const { value: one, pointer } of level) {
      const inside = typeof one === 'string' && /^\s*[[{]/.test(one) ? read(one) : one;
      looked += 1;
      if (pointer !== '' && isWanted(inside)) return pointer;
      if (Array.isArray(inside))
        next.push(
          ...inside
            .slice(0, maxElements)
            .map((element: unknown) => ({ value: element, pointer: `${pointer}/*` })),
        );
      else if (isObject(inside))
        next.push(
          ...Object.entries(inside).map(([key, member]) => ({
            value: member,
            pointer: pointerTo(pointer, key),
          })),
        );
    }
    level = next.slice(0, maxLooked);
  }
  return undefined;
}
