/** Commands that make lines of JSON of what is none, as hints name them. */

/** Takes what is JSON out of lines: an object or a list of objects. */
export const outOfLines = String.raw`grep -oE '\[?\{.*\}\]?'`;

/** A line in which a request stands before its answer. */
const asked = String.raw`(.*[^A-Za-z])?(GET|POST|PUT|PATCH)[[:space:]",|]+([^[:space:]",|]*\/(folders|analyses)([^[:space:]",|]*[^[:space:]",|:;)>])?)`;

/** The same out of lines that tell of the request as well, which is kept with it. */
export const outOfRequestLines = String.raw`sed -nE -e 's/^${asked}([^[{]|\[[^{])*(\[?\{.*\}\]?).*$/{"method":"\2","url":"\3","body":\7}/p' -e t -e 's/^([^[{]|\[[^{])*(\[?\{.*\}\]?).*$/\2/p'`;
const requestLine = new RegExp(
  String.raw`^${asked}([^[{\n]|\[[^{\n])*\[?\{`.replaceAll('[:space:]', '\\s'),
  'm',
);

/** Whether a request stands before an answer in one of the lines. */
export const isRequestLine = (lines: string): boolean => requestLine.test(lines);

/** The command that takes what is JSON out of lines like these. */
export const outOfThese = (lines: string): string => (isRequestLine(lines) ? outOfRequestLines : outOfLines);

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

/** Takes JSON out of a text in which it goes on over lines. */
export const outOfText = (file = ''): string =>
  String.raw`awk '/^(\{|\[ *(\{|\r?$))/ {on = 1} on {print} /^[]}]|^[[{].*[]}]\r?$/ {on = 0}'${file} | jq -c .`;

/** What to do with a recording of GoReplay. */
export const gorHint = String.raw`This is a recording of GoReplay, which is not in order of time: make lines of it: node -e 'const all = require("fs").readFileSync(process.argv[1], "utf8").split(/\n\u{1f435}.*\n/u).map((one) => /^\s*([123])\s(\S+)\s(\d+)[^\n]*\n([^]*?)\r?\n\r?\n([^]*)$/.exec(one) ?? []), asked = {}, lines = [], kind = all.some(([, is]) => is === "2") ? "2" : "3"; for (const [, is, id, at, head] of all) if (is === "1") asked[id] = { started: at / 1e6, method: head.split(/\s/)[0], url: head.split(/\s/)[1] }; for (const [, is, id, at, head, body] of all) if (is === kind) { const q = asked[id] ?? {}; lines.push({ ...q, time: at > 1e15 ? at / 1e6 : q.started + at / 1e6, status: +head.split(/\s/)[1], body: /^transfer-encoding:\s*chunked/im.test(head) ? body.split("\r\n").filter((_, nth) => nth % 2).join("") : body }); } for (const one of lines.sort((a, b) => a.time - b.time)) console.log(JSON.stringify(one))' FILE | oz-status check -; without answers in it, record with --input-raw-track-response`;

/** What to do with answers in chunks. */
export const chunksHint = String.raw`These are answers in chunks, as curl --raw prints them: put them together: node -e 'const [f] = process.argv.slice(1); let text = require("fs").readFileSync(f, "latin1"); for (let at; (at = text.search(/\r\n\r\n[0-9a-f]+\r\n/i)) >= 0;) { text = text.slice(at + 4); let body = "", size; for (let head; (head = /^([0-9a-f]+)[^\n]*\n/i.exec(text)) && (size = parseInt(head[1], 16)); text = text.slice(head[0].length + size + 2)) body += text.substr(head[0].length, size); console.log(Buffer.from(body, "latin1").toString()) }' FILE | grep '^[[{]' | oz-status check -`;

/**
 * Takes answers out of a text in which requests stand above them, each with its request: with none where several wait for
 * their answers. A value may go on over lines that each begin with the same words.
 */
