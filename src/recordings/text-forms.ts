/** What to do with forms of text that are no JSON, by what tells each of them apart. */
import { gorHint, nameInText } from './text-commands.ts';

/** How what programs print of requests and responses begins: the client of Apache, REST Assured, wget, curl, HTTPie, OkHttp, http.client. */
export const printers: readonly RegExp[] = [
  /http-outgoing-\d+ (?:>>|<<) /,
  /^Request method:/,
  /^---request begin---/m,
  /^\*\s+(?:Trying|Host|Connected|Uses proxy) |^> [A-Z]+ \S+ HTTP\//,
  /^\s*(?:HTTP\/\d\S* \d|[A-Z]+ \S+ HTTP\/\d)/,
  /-->\s+(?:GET|POST|PUT|PATCH|DELETE) |<-- \d{3}/,
  /^send: b['"](?:GET|POST) \S*\/(?:folders|analyses)/m,
  /\b(?:GET|POST) \S*\/(?:folders|analyses)\S* HTTP\/\d(?:\.\d)?(?!\.?\d|\S*" \d|\\r)/,
];

/** Colours of a terminal. */
// oxlint-disable-next-line no-control-regex -- that is how they begin
const colours = /\u001b\[[\d;]*m/g;

/** The text as it is without colours. */
export const uncoloured = (text: string): string => text.replaceAll(colours, '');

/** Whether a text has names of the API as Python, Node and Ruby print them, with values that they print so. */
export const isLiteral = (text: string): boolean => ofLiteral.test(uncoloured(text));
const ofLiteral = new RegExp(
  String.raw`(?:'${nameInText}'\s*:|(?:^|[\s{,])${nameInText}:\s['"]|"${nameInText}"\s*=>|:${nameInText}\s*=>)`,
  'm',
);

/** How a recording of GoReplay begins: the kind of a message, its id, when it came. */
export const gor = /^[123] [0-9a-f]{16,} \d+/;

const packetsHint =
  "These are packets of a network: tshark -r FILE -Y http -T json > FILE.json, and check that with --at '/*/_source/layers/http/http.file_data'; of encrypted ones record the answers in the client or with a proxy.";

const compressedHint = (by: string, program: string): string =>
  `This is compressed (${by}): ${program} FILE | oz-status check -; gzip is read as it is.`;

const gzipWithinHint =
  'This is gzip within gzip: gzip -dc FILE | oz-status check -; if it stands behind other text, give both by themselves.';

const utf32Hint = (form: string): string =>
  `This is UTF-32: convert it: iconv -f ${form} -t UTF-8 FILE | oz-status check -`;

/** What to do with a file by its first four bytes: compressed ones, and captures of packets in either order of bytes (pcap, and pcapng behind its first line). */
export const byMark: ReadonlyMap<string, string> = new Map([
  ['40 181 47 253', compressedHint('zstd', 'zstd -dc')],
  ['253 55 122 88', compressedHint('xz', 'xz -dc')],
  ['4 34 77 24', compressedHint('lz4', 'lz4 -dc')],
  ['55 122 188 175', compressedHint('7-Zip', '7z x -so')],
  ['82 97 114 33', compressedHint('RAR', '7z x -so')],
  ...['31 139 8 0', '31 139 8 8'].map((mark): [string, string] => [mark, gzipWithinHint]),
  ...['255 254 0 0', '0 0 254 255'].map((mark): [string, string] => [mark, utf32Hint('UTF-32')]),
  ...['123 0 0 0', '91 0 0 0'].map((mark): [string, string] => [mark, utf32Hint('UTF-32LE')]),
  ...['0 0 0 123', '0 0 0 91'].map((mark): [string, string] => [mark, utf32Hint('UTF-32BE')]),
  ['212 195 178 161', packetsHint],
  ['161 178 195 212', packetsHint],
  ['77 60 43 26', packetsHint],
  ['26 43 60 77', packetsHint],
]);

/** What to do with signs that no program writes as JSON. */
export const typedHint = String.raw`Signs stand in it that a word processor or a page has put in: sed 's/\xe2\x80\x9c/"/g; s/\xe2\x80\x9d/"/g; s/\xe2\x80\x9e/"/g; s/\xc2\xab/"/g; s/\xc2\xbb/"/g; s/\xc2\xa0/ /g' FILE | oz-status check -`;

/** What to do with YAML. */
export const yamlHint =
  'This is YAML, and no JSON: yq -o json FILE | oz-status check - (yq . FILE with the yq of Debian and PyPI).';

/** What to do with what a program prints of values in a form of its own. */
export const ofProgramHint =
  'This is a value as a program prints it, of which no JSON can be made for sure: log the text of the body as it was received.';

/** What to do with values that are JSON but for their quotes, commas and comments. */
export const json5Hint = `This is JSON5, or values as console.log prints them, and no JSON: awk 'BEGIN {print "["} /^[[{]/ && n++ {print ","} {print} END {print "]"}' FILE | npx -y json5 | jq -c '.[]' | oz-status check -, or write it with JSON.stringify.`;

/** What to do with a tar archive. */
export const tarHint = 'This is a tar archive: tar -xOf FILE | oz-status check -';

/** What to do with the byte 0. */
export const nulHint = "Values are separated by the byte 0: tr '\\0' '\\n' < FILE | oz-status check -";

/** What to do with a line that is zeros for the most part, or every second one. */
export const zerosHint =
  "Zeros stand in it, as of UTF-16 that PowerShell adds with >> to other text, or of a crash: drop them: tr -d '\\0' < FILE | oz-status check -";

/** What to do with a file by how it begins, if that is no line of JSON. */
export const ofFiles: readonly (readonly [pattern: RegExp, hint: string])[] = [
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
  [/^\]\0\0/, compressedHint('LZMA', 'xz -dc')],
  [/^SQLite format 3/, 'This is a database of SQLite: export the answers as JSON.'],
  [
    /^(?:http_)?interactions:|^version: \d+\n(?:---\n)?interactions:|^---\s*\n(?:version: \d+\n)?(?:http_)?interactions:/,
    'This is a cassette of VCR as YAML, and no JSON: yq -o json FILE | oz-status check - (yq . FILE with the yq of Debian and PyPI), or keep cassettes as JSON.',
  ],
  [/^(?:---\s*\n)?[A-Za-z_][\w-]*:\s*\n\s*(?:- |[\w-]+:(?:\s|$))/, yamlHint],
  [
    /^(?!send: b)(?:---.*\n)?(?:- )?([a-z_][\w-]*):(?: (?![^'"\n]*[[{]\s*["{[]).*)?\n[ -]*(?!\1:)[a-z_][\w-]*:(?:\s(?![^'"\n]*[[{]\s*["{[])|$)/,
    yamlHint,
  ],
  [
    /^[A-Z]+ \S+: \{\s*\n[^]*"Response Body"/,
    `This is the console of Postman: sed -E 's/^([A-Z]+) ([^ ]+): \\{ *$/{"method":"\\1","url":"\\2",/' FILE | oz-status check --at '/Response Body' -`,
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
    /\b(?:state|type|resolution_status|system_resolution)(?::\s?|=|\] => )[A-Z]{4}|\["(?:folder|analyse|analysis)_id": /,
    ofProgramHint,
  ],
  [/^\s*[[{][\s[{]*[A-Za-z_$][\w$]*\s*:\s*(?:["'`{[\d.+-]|true|false|null|undefined|NaN|\/|$)/, json5Hint],
  [
    /^(?:<\?xml[^>]*>\s*)?<testResults/,
    String.raw`These are results of JMeter; with response data, take those out: grep -o '<responseData[^>]*>[^<]*' FILE | sed 's/^[^>]*>//; s/&quot;/"/g; s/&lt;/</g; s/&amp;/\&/g' | grep '^[[{]' | oz-status check -`,
  ],
  [
    /^(?:await )?fetch\("http|^curl [\^'"]*http|^(?:\$session = |Invoke-WebRequest )/,
    'These are requests as code, which hold no answers: save all as HAR with content instead.',
  ],
  [
    /^(?:[\d:.]+ )?(?:== Info:|=> Send header)[^]*?\n[0-9a-f]{4}: (?:[0-9a-f]{2} ){2}/,
    "This is a trace of curl, which has answers as bytes: keep the answers themselves: curl -sS -w '\\n' ADDRESS >> FILE",
  ],
  [
    /^(?:[\d:.]+ )?(?:== Info:|=> Send header)/,
    String.raw`This is a trace of curl, which cuts answers into lines: put them together: awk 'function end() {if (r && d ~ /^[[{]/) printf "{\"method\":\"%s\",\"url\":\"%s\",\"body\":%s}\n", w[1], w[2], d; r = 0; d = ""} /=> Send header/ {end(); h = 1; a = ""; next} /<= Recv data/ {r = 1; next} /^[0-9a-f]+: / {sub(/^[0-9a-f]+: /, ""); if (r) d = d $0; else if (h) {a = a $0; if (a ~ / HTTP\//) {split(a, w, " "); h = 0}} next} {end()} END {end()}' FILE | oz-status check -`,
  ],
  [
    /^timeStamp,elapsed,label/,
    'These are results of JMeter without answers: save them as XML with response data, and check that file.',
  ],
  [/^(?:ey|W3s)[A-Za-z0-9+/_-]{40,}/, 'This is base64: base64 -d FILE | oz-status check -'],
  [
    /^\S+ std(?:out|err) [PF] /,
    String.raw`This is a log of Kubernetes: awk '{s = $2; p = $3; sub(/^[^ ]+ [^ ]+ [PF] /, ""); t[s] = t[s] $0; if (p == "F") {print t[s]; t[s] = ""}}' FILE | oz-status check -`,
  ],
];

/** What to do with a line in which JSON stands in another form, or among other text: the first that fits. */
export const byPattern: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^(?:[\w.-]+=[^&\s]*&)*(?:[\w.-]+=)?%(?:7B|5B)/i,
    `This is JSON as a form or an address has it: node -e 'for (const line of require("fs").readFileSync(process.argv[1], "utf8").split(/\\r?\\n/)) if (line) console.log(line.startsWith("%") ? decodeURIComponent(line) : JSON.stringify(Object.fromEntries(new URLSearchParams(line))))' FILE | oz-status check -`,
  ],
  [
    /[[{,:]\s*(?:-?Infinity|NaN|undefined|None|True|False)\b/,
    String.raw`JSON has none of NaN, Infinity, None, True and False, which Python writes, nor undefined: sed -E 's/([[,:] *)(NaN|-?Infinity|None|undefined)\b/\1null/g; s/([[,:] *)True\b/\1true/g; s/([[,:] *)False\b/\1false/g' FILE | oz-status check -`,
  ],
  [
    /\b(?:ObjectId|ISODate|NumberLong|NumberInt)\(/,
    String.raw`This is what the shell of MongoDB prints, and no JSON: sed -E 's/(ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal|UUID)\(([^)]*)\)/\2/g' FILE | oz-status check -, or export it with mongoexport.`,
  ],
  [
    /\t[[{].*[^\\]\\\\["nrtu]/,
    String.raw`This is a table as PostgreSQL copies it: sed 's/\\\\/\\/g' FILE | oz-status check -`,
  ],
  [
    /^[^"]*[[{] *\+$/,
    `This is a table of psql, with values over lines: sed 's/ *+$//' FILE | oz-status check -`,
  ],
  [/^---\s*$|^folder_id: /, yamlHint],
  [/^\/[/*]/, 'JSON has no comments: drop them: npx -y json5 FILE | oz-status check -.'],
  [
    /^\)\]\}/,
    `What keeps JSON from being run as a script stands before it: drop that: sed "s/^)]}'*,*//" FILE | oz-status check -`,
  ],
  [
    /^(?:,\s*)?[\]}]\s*(?:[,\]}]|$)/,
    'A comma stands before the end of a list or an object: drop it, in a file of one value by npx -y json5 FILE | oz-status check -.',
  ],
  [
    /^<[a-z!?](?!.*\{\s*\\*")/i,
    'This is HTML or XML, as of a page or an error: record what the API answers, which is JSON.',
  ],
  [
    /[[{]\s*&quot;/,
    String.raw`JSON stands in it as in a page: sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' FILE | oz-status check -`,
  ],
];
