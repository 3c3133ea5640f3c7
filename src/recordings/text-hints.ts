/** What to do with a text that is no JSON, by how it begins and what stands where it breaks off. */

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** How much of a text is looked at. */
const looked = 4096;

const recordSeparator = 0x1e;

/** Whether the bytes look like UTF-16, with its mark or without. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, 64);
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  return head.length >= 4 && Math.max(...zeros) > head.length / 4;
}

/** What to do with UTF-16. */
export const utf16Hint =
  'This is UTF-16, as PowerShell writes with >: save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 FILE | oz-status check -';

/** A hint on a text that is no JSON at `offset`; null where nothing tells what it is. */
export function textHint(bytes: Uint8Array, offset: number): string | null {
  if (isUtf16(bytes)) return utf16Hint;
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'This is a ZIP archive: unpack it first.';
  const lineStart = offset === 0 ? 0 : bytes.lastIndexOf(0x0a, offset - 1) + 1;
  const lineEnd = bytes.indexOf(0x0a, offset);
  const line = bytes.subarray(lineStart, lineEnd < 0 ? bytes.length : lineEnd);
  const text = headOf(line).trim();
  if (bytes[0] === recordSeparator || line[0] === recordSeparator)
    return "This is a sequence of JSON texts (RFC 7464): tr -d '\\036' < FILE | oz-status check -";
  if (/^(?:data|event|id|retry):/.test(text))
    return "These are events of a server (SSE): sed -n 's/^data: *//p' FILE | oz-status check -";
  const before = lenient.decode(line.subarray(0, offset - lineStart)).trimEnd();
  const after = lenient.decode(line.subarray(offset - lineStart, offset - lineStart + looked)).trimStart();
  const isAfterValue = before.endsWith('}') || before.endsWith(']') || (before === '' && offset > 0);
  if (isAfterValue && after.startsWith(','))
    return "Values follow each other with commas: drop them (sed 's/,[[:space:]]*$//' FILE | oz-status check -), or put all into one list";
  if (isAfterValue && /^[[{]/.test(after))
    return 'Two values stand side by side: write each on a line of its own: jq -c . FILE | oz-status check -';
  // A table has a line of names above it.
  const [below = ''] = lineEnd < 0 ? [] : headOf(bytes.subarray(lineEnd + 1)).split('\n');
  const fitting = byPattern.find(([pattern]) => pattern.test(text) || (text !== '' && pattern.test(below)));
  if (fitting) return fitting[1];
  const place = headOf(line.subarray(0, offset - lineStart)).length;
  const begin = headOf(line).search(/\[\s*\{|[[{]\s*"/);
  const isBeside = begin > place || (isAfterValue && begin >= 0);
  if (isBeside) return besideHint(text);
  const isCut = after === '' && /^[[{]/.test(text);
  return isCut ? 'The text breaks off here: it was cut off, or is still being written.' : null;
}

/** What to do with a line in which something stands beside JSON. */
function besideHint(text: string): string {
  const isList = /^[^{]*\[\s*\{.*\}\s*\]/.test(text);
  return `Something stands beside the JSON, as in a log: grep -o '${isList ? String.raw`\[{.*}\]` : '{.*}'}' FILE | oz-status check -; if it is within a JSON value, --at POINTER`;
}

const headOf = (bytes: Uint8Array): string => lenient.decode(bytes.subarray(0, looked));

/** What to do with a line in which JSON stands in another form, or among other text: the first that fits. */
const byPattern: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^[^{]*[=\s]"[[{]\s*\\"/,
    `JSON stands in quotes, as in a log: grep -o '"[[{].*[]}]"' FILE | jq -r . | oz-status check -`,
  ],
  [
    /"[[{]\s*""/,
    `JSON stands in a table (CSV): grep -o '"[[{].*[]}]"' FILE | sed 's/""/"/g; s/^"//; s/"$//' | oz-status check -`,
  ],
  [
    /[[{,:]\s*(?:-?Infinity|NaN)\b/,
    String.raw`JSON has neither NaN nor Infinity, which Python writes: sed -E 's/\b(NaN|-?Infinity)\b/null/g' FILE | oz-status check -`,
  ],
  [/^[[{]+\s*'/, 'This is a value as Python prints it, and no JSON: write it with json.dumps.'],
  [/^[[{]+\s*\w+:/, 'This is a value as console.log prints it, and no JSON: write it with JSON.stringify.'],
  [
    /^\d+:\d+:\w/,
    'These are flows of mitmproxy: mitmdump -nr FILE --set hardump=session.har, and check that file.',
  ],
  [/^---\s*$|^folder_id: /, 'This is YAML, and no JSON: convert it, for example with yq -o json.'],
  [/^\/[/*]/, 'JSON has no comments: drop them.'],
  [/^\)\]\}/, 'A line that keeps JSON from being run as a script stands before it: drop it.'],
  [/^(?:,\s*)?[\]}]/, 'A comma stands before the end of a list or an object: drop it.'],
  [/^</, 'This is HTML or XML, as of a page or an error: record what the API answers, which is JSON.'],
];
