/** What to do with a text that is no JSON, by how it begins and what stands where it breaks off. */
import { hasRequestsApart, nameInText, tableHint } from './text-commands.ts';
import {
  byMark,
  byPattern,
  gor,
  isLiteral,
  json5Hint,
  nulHint,
  ofFiles,
  ofProgramHint,
  printers,
  tarHint,
  typedHint,
  uncoloured,
  yamlHint,
  zerosHint,
} from './text-forms.ts';
import { directionOf, momentOf } from './values/moments.ts';

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** How much of a text is looked at. */
const looked = 4096;
/** What breaks off as JSON behind the first member of a value may be one in another form. */
const longestMember = 40;
/** The first answer may stand behind much else. */
export const lookedForAnswers = 65_536;

const recordSeparator = 0x1e;

/** Whether the bytes look like UTF-16, with its mark or without. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, 64);
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  return head.length >= 4 && Math.max(...zeros) > head.length / 4 && Math.min(...zeros) < head.length / 16;
}

/** What to do with UTF-16. */
export function utf16Hint(bytes: Uint8Array): string {
  const order = bytes[0] === 0 ? 'BE' : bytes[1] === 0 ? 'LE' : '';
  return `This is UTF-16, as PowerShell writes with >: save it as UTF-8, or convert it: iconv -f UTF-16${order} -t UTF-8 FILE | oz-status check -`;
}

/** What to do with a line that is no JSON, of which nothing else is known: whether others are may be seen elsewhere. */
export const amongLinesHint =
  "If other lines are JSON, as in a log, take those: grep '^[[{]' FILE | oz-status check -";

/** What is read of a text as it is: the answers in it, with the requests above them. */
const asText = 'text';

/** What to do with such text within lines of JSON, or where only these are read. */
const textWithinHint =
  'JSON stands among other text, as in a log, and check takes it out of a file that begins with such text: (echo log; cat FILE) | oz-status check -';

/** A hint on a text that is no JSON at `offset`; null where nothing tells what it is. */
export function textHint(bytes: Uint8Array, offset: number): string | null {
  const form = formOf(bytes, offset);
  return form === asText ? textWithinHint : form;
}

/** A hint on a line of such a text that cannot be read; null where nothing tells what it is. */
export function lineHint(bytes: Uint8Array, offset: number): string | null {
  const form = formOf(bytes, offset);
  if (form !== asText) return form;
  return isLiteral(headOf(bytes)) ? ofProgramHint : null;
}

/** Whether a text that is no JSON at `offset` is read as it is. */
export const isReadable = (bytes: Uint8Array, offset: number): boolean => formOf(bytes, offset) === asText;

function formOf(bytes: Uint8Array, offset: number): string | null {
  const form = formAt(bytes, offset);
  return form === asText && isNewestFirst(headOf(bytes)) ? newestFirstHint : form;
}
const newestFirstHint =
  'Its lines begin with the newest: turn them around (tac FILE | oz-status check -), or export it with the oldest first.';