export const outOfExchanges = String.raw`node -e 'const t=require("fs").readFileSync(0)+"",r=/(GET|POST),?\s+(?:[\w ]+(?:[=|]|:(?!\/\/))\s*)?[\x27"]?([^\s"\x27]*\/(?:folders|analyses)[^\s"\x27[]*)(?:(?<=\/\/\S+ "\S+ \S+)|(?!\S* HTTP\S+" \d))|(?:HTTP\S+|<-+|esponse:?) (\d{3})\b|\[\s*\{|\{\s*"/g,p=s=>{try{return JSON.parse(s)}catch{}},go=()=>{a=q[1]?{}:q[0]??a;q=[]};let a={},q=[],m,n;for(;m=r.exec(t);){let[,method,url,c]=m,g=m.index,i=g,d=0,s,b;if(url){n??=1;if(a.url)q.push(a);if(!q.at(-1)?.url.endsWith(url))q.push({method,url});a={}}else if(c)go();else{do{b=t[i];if(b=="\"")s=!s;else if(s)i+=b=="\\";else d+="[{".includes(b)-"]}".includes(b)}while(t[++i]&&d);s=t.slice(g,i);b=t.slice(t.lastIndexOf("\n",g)+1,g);b=p(s)??p(s.replace(RegExp((b.at(-1)=="\""?"(\\[\\\\[rn]\\])*\"":"")+"\r?\n"+b.replace(/\W/g,"\\$&").replace(/\d+/g,"\\d+"),"g"),""));if(b){r.lastIndex=i;if(/"(analys\w+_id|\w+_resolution|resolution_\w+)"/.test(JSON.stringify(b))){go();n??=0;console.log(JSON.stringify(n?{...a,body:b}:{body:b}))}if(!q[0])a={}}}}'`;

/** A request in words; one over lines, as a database prints a row; an answer as a text has it; and a line that tells of both the request and its outcome. */
const requestInWords =
  /(?:^|[^A-Za-z])(?:GET|POST),?\s+(?:[\w ]+(?:[=|]|:(?!\/\/))\s*)?["']?[^\s"']*\/(?:folders|analyses)/;
const requestOverLines = /(?:GET|POST)\s*\n\s*[\w ]+(?:[=|]|:(?!\/\/))\s*\S*\/(?:folders|analyses)/;
const answerInText = /"(?:folder_id|analys[ei]s?_id|system_resolution|resolution_status)"\s*:/;
const outcomeInLine = /(?<!\/\/\S+ "\S+ \S+ )HTTP\/\S+" \d/;

/** Whether a text tells of a request in words, and of no answer. */
export const isRequestInWords = (text: string): boolean =>
  requestInWords.test(text) && !answerInText.test(text) && !outcomeInLine.test(text);

/** Whether in a text that is no JSON requests stand on lines without their answers, maybe with what was sent, and answers on others. */
export const hasRequestsApart = (text: string): boolean =>
  !/^\s*(?:\{\s*"|\[\s*[{"])/.test(text) &&
  answerInText.test(text) &&
  (requestOverLines.test(text) || text.split('\n').some(isRequestInWords));

/** What to do with what a client printed of requests and responses; what was sent is no answer. */
export const printedHint = (who: string): string =>
  `This is what ${who} prints of requests and responses: take them out of it: ${outOfExchanges} < FILE | oz-status check -`;

/**
 * Takes every value that tells of a folder or an analysis out of a text, also over lines, with colours, or with its quotes
 * escaped or doubled.
 */
export const outOfAnyText = String.raw`node -e 'const t = require("fs").readFileSync(process.argv[1], "utf8").replace(/\x1b\[[\d;]*m/g, ""), p = (s) => { try { return JSON.parse(s) } catch {} }, end = (i, q) => { for (let d = 0, s, to = i + 1e6; i < to && i < t.length; i++) { const c = t[i]; if (q && c === "\"") s = !s; else if (s) i += c === "\\"; else if (/[[{]/.test(c)) d++; else if (/[\]}]/.test(c) && !--d) return i + 1 } }; for (let i = 0; i < t.length; i++) if (/[[{]/.test(t[i])) for (const q of [1, 0]) { const to = end(i, q), s = t.slice(i, to ?? i), v = p(s) ?? p(p("\"" + s.replace(/\\x/g, "\\u00") + "\"")) ?? p(s.replace(/""/g, "\"")) ?? p(s.replace(/\\\\/g, "\\").replace(/\\x/g, "\\u00")); if (!v && (q || !/^{\s*\\*"/.test(s))) continue; i = to - 1; if (/"(folder_id|analy\w+_id|state|url)\W/.test(s)) console.log(v ? JSON.stringify(v) : s); break }'`;

/** Whether the shorter of the two takes the value out of a line. */
export function isOutOfLine(line: string): boolean {
  const [found = ''] = /\[?\{.*\}\]?/.exec(line) ?? [];
  try {
    return /\{\s*"/.test(found) && JSON.parse(found) !== null;
  } catch {
    return false;
  }
}
