import { fields, source, statuses } from '../../machines/index.ts';
import { hashOf } from '../../src/review/page/passages.ts';
import { registeredPassages, type RegisteredPassage } from '../../src/review/page/register.ts';

/**
 * A page of invented words that is built as the captured one is: the same table, sections and order of sentences, and
 * the same clauses. It stands in for it where a test needs a copy.
 */
export interface InventedPage {
  readonly register: readonly RegisteredPassage[];
  readonly markdown: string;
  readonly html: string;
}

/** What stands in a passage of the invented page. */
export function wordsOf({ section, element, order, row, column, leads }: RegisteredPassage): string {
  if (row !== undefined) {
    const isEmpty = registeredPassages.find((one) => one.row === row && one.column === column)!.hash;
    return isEmpty === emptyHash ? '-' : `cell of ${row} in ${column}`;
  }
  if (element === 'heading' && section === 'opening') return order === 1 ? source.title : 'Name of a field';
  if (element === 'heading') return `About (${section})`;
  if (leads !== undefined) return `${leads} – as said in (e.g., this) place ${order} of ${section};`;
  return `Sentence number ${order} of what is said of ${section} & more.`;
}

const emptyHash = registeredPassages.find(({ row }) => row === 'INITIAL')!.hash;

/** The invented page. */
export async function inventPage(): Promise<InventedPage> {
  const register = await Promise.all(
    registeredPassages.map(async (passage) => ({ ...passage, hash: await hashOf(wordsOf(passage)) })),
  );
  return { register, markdown: markdownOf(), html: htmlOf() };
}

const below = registeredPassages.filter(
  ({ row, order, section }) => row === undefined && (section !== 'opening' || order > 2),
);

const rows = [
  ['Name of a field', ...fields],
  ...statuses.map((status) => [
    status,
    ...fields.map((field) =>
      wordsOf(registeredPassages.find(({ row, column }) => row === status && column === field)!),
    ),
  ]),
];

function markdownOf(): string {
  const marked = (text: string) => text.replaceAll('_', '\\_').replace(/^[A-Z]{4,}(?:\\_[A-Z]+)?/, '`$&`');
  return [
    `# ${source.title}`,
    [rows[0]!, rows[0]!.map(() => '---'), ...rows.slice(1)]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
    ...below.map((passage) =>
      passage.element === 'heading'
        ? `## ${marked(wordsOf(passage))} <a href="#x" id="x"></a>`
        : marked(wordsOf(passage)),
    ),
    '',
  ].join('\n\n');
}

function htmlOf(): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('–', '&#x2013;');
  const lines = below.map((passage) =>
    passage.element === 'heading'
      ? `<h2 id="x">${escaped(wordsOf(passage))}</h2>`
      : `<p>${escaped(wordsOf(passage)).replace(/^([A-Z_]{4,}) /, '<code>$1</code> ')}</p>`,
  );
  const table = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
  return [
    '<!doctype html><html><head><title>Statuses in API | Docs</title><style>p { margin: 0 }</style></head><body>',
    '<nav><a href="/">Menu</a></nav><main>',
    `<h1>${source.title}</h1><table>${table.join('')}</table>`,
    ...lines,
    '</main><footer>Company</footer><script>go("<p>no</p>")</script></body></html>',
  ].join('\n');
}
