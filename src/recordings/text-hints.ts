/** What to do with a text that is no JSON, by how it begins and what stands where it breaks off. */
import {
  chunksHint,
  gorHint,
  isOutOfLine,
  outOfAnyText,
  outOfLines,
  outOfText,
  printedHint,
} from './text-commands.ts';
import { momentOf } from './values/moments.ts';
import { directionOf } from './values/time-order.ts';

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

/** A hint on a text that is no JSON at `offset`; null where nothing tells what it is. */
export function textHint(bytes: Uint8Array, offset: number): string | null {
  const head = headOf(bytes);
  const known = ofFiles.find(([pattern]) => pattern.test(head));
  if (known) return known[1];
  const marked = [0, 4].map((at) => byMark.get([...bytes.subarray(at, at + 4)].join(' '))).find(Boolean);
  if (marked !== undefined) return marked;
  if (lenient.decode(bytes.subarray(257, 262)) === 'ustar') return tarHint;
  if (isUtf16(bytes)) return utf16Hint(bytes);
  if (bytes[offset] === 0) return nulHint;
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
  if (/^[\u00a0\u201c\u201d]/.test(after)) return typedHint;
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
  if (fitting) return isNewestFirst(head) ? fitting[1].replace(/(grep .*?) FILE/, 'tac FILE | $1') : fitting[1];
  const printed = printers.find(([pattern]) => pattern.test(head));
  if (printed && offset < looked)
    return inChunks.test(head)
      ? chunksHint
      : printedHint(printed[1], /^[[{]\r?$/m.test(lenient.decode(bytes)));
  if (/\{'\w+': /.test(head)) return pythonHint;
  return offset < looked ? (accessHint(text) ?? besideHint(line, offset - lineStart, head, isAfterValue)) : null;
}

/** What to do with a text in which JSON stands beside something else; `at` is where its line breaks off. */
function besideHint(line: Uint8Array, at: number, head: string, isAfterValue: boolean): string | null {
  const place = headOf(line.subarray(0, at)).length;
  const text = headOf(line);
  const begin = text.search(/\[\s*\{|[[{]\s*\\*"/);
  if (begin > place || (isAfterValue && begin >= 0))
    return `Something stands beside the JSON, as in a log: ${takenOut(text, head)}; if it is within a JSON value, --at POINTER`;
  if (/^[[{]\r?$/m.test(head))
    return `JSON stands among other lines: ${outOfText(' FILE')} | oz-status check -`;
  const [behind] = /^[^[{\r\n].*(?:\[\s*\{|\{\s*\\*").*$/m.exec(head) ?? [];
  if (behind !== undefined && !/^[[{]/m.test(head))
    return `JSON stands behind other words of some lines, as in a log: ${takenOut(behind, head)}`;
  return goesOn.test(head) || head.includes('\u001b[')
    ? `JSON stands among other text, as in a log: ${outOfAnyText} FILE | oz-status check -`
    : null;
}

/** A value that begins at the end of a line and goes on in the next ones. */
const goesOn = /[[{]\r?\n[ \t]+["{[]/;

/** The command that takes values out of lines of which this is one. */
const takenOut = (line: string, head: string): string =>
  isOutOfLine(line)
    ? (isNewestFirst(head) ? `tac FILE | ${outOfLines}` : `${outOfLines} FILE`) + ' | oz-status check -'
    : `${outOfAnyText} FILE | oz-status check -`;

const timeInLine = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?|[A-Z][a-z]{2} \d{1,2}, \d{4} @ [\d:.]+/;

/** Whether the lines of a text begin with the newest, as tables of logs are mostly exported. */
function isNewestFirst(head: string): boolean {
  const times = head
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => timeInLine.exec(line)?.[0].replace(' @', '') ?? []);
  return times.length > 1 && directionOf(times.map(momentOf)) === 'newest first';
}

/** What to do with a line of an access log; null where it is none. */
const accessHint = (line: string): string | null =>
  /"[A-Z]+ \S+ HTTP\/[\d.]+"/.test(line) && !/[[{]\s*\\*"/.test(line) ? withoutAnswers : null;
const withoutAnswers =
  'This is an access log, which holds no answers: record them in the client or with a proxy, for example mitmdump --set hardump=session.har.';

/** What prints requests and responses as text, by how its first lines begin. */
const printers: readonly (readonly [pattern: RegExp, who: string])[] = [
  [/http-outgoing-\d+ (?:>>|<<) "/, 'the client of Apache'],
  [/^Request method:/, 'REST Assured'],
  [/^---request begin---/m, 'wget'],
  [/^\*\s+(?:Trying|Host|Connected|Uses proxy) |^> [A-Z]+ \S+ HTTP\//, 'curl -v'],
  [/^\s*(?:HTTP\/\d\S* \d|[A-Z]+ \S+ HTTP\/\d)/, 'a client (curl -i, HTTPie)'],
  [/-->\s+(?:GET|POST|PUT|PATCH|DELETE) |<-- \d{3}/, 'OkHttp'],
];

/** How a recording of GoReplay begins: the kind of a message, its id, when it came. */
const gor = /^[123] [0-9a-f]{16,} \d+/;

/** Whether a text that is no JSON holds bodies on lines of their own which are in no order of time. */
export const isUnordered = (bytes: Uint8Array): boolean => gor.test(headOf(bytes.subarray(0, 64)));

/** Headers behind which a body stands in chunks. */
const inChunks = /^transfer-encoding: *chunked\r?\n(?:\S.*\r?\n)*\r?\n[0-9a-f]+\r?\n/im;

const headOf = (bytes: Uint8Array): string => lenient.decode(bytes.subarray(0, looked));

const packetsHint =
  'These are packets of a network, in which answers are encrypted: record them in the client or with a proxy.';

const compressedHint = (by: string, program: string): string =>
  `This is compressed (${by}): ${program} FILE | oz-status check -; gzip is read as it is.`;

/** What to do with a file by its first four bytes: compressed ones, and captures of packets in either order of bytes (pcap, and pcapng behind its first line). */
const byMark: ReadonlyMap<string, string> = new Map([
  ['40 181 47 253', compressedHint('zstd', 'zstd -dc')],
  ['253 55 122 88', compressedHint('xz', 'xz -dc')],
  ['4 34 77 24', compressedHint('lz4', 'lz4 -dc')],
  ['255 254 0 0', 'This is UTF-32: convert it: iconv -f UTF-32 -t UTF-8 FILE | oz-status check -'],
  ['212 195 178 161', packetsHint],
  ['161 178 195 212', packetsHint],
  ['77 60 43 26', packetsHint],
  ['26 43 60 77', packetsHint],
]);

const typedHint = String.raw`Signs stand in it that a word processor or a page has put in: sed 's/\xe2\x80\x9c/"/g; s/\xe2\x80\x9d/"/g; s/\xc2\xa0/ /g' FILE | oz-status check -`;

const pythonHint = `These are values as Python prints them, and no JSON: grep -o "[[{].*[]}]" FILE | python3 -c 'import ast, json, sys; [print(json.dumps(ast.literal_eval(one))) for one in sys.stdin]' | oz-status check -, or write them with json.dumps.`;

const tarHint = 'This is a tar archive: tar -xOf FILE | oz-status check -';

const nulHint = "Values are separated by the byte 0: tr '\\0' '\\n' < FILE | oz-status check -";

/** What to do with a file by how it begins, if that is no line of JSON. */
const ofFiles: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^PK[\s\S]*?raw\//,
    'This is a SAZ archive of Fiddler: export the sessions as HTTPArchive, and check that file.',
  ],
  [
    /^PK[\s\S]*?har\.har/,
    'This is a HAR of Playwright in an archive: unzip it (unzip FILE -d DIR), and check DIR/har.har.',
  ],
  [
    /^PK[\s\S]*?trace\.(?:trace|network)/,
    'This is a trace of Playwright: unzip it (unzip FILE -d DIR), and check DIR/trace.network, or the others that end in .network.',
  ],
  [/^PK/, 'This is a ZIP archive: unzip -p FILE | oz-status check -'],
  [
    /^(?:\s|:.*\n|retry:.*\n)*(?:data|event|id|retry):/,
    "These are events of a server (SSE): sed -n 's/^data: *//p' FILE | oz-status check -",
  ],
  [
    /^[1-9]\d*:\d+:[a-z]/,
    'These are flows of mitmproxy: mitmdump -nr FILE --set hardump=session.har, and check that file.',
  ],
  [gor, gorHint],
  [/^BZh/, compressedHint('bzip2', 'bzip2 -dc')],
  [/^SQLite format 3/, 'This is a database of SQLite: export the answers as JSON.'],
  [
    /^(?:http_)?interactions:|^version: \d+\n(?:---\n)?interactions:|^---\s*\n(?:version: \d+\n)?(?:http_)?interactions:/,
    'This is a cassette of VCR as YAML, and no JSON: yq -o json FILE | oz-status check - (yq . FILE with the yq of Debian and PyPI), or keep cassettes as JSON.',
  ],
  [
    /^(?:---\s*\n)?[A-Za-z_][\w-]*:\s*\n\s*(?:- |[\w-]+:(?:\s|$))/,
    'This is YAML, and no JSON: yq -o json FILE | oz-status check - (yq . FILE with the yq of Debian and PyPI).',
  ],
  [
    /^type: collection\.insomnia/,
    'This is a collection of Insomnia, which holds no answers: export its requests as HAR.',
  ],
  [
    /^(?:meta|info) \{\s/,
    'This is a request of Bruno, which holds no answers: run it: bru run --output results.json.',
  ],
  [
    /^(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE items|<items burpVersion)/,
    'These are items of Burp, and no JSON: record the same with a proxy that writes HAR, for example mitmdump --set hardump=session.har.',
  ],
  [
    /^\s*[[{][\s[{]*[A-Za-z_$][\w$]*\s*:/,
    `This is JSON5, or values as console.log prints them, and no JSON: awk 'BEGIN {print "["} /^[[{]/ && n++ {print ","} {print} END {print "]"}' FILE | npx json5 | jq -c '.[]' | oz-status check -, or write it with JSON.stringify.`,
  ],
  [
    /^(?:<\?xml[^>]*>\s*)?<testResults/,
    String.raw`These are results of JMeter; with response data, take those out: grep -o '<responseData[^>]*>[^<]*' FILE | sed 's/^[^>]*>//; s/&quot;/"/g; s/&lt;/</g; s/&amp;/\&/g' | grep '^[[{]' | oz-status check -`,
  ],
  [
    /^(?:await )?fetch\("http|^curl '?"?http/,
    'These are requests as code, which hold no answers: save all as HAR with content instead.',
  ],
  [
    /^(?:[\d:.]+ )?(?:== Info:|=> Send header)[^]*?\n[0-9a-f]{4}: (?:[0-9a-f]{2} ){2}/,
    "This is a trace of curl, which has answers as bytes: keep the answers themselves: curl -sS -w '\\n' ADDRESS >> FILE",
  ],
  [
    /^(?:[\d:.]+ )?(?:== Info:|=> Send header)/,
    `This is a trace of curl, which cuts answers into lines: put them together: awk '/<= Recv data/ {r = 1; next} /^[0-9a-f]+: / {if (r) {sub(/^[0-9a-f]+: /, ""); printf "%s", $0} next} r {print ""; r = 0} END {print ""}' FILE | ${outOfLines} | oz-status check -`,
  ],
  [
    /^timeStamp,elapsed,label/,
    'These are results of JMeter without answers: save them as XML with response data, and check that file.',
  ],
  [
    /^(?:ey|W3s)[A-Za-z0-9+/_-]{40,}/,
    'This is base64: base64 -d FILE | oz-status check -',
  ],
  [
    /^\S+ std(?:out|err) [PF] /,
    String.raw`This is a log of Kubernetes: awk '$2 == "stdout" {p = $3; sub(/^[^ ]+ [^ ]+ [PF] /, ""); printf "%s%s", $0, p == "F" ? "\n" : ""}' FILE | oz-status check -`,
  ],
];

/** What to do with a line in which JSON stands in another form, or among other text: the first that fits. */
const byPattern: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^[^{\n]*[=\s]"[[{]\s*\\"/,
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
  [
    /^[[{]+\s*'/,
    String.raw`This is a value as Python prints it, and no JSON: python3 -c 'import ast, json, re, sys; [print(json.dumps(ast.literal_eval(one))) for one in re.split(r"\n(?=[\[{])", sys.stdin.read().strip())]' < FILE | oz-status check -, or write it with json.dumps.`,
  ],
  [
    /\b(?:ObjectId|ISODate|NumberLong|NumberInt)\(/,
    String.raw`This is what the shell of MongoDB prints, and no JSON: sed -E 's/(ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal|UUID)\(([^)]*)\)/\2/g' FILE | oz-status check -, or export it with mongoexport.`,
  ],
  [
    /\t[[{].*[^\\]\\\\["nrtu]/,
    String.raw`This is a table as PostgreSQL copies it: sed 's/\\\\/\\/g' FILE | ${outOfLines} | oz-status check -`,
  ],
  [
    /^---\s*$|^folder_id: /,
    'This is YAML, and no JSON: yq -o json FILE | oz-status check - (yq . FILE with the yq of Debian and PyPI).',
  ],
  [/^\/[/*]/, 'JSON has no comments: drop them: npx json5 FILE | oz-status check -.'],
  [/^\)\]\}/, 'A line that keeps JSON from being run as a script stands before it: drop it.'],
  [
    /^(?:,\s*)?[\]}]\s*(?:[,\]}]|$)/,
    'A comma stands before the end of a list or an object: drop it, in a file of one value by npx json5 FILE | oz-status check -.',
  ],
  [
    /^<[a-z!?]/i,
    'This is HTML or XML, as of a page or an error: record what the API answers, which is JSON.',
  ],
];
