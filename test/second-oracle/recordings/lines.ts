/** An answer as a line of a recording holds it: bare, or with its request. */
export type Line = Record<string, unknown>;

/** The list of analyses in a line, if it has one. */
export function listOf(line: Line): Line[] | undefined {
  const body = 'body' in line ? line['body'] : line;
  if (Array.isArray(body)) return body as Line[];
  const { analyses, items } = body as Line;
  if (Array.isArray(analyses)) return analyses as Line[];
  return Array.isArray(items) && 'analyse_id' in ((items[0] as Line | undefined) ?? {})
    ? (items as Line[])
    : undefined;
}