function formAt(bytes: Uint8Array, offset: number): string | null {
  const head = headOf(bytes);
  if (isLiteral(headOf(bytes.subarray(Math.max(0, offset - longestMember)), lookedForAnswers))) return asText;
  const isPrinted = printers.some((pattern) => pattern.test(head));
  const known = ofFiles.find(([pattern]) => pattern.test(head));
  if (known?.[1] === json5Hint && ofJson.test(headOf(bytes, lookedForAnswers))) return asText;
  if (known && !(isPrinted && [ofProgramHint, yamlHint].includes(known[1]))) return known[1];
  const marked = [0, 4].map((at) => byMark.get([...bytes.subarray(at, at + 4)].join(' '))).find(Boolean);
  if (marked !== undefined) return marked;
  if (lenient.decode(bytes.subarray(257, 262)) === 'ustar') return tarHint;
  if (isWithin(bytes)) return zerosHint;
  if (isUtf16(bytes)) return utf16Hint(bytes);
  if (bytes[offset] === 0) return nulHint;
  const table = tableHint(head);
  if (table !== undefined)
    return isNewestFirst(head) ? table.replace(' | oz-status', ' | tac | oz-status') : table;
  if (offset < looked && hasRequestsApart(headOf(bytes, lookedForAnswers))) return asText;
  const lineStart = offset === 0 ? 0 : bytes.lastIndexOf(0x0a, offset - 1) + 1;
  const lineEnd = bytes.indexOf(0x0a, offset);
  const line = bytes.subarray(lineStart, lineEnd < 0 ? bytes.length : lineEnd);
  const text = headOf(line).trim();
  if ([bytes[0], line[0], bytes[offset]].includes(recordSeparator))
    return "This is a sequence of JSON texts (RFC 7464): tr -d '\\036' < FILE | oz-status check -";
  const before = lenient.decode(line.subarray(0, offset - lineStart)).trimEnd();
  const after = lenient
    .decode(line.subarray(offset - lineStart, offset - lineStart + looked))
    .replace(/^[ \t\r\n]+/, '');
  if (offset > 0 && bytes[offset] === 0x1b) return asText;
  if (/^[\u00a0\u201c-\u201e\u00ab\u00bb]/.test(after)) return typedHint;
  if (before.endsWith(',') && /^[\]}]/.test(after))
    return `A comma stands before the end of a list or an object: drop it: sed -E 's/,[[:space:]]*([]}])/\\1/g' FILE | oz-status check -`;
  const isAfterValue = before.endsWith('}') || before.endsWith(']') || (before === '' && offset > 0);
  if (isAfterValue && after.startsWith(','))
    return String.raw`Values follow each other with commas: drop them (sed -E 's/^([[{].*)?([]}]),[[:space:]]*$/\1\2/' FILE | oz-status check -), or put all into one list`;
  if (isAfterValue && /^[[{]/.test(after))
    return 'Two values stand side by side: write each on a line of its own: jq -c . FILE | oz-status check -';
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
  if (offset >= end && /^\s*[[{]/.test(head))
    return 'The text breaks off here: it was cut off, or is still being written.';
  // A table has a line of names above it.
  const [below = ''] = lineEnd < 0 ? [] : headOf(bytes.subarray(lineEnd + 1)).split('\n');
  // By itself it says nothing of the lines around it.
  if (lineEnd < 0 && text.startsWith('//')) return amongLinesHint;
  const fitting = byPattern.find(([pattern]) => pattern.test(text) || (text !== '' && pattern.test(below)));
  if (fitting) return fitting[1];
  if (isDoubled(text)) return doubledHint;
  if (isPrinted && offset < looked) return asText;
  if (lineEnd >= 0 && ofProgram.test(head) && !ofJson.test(head)) return ofProgramHint;
  if (offset >= looked) return null;
  return ofJson.test(headOf(bytes, lookedForAnswers)) ? asText : accessHint(text);
}

/** Whether a line is JSON with each backslash written twice. */
function isDoubled(line: string): boolean {
  if (!line.includes('\\\\"')) return false;
  try {
    return typeof JSON.parse(line.replaceAll('\\\\', '\\')) === 'object';
  } catch {
    return false;
  }
}
const doubledHint = String.raw`This is JSON as PostgreSQL copies it, its backslashes doubled: sed 's/\\\\/\\/g' FILE | oz-status check -`;

/** Names of the API in some form, and one of them as JSON has it, maybe within another text. */
const ofProgram = /(?:folder|analyse|analysis)_?id|resolution_?status|system_?resolution/i;
const ofJson = new RegExp(String.raw`(?:"|\\x22)(?:${nameInText}|state)(?:\\*"+|\\x22)\s*:`);

/** Whether a line within other text is zeros for a good part. */
const isWithin = (line: Uint8Array): boolean =>
  !line.includes(0x0a) && line[0]! < 0xfe && line.filter((byte) => byte === 0).length > line.length / 4;

const timeInLine = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?|[A-Z][a-z]{2} \d{1,2}, \d{4} @ [\d:.]+/;

/** Whether the lines of a text begin with the newest, as tables of logs are mostly exported. */
function isNewestFirst(head: string): boolean {
  const times = head
    .split('\n')
    .slice(0, head.length < looked ? undefined : -1)
    .flatMap((line) => timeInLine.exec(line)?.[0].replace(' @', '') ?? []);
  return times.length > 1 && directionOf(times.map(momentOf)) === 'newest first';
}

/** What to do with a line of an access log; null where it is none. */
const accessHint = (line: string): string | null =>
  /"[A-Z]+ \S+ HTTP\/[\d.]+"/.test(line) && !/[[{]\s*\\*"/.test(line) ? withoutAnswers : null;
const withoutAnswers =
  'This is an access log, which holds no answers: record them in the client or with a proxy, for example mitmdump --set hardump=session.har.';

/** Whether a text that is no JSON holds bodies on lines of their own which are in no order of time. */
export const isUnordered = (bytes: Uint8Array): boolean => gor.test(headOf(bytes.subarray(0, 64)));

const headOf = (bytes: Uint8Array, length = looked): string =>
  uncoloured(lenient.decode(bytes.subarray(0, length)));
