import { isDeepStrictEqual } from 'node:util';
import { statuses } from '../../../machines/index.ts';
import type { Piece } from '../../../src/recordings/index.ts';
import { RecordingReader } from '../../../src/recordings/reader/reader.ts';
import { gatherInto, type Receiver } from '../../../src/recordings/io/receiver.ts';
import { observationIn } from './unpacked-observation.ts';
import { anyLine, anyObject, type Draw } from './scan-beside-parse.ts';

const from = <T>(items: readonly T[], draw: Draw): T => items[draw(items.length)]!;

/** The usual value, but in one of some times. */
const usually = (usual: unknown, odd: readonly unknown[], draw: Draw, times = 60): unknown =>
  draw(times) === 0 ? from(odd, draw) : usual;
const oddValues = [null, 7, -1, '', 'x', [], {}, true, 1e300, 'é'];

const folders = ['f-1', 'f-2', 'f3_b', 'folder', 'f é 4', '5'];
const usualAddress = '/api/folders/ID?with_analyses=true';
const addresses = [
  usualAddress,
  '/api/folders/ID',
  '/api/folders/ID/?x=1&with_analyses=1#z',
  '/v2/api/folders/ID/analyses/',
  '/api/folders/ID/analyses/x',
  '/api/folders/',
  '/api/analyses/ID',
  '/logo-ID.png',
  '/x/../api/folders/ID?with_analyses=no',
  'http://[/api/folders/ID',
];

/** A status, now and then another text, and far more often one of few. */
const status = (draw: Draw): unknown =>
  usually(from(['PROCESSING', 'PROCESSING', 'SUCCESS', ...statuses], draw), oddValues, draw);

function anyBody(id: string, draw: Draw): string {
  if (draw(5) === 0) return anyLine(draw);
  if (draw(15) === 0) return anyObject(draw, 2);
  const analyses = Array.from({ length: draw(3) }, (_, at) => ({
    analyse_id: usually(`${draw(12) === 0 ? 'f-1' : id}/${at}`, oddValues, draw),
    type: from(['QUALITY', 'BIOMETRY', undefined], draw),
    group_id: from([undefined, undefined, 'g1', 'g2'], draw),
    resolution_status: status(draw),
    text: from(['\u2028', '"quoted"', 'é', '\ud83d\ude00', '\\', '\ud800'], draw),
  }));
  const body: unknown = {
    folder_id: usually(id, oddValues, draw),
    resolution_status: status(draw),
    ...(draw(3) > 0 && { system_resolution: status(draw) }),
    ...(draw(2) > 0 && { analyses }),
  };
  const told = draw(9) === 0 ? analyses : body;
  return JSON.stringify(told, null, from([undefined, undefined, 2, '\t'], draw));
}

function anyEntry(moment: number, draw: Draw): unknown {
  const id = from(folders, draw);
  const host = from(['https://h.example', 'https://h.example', 'http://h.example:80', ''], draw);
  const start = new Date(moment).toISOString();
  const zone = from(['Z', 'Z', '+03:00', '-01:30', '', '+0300', '123Z'], draw);
  const body = anyBody(id, draw);
  const isEncoded = draw(8) === 0;
  return usually(
    {
      startedDateTime: usually(start.replace('Z', zone), [...oddValues, start.slice(0, 10)], draw),
      time: usually(from([0, 250, 1000.5, 99.875, 1e-7], draw), oddValues, draw),
      ...(draw(6) === 0 && { request: null, _other: { method: 'GET', entries: [1, { url: 'é\n' }] } }),
      request: usually(
        {
          method: usually('GET', ['POST', 'get', 'DELETE', ...oddValues], draw),
          url: usually(
            host + (draw(3) > 0 ? usualAddress : from(addresses, draw)).replace('ID', id),
            oddValues,
            draw,
          ),
          headers: [{ name: 'accept', value: '*/*' }],
        },
        oddValues,
        draw,
      ),
      response: usually(
        {
          status: usually(200, [404, 302, '200', '500', 2e2, 200.5, -200, ...oddValues], draw),
          content: usually(
            {
              size: body.length,
              ...(draw(4) > 0 && {
                mimeType: usually('application/json', ['text/html', 'x/JSON;q=é', ...oddValues], draw),
              }),
              ...(isEncoded && { encoding: usually('base64', oddValues, draw) }),
              text: usually(isEncoded ? Buffer.from(body).toString('base64') : body, oddValues, draw),
            },
            oddValues,
            draw,
          ),
        },
        oddValues,
        draw,
      ),
    },
    oddValues,
    draw,
  );
}

const breaks = [
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  '\\',
  '\n',
  '\u0001',
  '"url":"x",',
  '"entries":[],',
  '"log":1,',
];

/** A HAR of a few folders that are polled side by side, told in one of many ways, a few of them broken. */
export function anyHar(draw: Draw): string {
  let moment = Date.UTC(2026, 1, 28, 23, 59, 50);
  const entries = Array.from({ length: draw(14) }, () => anyEntry((moment += draw(1500) - 200), draw));
  const log = { version: '1.2', pages: [{ id: 'log' }], entries, comment: 'the end' };
  let text = JSON.stringify(draw(9) === 0 ? { log, folder_id: 'f' } : { log }, null, draw(3));
  // Other spellings of the same: a letter of a text or of a name as an escape.
  if (draw(4) === 0) text = text.replaceAll(from(['\\"', 'é', 'u', 'f'], draw), (one) => escaped(one));
  for (let changes = Math.max(0, draw(12) - 9); changes > 0; changes -= 1) {
    const at = draw(text.length);
    text =
      text.slice(0, at) + from([...breaks, text.slice(at, at + draw(90))], draw) + text.slice(at + draw(2));
  }
  if (draw(6) === 0) text = text.replaceAll('\n', '\r\n');
  const before = from(['', '', '', '', '\ufeff', ' ', '\n', '\ufeff\t'], draw);
  const after = from(
    ['', '', '\n', ' \r\n\n', 'x', '\n{"folder_id":"f-1"}\n', '\n{"log":{"entries":[]}}'],
    draw,
  );
  return before + text + after;
}

const escaped = (one: string): string => {
  const code = `\\u${one
    .charCodeAt(one.length - 1)
    .toString(16)
    .padStart(4, '0')}`;
  return one.length === 1 ? code : code.toUpperCase().replace('\\U', '\\u');
};

/** All that is read, in order, with answers that are offered as numbers taken so, or not. */
function readAll(text: string, asNumbers: boolean, cut: number) {
  const pieces: Piece[] = [];
  const receiver = gatherInto(pieces);
  let taken = 0;
  const observePacked: NonNullable<Receiver['observePacked']> = (...seen) => {
    taken += 1;
    receiver.observe(observationIn(...seen));
    return true;
  };
  const reader = new RecordingReader({ file: 'x' }, asNumbers ? { ...receiver, observePacked } : receiver);
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += cut) reader.push(bytes.subarray(start, start + cut));
  const summary = reader.end();
  return { taken, read: { summary, pieces } };
}

/** How many answers were taken as numbers, and what is read then and otherwise where that differs. */
export function compareHar(
  text: string,
  cut: number,
): { readonly taken: number; readonly difference?: readonly unknown[] } {
  const { taken, read } = readAll(text, true, cut);
  const plain = readAll(text, false, cut).read;
  return { taken, ...(!isDeepStrictEqual(read, plain) && { difference: [read, plain] }) };
}
