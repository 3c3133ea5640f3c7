import type { Where } from './observation.ts';

/** The JSON pointer of a member below the pointer of its object (RFC 6901). */
export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${typeof key === 'number' ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The place at this pointer below a place. */
export function below(where: Where, pointer: string): Where {
  return { ...where, pointer: `${where.pointer ?? ''}${pointer}` };
}
