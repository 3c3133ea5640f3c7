/** Commands that make lines of JSON of what is none, as hints name them. */

/** What to do with a table that has a line of names and, in a cell, JSON or a status; undefined for any other text. */
export function tableHint(head: string): string | undefined {
  const [names = '', first = ''] = head.replace(/^\ufeff?(?:sep=.\r?\n)?/, '').split(/\r?\n/);
  const isTable = /^[\w"' .-]+(?:[,;\t|][\w"' .-]*)*$/.test(names) && !/[[{]/.test(names);
  const cell =
    /(?:^|[,;\t|])(?:"?(?:[[{]\s*(?:\\?"|$)|\[\s*\{)|"[^"]*[[{]\s*"")/.exec(first) ??
    /\b(?:folder_id|analys[ei]s?_id)\b/.exec(names);
  const delimiters = ',;\t|'
    .split('')
    .toSorted((one, other) => names.split(other).length - names.split(one).length);
  if (!isTable || !cell || (names.split(delimiters[0]!).length < 2 && !/"[[{]/.test(first))) return undefined;
  const spelled =
    JSON.stringify(delimiters[0]) + (/"[[{]\s*\\"/.test(first) ? String.raw`, escapechar="\\"` : '');
  return `This is a table: make lines of it: python3 -c 'import csv, json, sys; csv.field_size_limit(10**9); [print(json.dumps(row)) for row in csv.DictReader((line for line in open(sys.argv[1], newline="", encoding="utf-8-sig") if not line.startswith("sep=")), delimiter=${spelled})]' FILE | oz-status check -`;
}

/** What to do with a recording of GoReplay. */
export const gorHint = String.raw`This is a recording of GoReplay, which is not in order of time: make lines of it: node -e 'const all = require("fs").readFileSync(process.argv[1], "utf8").split(/\n\u{1f435}.*\n/u).map((one) => /^\s*([123])\s(\S+)\s(\d+)[^\n]*\n([^]*?)\r?\n\r?\n([^]*)$/.exec(one) ?? []), asked = {}, lines = [], kind = all.some(([, is]) => is === "2") ? "2" : "3"; for (const [, is, id, at, head] of all) if (is === "1") asked[id] = { started: at / 1e6, method: head.split(/\s/)[0], url: head.split(/\s/)[1] }; for (const [, is, id, at, head, body] of all) if (is === kind) { const q = asked[id] ?? {}; lines.push({ ...q, time: at > 1e15 ? at / 1e6 : q.started + at / 1e6, status: +head.split(/\s/)[1], body: /^transfer-encoding:\s*chunked/im.test(head) ? body.split("\r\n").filter((_, nth) => nth % 2).join("") : body }); } for (const one of lines.sort((a, b) => a.time - b.time)) console.log(JSON.stringify(one))' FILE | oz-status check -; without answers in it, record with --input-raw-track-response`;

/** A name of the API, of those that tell that a text speaks of its answers, as a part of a pattern. */
export const nameInText = '(?:folder_id|analys[ei]s?_id|resolution_status|system_resolution)';

/** A request in words; one over lines, as a database prints a row; an answer as a text has it; and a line that tells of both the request and its outcome. */
const requestInWords =
  /(?:^|[^A-Za-z])(?:GET|POST),?\s+(?:[\w ]+(?:[=|]|:(?!\/\/))\s*)?["']?[^\s"']*\/(?:folders|analyses)/;
const requestOverLines = /(?:GET|POST)\s*\n\s*[\w ]+(?:[=|]|:(?!\/\/))\s*\S*\/(?:folders|analyses)/;
const answerInText = new RegExp(String.raw`"${nameInText}"\s*:`);
const outcomeInLine = /(?<!\/\/\S+ "\S+ \S+ )HTTP\/\S+" \d/;

/** Whether a text tells of a request in words, and of no answer. */
export const isRequestInWords = (text: string): boolean =>
  requestInWords.test(text) && !answerInText.test(text) && !outcomeInLine.test(text);

/** Whether in a text that is no JSON requests stand on lines without their answers, maybe with what was sent, and answers on others. */
export const hasRequestsApart = (text: string): boolean =>
  !/^\s*(?:\{\s*"|\[\s*[{"])/.test(text) &&
  answerInText.test(text) &&
  (requestOverLines.test(text) || text.split('\n').some(isRequestInWords));
