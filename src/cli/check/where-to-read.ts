import { parseWay } from '../../recordings/values/pointers.ts';
import { parseRoute } from '../../recordings/values/routes.ts';
import { printable } from '../../text/escape.ts';
import { optionFor, type WhereToRead } from '../../recordings/options.ts';
import type { Checked } from '../frame/options.ts';

const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** A number of bytes as it is typed: `1000`, `64M`; undefined where it is none. */
function bytesIn(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,12})([KMG]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(digits) * units[unit.toUpperCase()]!;
  return bytes > 0 ? bytes : undefined;
}

/** The pointer that a path of jq or a bare name stands for. */
function pointerLike(text: string): string {
  const names = /^\$?\.?[\w@-]+(?:\[\d*\])*(?:\.[\w@-]+(?:\[\d*\])*)*$/.test(text)
    ? text
        .replace(/^\$?\.?/, '')
        .replaceAll('[]', '.*')
        .replaceAll(/\[(\d+|\*)\]/g, '.$1')
        .split('.')
    : [];
  return names.length === 0 ? '' : `; did you mean /${names.join('/')}?`;
}

/** The options that say which part of a recording is read, parsed. */
export function whereToRead(given: {
  readonly routePrefix?: string | undefined;
  readonly route?: string | readonly string[] | undefined;
  readonly at?: string | readonly string[] | undefined;
  readonly maxLineBytes?: string | undefined;
  readonly maxDocumentBytes?: string | undefined;
}): Checked<WhereToRead> {
  const at = [given.at ?? []].flat();
  const texts = [given.route ?? []].flat();
  const routes = texts.map((text) => [text, parseRoute(text)] as const);
  const quoted = (text: string) => JSON.stringify(printable(text, 100));
  const limits = (['maxLineBytes', 'maxDocumentBytes'] as const).flatMap((name) => {
    const text = given[name];
    return text === undefined ? [] : [{ name, text, bytes: bytesIn(text) }];
  });
  const problems = [
    ...limits.flatMap(({ name, text, bytes }) =>
      bytes === undefined
        ? [`${optionFor(name)}: expected a number of bytes such as 64M, received ${quoted(text)}`]
        : [],
    ),
    ...at.flatMap((pointer) =>
      parseWay(pointer)
        ? []
        : [`--at: expected a JSON pointer such as /log, received ${quoted(pointer)}${pointerLike(pointer)}`],
    ),
    ...routes.flatMap(([text, route]) =>
      'expected' in route ? [`--route: expected ${route.expected}, received ${quoted(text)}`] : [],
    ),
  ];
  if (problems.length > 0) return { problems };
  const own = routes.flatMap(([, route]) => ('expected' in route ? [] : [route]));
  const prefix = given.routePrefix === undefined ? {} : { routePrefix: given.routePrefix };
  const most = Object.fromEntries(limits.map(({ name, bytes }) => [name, bytes!]));
  return { value: { ...prefix, ...most, routes: own, at } };
}
