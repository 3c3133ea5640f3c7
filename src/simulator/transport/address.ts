import { controlPath } from '../routes/control.ts';

/** An address of the simulator, taken apart. */
export interface Address {
  /** The base URL of the session without its origin: equal keys are one session. */
  readonly key: string;
  readonly part: 'api' | 'control';
  /** Below the base URL, or below the control path; without the query. */
  readonly path: string;
  readonly query: URLSearchParams | undefined;
}

/** The longest base URL, without its origin. */
export const maxKey = 8000;

/**
 * Takes a path with its query apart; undefined where it leads neither to the API nor to a control. The first part
 * named `api` or `simulator` ends the base URL.
 */
export function addressOf(path: string): Address | undefined {
  const mark = path.indexOf('?');
  const plain = mark < 0 ? path : path.slice(0, mark);
  const query = mark < 0 ? undefined : new URLSearchParams(path.slice(mark + 1));
  const api = `${plain}/`.indexOf('/api/');
  const control = `${plain}/`.indexOf(`${controlPath}/`);
  const isControl = control >= 0 && (api < 0 || control < api);
  const end = isControl ? control : api;
  if (end < 0 || end > maxKey) return undefined;
  const below = isControl ? plain.slice(end + controlPath.length) : plain.slice(end);
  return { key: plain.slice(0, end), part: isControl ? 'control' : 'api', path: below, query };
}

/**
 * The settings that a base URL names: `/s/NAME` names the session itself and sets nothing, so that many sessions can
 * be set alike. Undefined where an escape in it means nothing.
 */
export function settingsIn(key: string): readonly string[] | undefined {
  try {
    const parts = key.split('/').slice(1).map(decodeURIComponent);
    return parts[0] === 's' ? parts.slice(2) : parts;
  } catch {
    return undefined;
  }
}
