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
  const fitting = byPattern.find(([pattern]) => pattern.test(text) || (text !== '' && pattern.test(below)));
  if (fitting) return fitting[1];
  const printed = printers.find(([pattern]) => pattern.test(head));
  if (printed && offset < looked)
    return inChunks.test(head)
      ? chunksHint
      : printedHint(printed[1], /^[[{]\r?$/m.test(lenient.decode(bytes)));
  const place = headOf(line.subarray(0, offset - lineStart)).length;
  const begin = headOf(line).search(/\[\s*\{|[[{]\s*"/);
  const isBeside = begin > place || (isAfterValue && begin >= 0);
  if (isBeside)
    return `Something stands beside the JSON, as in a log: ${outOfLines} FILE | oz-status check -; if it is within a JSON value, --at POINTER`;
  if (offset >= looked) return null;
  if (/^[[{]\r?$/m.test(head))
    return `JSON stands among other lines: ${outOfText(' FILE')} | oz-status check -`;
  return !/^[[{]/m.test(head) && /^.+(?:\[\s*\{|\{\s*")/m.test(head)
    ? `JSON stands behind other words of some lines, as in a log: ${outOfLines} FILE | oz-status check -`
    : null;
}

/** Takes what is JSON out of lines: an object or a list of objects. */
export const outOfLines = String.raw`grep -oE '\[?\{.*\}\]?'`;

/** The same out of a text in which it goes on over lines. */
const outOfText = (file = ''): string =>
  String.raw`awk '/^[[{]/ {on = 1} on {print} /^[]}]|^[[{].*[]}]\r?$/ {on = 0}'${file} | jq -c .`;

/** What prints requests and responses as text, by how its first lines begin. */
const printers: readonly (readonly [pattern: RegExp, who: string])[] = [
  [/^\*\s+(?:Trying|Host|Connected|Uses proxy) |^> [A-Z]+ \S+ HTTP\//, 'curl -v'],
  [/^(?:HTTP\/\d\S* \d|[A-Z]+ \S+ HTTP\/\d)/, 'a client (curl -i, HTTPie)'],
  [/-->\s+(?:GET|POST|PUT|PATCH|DELETE) |<-- \d{3}/, 'OkHttp'],
];

/** How a recording of GoReplay begins: the kind of a message, its id, when it came. */
const gor = /^[123] [0-9a-f]{16,} \d+/;

/** Whether a text that is no JSON holds bodies on lines of their own which are in no order of time. */
export const isUnordered = (bytes: Uint8Array): boolean => gor.test(headOf(bytes.subarray(0, 64)));

const gorHint = String.raw`This is a recording of GoReplay, which is not in order of time: make lines of it: node -e 'const all = require("fs").readFileSync(process.argv[1], "utf8").split(/\n\u{1f435}.*\n/u).map((one) => /^\s*([123])\s(\S+)\s(\d+)[^\n]*\n([^]*?)\r?\n\r?\n([^]*)$/.exec(one) ?? []), asked = {}, lines = [], kind = all.some(([, is]) => is === "2") ? "2" : "3"; for (const [, is, id, at, head] of all) if (is === "1") asked[id] = { started: at / 1e6, method: head.split(/\s/)[0], url: head.split(/\s/)[1] }; for (const [, is, id, at, head, body] of all) if (is === kind) { const q = asked[id] ?? {}; lines.push({ ...q, time: at > 1e15 ? at / 1e6 : q.started + at / 1e6, status: +head.split(/\s/)[1], body: /^transfer-encoding:\s*chunked/im.test(head) ? body.split("\r\n").filter((_, nth) => nth % 2).join("") : body }); } for (const one of lines.sort((a, b) => a.time - b.time)) console.log(JSON.stringify(one))' FILE | oz-status check -; without answers in it, record with --input-raw-track-response`;

/** Headers behind which a body stands in chunks. */
const inChunks = /^transfer-encoding: *chunked\r?\n(?:\S.*\r?\n)*\r?\n[0-9a-f]+\r?\n/im;

const chunksHint = String.raw`These are answers in chunks, as curl --raw prints them: put them together: node -e 'const [f] = process.argv.slice(1); let text = require("fs").readFileSync(f, "latin1"); for (let at; (at = text.search(/\r\n\r\n[0-9a-f]+\r\n/i)) >= 0;) { text = text.slice(at + 4); let body = "", size; for (let head; (head = /^([0-9a-f]+)[^\n]*\n/i.exec(text)) && (size = parseInt(head[1], 16)); text = text.slice(head[0].length + size + 2)) body += text.substr(head[0].length, size); console.log(Buffer.from(body, "latin1").toString()) }' FILE | grep '^[[{]' | oz-status check -`;

/** What to do with what a client printed of requests and responses; what was sent is no answer. */
function printedHint(who: string, isOverLines: boolean): string {
  const apart = String.raw`awk '{gsub(/HTTP\/[0-9.]+ [0-9]|[A-Z]+ \/[^ ]* HTTP/, "\n&")} 1' FILE`;
  const answers = String.raw`awk '/HTTP\/[0-9.]+ [0-9]|<-- [0-9]/ {r = 1} /[A-Z]+ [^ ]+ HTTP|--> [A-Z]/ {r = 0} r'`;
  const json = isOverLines ? outOfText() : outOfLines;
  return `This is what ${who} prints of requests and responses: take the answers out of it: ${apart} | ${answers} | ${json} | oz-status check -`;
}

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
  [/^PK/, 'This is a ZIP archive: unpack it first.'],
  [
    /^(?:\s|:.*\n|retry:.*\n)*(?:data|event|id|retry):/,
    "These are events of a server (SSE): sed -n 's/^data: *//p' FILE | oz-status check -",
  ],
  [
    /^\d+:\d+:\w/,
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
    'This is JSON5, or a value as console.log prints it, and no JSON: npx json5 FILE | oz-status check -, or write it with JSON.stringify.',
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
    /^(?:== Info:|=> Send header)/,
    "This is a trace of curl, which cuts answers into lines: keep the answers themselves: curl -sS -w '\\n' ADDRESS >> FILE",
  ],
  [
    /^\S+ std(?:out|err) [PF] /,
    String.raw`This is a log of Kubernetes: awk '$2 == "stdout" {p = $3; sub(/^[^ ]+ [^ ]+ [PF] /, ""); printf "%s%s", $0, p == "F" ? "\n" : ""}' FILE | oz-status check -`,
  ],
];

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
