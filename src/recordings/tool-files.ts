/** What to do with files of tools that are JSON and cannot be read as they are. */

/** What to do with a tap of Envoy in segments. */
const segmentsHint = `This is a tap of Envoy in segments: put them together: jq -sc 'def of(f): [.[] | f | .headers[]? | {(.key): .value}] | add // {}; [.[] | .http_streamed_trace_segment // empty] | to_entries | map(.value + {at: .key}) | group_by(.trace_id) | sort_by(.[-1].at)[] | of(.request_headers // empty) as $q | {method: $q[":method"], url: $q[":path"], status: (of(.response_headers // empty)[":status"] | tonumber? // null), body: ([.[] | .response_body_chunk // empty | .as_string // (.as_bytes | @base64d)] | add)}' FILE | oz-status check -`;

const stubsHint =
  'These are stubs of Mountebank, whose answers stand by request and not in order of time: run mb with --debug, and check what /imposters/PORT answers: its matches are read.';

/** Files of tools in which what looks like an answer is none, or none of a known time, by the members that each has. */
export const otherFiles: readonly (readonly [members: readonly string[], hint: string])[] = [
  [['imposters'], stubsHint],
  [['protocol', 'port', 'stubs'], stubsHint],
  [
    ['_type', '__export_format', 'resources'],
    'This is an export of Insomnia, which holds no answers: export its requests as HAR.',
  ],
  [
    ['consumer', 'provider', 'interactions'],
    'This is a contract of Pact, whose answers are examples that stand for themselves and no recording: record what the provider answers.',
  ],
  [
    ['hash', 'snapshot'],
    `This is a snapshot of undici, in which one request has several answers: put them in order of time, as their dates tell it: jq -c '[.[].snapshot | .request as $r | .responses[] | (.headers.date | strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime * 1000) as $t | {started: $t, time: ($t + 999), method: $r.method, url: $r.url, status: .statusCode, body: .body}] | sort_by(.started)[]' FILE | oz-status check -`,
  ],
  [
    ['meta', 'data', 'rows'],
    `This is a table of ClickHouse: make lines of it: jq -c '[.meta[].name] as $names | .data[] | if type == "array" then [$names, .] | transpose | map({(.[0]): .[1]}) | add else . end' FILE | oz-status check -`,
  ],
  [['http_streamed_trace_segment'], segmentsHint],
  [
    ['entries', 'filename', 'success'],
    `This is a report of Hurl, whose bodies stand in files: put them in: node -e 'const [f] = process.argv.slice(1), fs = require("fs"), path = require("path"); for (const { entries } of [JSON.parse(fs.readFileSync(f, "utf8"))].flat()) for (const { calls } of entries) for (const { request: q, response: r } of calls) console.log(JSON.stringify({ method: q.method, url: q.url, status: r.status, body: r.body && fs.readFileSync(path.join(path.dirname(f), r.body), "utf8") }))' FILE | oz-status check -`,
  ],
  [
    ['constants', 'events', 'polledData'],
    `This is a network log of Chromium: if it was made with raw bytes, take the answers out of it: jq -r '.constants.logEventTypes.URL_REQUEST_JOB_FILTERED_BYTES_READ as $t | [.events[] | select(.type == $t and .params.bytes)] | group_by(.source.id)[] | map(.params.bytes | @base64d) | add' FILE | grep '^[[{]' | oz-status check -; else save a HAR.`,
  ],
];

/** What to do with packets of HTTP/2, in which members of one name follow each other. */
export const http2Hint = `These are packets of HTTP/2: write FILE with tshark -Y http2 -T json --no-duplicate-keys: node -e 'const a = (v) => [v ?? []].flat(), q = {}, r = {}, p = (i) => { const { s, b } = r[i]; delete r[i]; console.log(JSON.stringify({ method: q[i][":method"], url: q[i][":path"], status: +s, body: Buffer.from(b.replaceAll(":", ""), "hex").toString() })) }; for (const { _source: { layers: l } } of JSON.parse(require("fs").readFileSync(process.argv[1]))) for (const h of a(l.http2)) for (const s of a(h["http2.stream"])) { const i = l.tcp["tcp.stream"] + "/" + s["http2.streamid"]; for (const { "http2.header.name": n, "http2.header.value": v } of a(s["http2.header"])) { (q[i] ??= {})[n] = v; if (n === ":status") r[i] = { s: v, b: "" } } if (r[i]) r[i].b = s["http2.body.fragments"]?.["http2.body.reassembled.data"] ?? r[i].b + (s["http2.data.data"] ?? ""); if (r[i] && s["http2.flags"] & 1) p(i) } for (const i in r) p(i)' FILE | oz-status check -`;

/** What to do with records of OpenTelemetry whose bodies are maps. */
export const mapsHint = `These are values of OpenTelemetry, typed one by one: make them plain: jq -c 'def v: if type != "object" then . elif has("kvlistValue") then (.kvlistValue.values | map({(.key): (.value | v)}) | add // {}) elif has("arrayValue") then (.arrayValue.values | map(v)) else .[] end; .resourceLogs[].scopeLogs[].logRecords[].body | v' FILE | oz-status check -`;

/** What to do with items of DynamoDB whose members are typed one by one. */
export const dynamoHint = `These are values of DynamoDB, typed one by one: make them plain: jq -c 'def v: if has("M") then .M | map_values(v) elif has("L") then .L | map(v) elif has("NULL") then null else .[] end; (.Items // [.Item // .])[] | map_values(v)' FILE | oz-status check -`;

/** Files of tools that hold requests and no answers, by the members that each has, with what to do. */
export const withoutAnswers: readonly (readonly [members: readonly string[], hint: string])[] = [
  [
    ['MESSAGE', '__REALTIME_TIMESTAMP'],
    'This is an entry of journald without an answer in it; journalctl leaves long messages out: export with journalctl -o json --all, and check with --at /MESSAGE.',
  ],
  [
    ['info', 'item'],
    'This is a collection of Postman, which holds no answers: run it with newman and its reporter json, and check that file.',
  ],
  [
    ['collection_id', 'results', 'totalPass'],
    'These are results of the collection runner of Postman, which hold no answers: run the collection with newman and its reporter json, and check that file.',
  ],
  [
    ['request', 'responseMeta'],
    'This is the history of Hoppscotch, which holds no answers: record them with a proxy, or copy them into lines.',
  ],
  [
    ['collectionName', 'requests'],
    'This is a collection of Thunder Client, which holds no answers: record them with a proxy, or copy them into lines.',
  ],
  [
    ['metric', 'type', 'data'],
    'These are metrics of k6, which hold no answers: let the script write res.body by console.log, with --console-output FILE --log-format raw.',
  ],
];
