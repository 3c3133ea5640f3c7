import { describe, expect, it } from 'vitest';
import { compareScan } from './scan-beside-parse.ts';

const done = '{"state":"finished","resolution":"success"}';
const callback = (analyses: string, rest = '"event_session_id":"s"'): string =>
  `{"state":"finished","analyses":{${analyses}},${rest}}`;
const found = (folder: string): string => `{"state":"finished","result_json":{"folder_id":${folder}}}`;

describe('a callback', () => {
  it.each([
    ['with analyses', callback(`"quality":${done},"biometry":{"state":"processing","resolution":""}`)],
    ['without any', callback('')],
    ['with analyses that say nothing', callback('"quality":{},"biometry":{"state":null}')],
    ['with kinds and words in capitals', callback('"QUALITY":{"resolution":"SUCCESS"}')],
    ['with a kind that is there twice, in other letters', callback(`"quality":${done},"Quality":{}`)],
    ['of a folder', callback(`"quality":${done}`, '"folder_id":"f"')],
    ['of a session and a folder', callback(`"quality":${done}`, '"event_session_id":"s","folder_id":"f"')],
    ['of the folder in its results', callback(`"quality":${found('"f"')}`, '"x":1')],
    ['of the first of two in its results', callback(`"quality":${found('"f"')},"biometry":${found('"g"')}`)],
    ['of the second where the first is null', callback(`"quality":${found('null')},"a":${found('"g"')}`)],
    ['of its own folder, whatever its results name', callback(`"a":${found('"g"')}`, '"folder_id":"f"')],
    ['of nothing at all', callback(`"quality":${done}`, '"folder_id":null')],
    ['with results in a text and a folder', callback('"a":{"result_json":"{}"}', '"folder_id":"f"')],
    ['in an envelope', `{"time":5,"body":${callback(`"quality":${done}`)}}`],
  ])('%s is taken as it is parsed', (_what, line) => {
    expect(compareScan(line)).toEqual({ taken: 1 });
  });

  it.each([
    ['with a name that is there twice', callback(`"quality":${done},"quality":{}`)],
    ['with a word that is there twice', callback('"quality":{"state":"finished","state":"failed"}')],
    ['with an empty state', callback('"quality":{"state":"","resolution":"success"}')],
    ['with a word of its own', callback('"quality":{"state":"soon"}')],
    ['with a kind that cannot be quoted', callback(`"Max Power":${done}`)],
    ['with an analysis that is none', callback('"quality":null')],
    ['with results in a text that may name its folder', callback('"a":{"result_json":"{}"}')],
    [
      'with more analyses than numbers hold',
      callback(
        Array.from(
          { length: 65 },
          (_, at) => `"${'a'.repeat(1 + (at % 8))}-${'b'.repeat(1 + Math.trunc(at / 8))}":{}`,
        ).join(','),
      ),
    ],
    ['with a status of a folder', callback('', '"resolution_status":null,"folder_id":"f"')],
    ['in a list', `[${callback(`"quality":${done}`)}]`],
    ['whose request has times', `{"started":1,"time":5,"body":${callback(`"quality":${done}`)}}`],
  ])('%s is left to JSON.parse', (_what, line) => {
    expect(compareScan(line)).toEqual({ taken: 0 });
  });

  it('says nothing of an analysis that says nothing, whatever the one before it said', () => {
    expect(compareScan([`"quality":${done}`, '"quality":{}'].map((one) => callback(one)).join('\n'))).toEqual(
      {
        taken: 2,
      },
    );
  });
});
