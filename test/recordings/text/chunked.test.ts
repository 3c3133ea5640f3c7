import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prop } from '../../property.ts';
import { exchanges, text } from '../forms.ts';
import { readText } from '../reading.ts';

describe('a body that was sent in chunks', () => {
  const exchanged = exchanges('DECLINED');
  const printedWith = (write: (json: string) => string) =>
    exchanged
      .map(
        ({ method, path, body }) =>
          `> ${method} ${path} HTTP/1.1\r\n>\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${write(text(body))}\r\n`,
      )
      .join('');
  const inChunks = (json: string, sizes: readonly number[]) => {
    const bytes = Buffer.from(json);
    let [sent, at] = ['', 0];
    for (const size of [...sizes, bytes.length]) {
      const part = bytes.subarray(at, at + size).toString('latin1');
      at += part.length;
      if (part !== '') sent += `${part.length.toString(16)}\r\n${part}\r\n`;
    }
    return Buffer.from(`${sent}0\r\n\r\n`, 'latin1').toString();
  };
  const read = (recording: string) => {
    const { observations, findings } = readText(recording);
    return [
      observations.map((one) => ({ ...one, where: undefined })),
      findings.map(({ code, message }) => [code, message]),
    ];
  };

  prop([fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }), fc.boolean()])(
    'is read as it is without them',
    (sizes, isIndented) => {
      const write = (json: string) => (isIndented ? JSON.stringify(JSON.parse(json), null, 2) : json);
      const chunked = printedWith((json) => inChunks(write(json), sizes));
      expect(read(chunked)).toEqual(read(printedWith(write)));
      expect(readText(chunked).observations).toHaveLength(5);
    },
  );

  it.each([
    ['that break off', (json: string) => inChunks(json, [20]).slice(0, 60)],
    ['of another size', (json: string) => inChunks(json, [20]).replace('14\r\n', '15\r\n')],
  ])('is reported if it has chunks %s, and nothing within it is read', (_what, write) => {
    const [first, ...others] = exchanged;
    const recording = printedWith((json) => (json === text(first!.body) ? write(json) : json));
    const { observations, findings } = readText(recording);
    expect(findings.at(-1)?.message).toContain(`taken out of it: ${others.length},`);
    expect(observations.map(({ resolutionStatus }) => resolutionStatus)).not.toContain('INITIAL');
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['JSON_INVALID', 'TEXT_AROUND_JSON']));
  });

  it.each(['14', 'ffffffff', '0', 'abc'])('is none where a line only looks so: %s', (line) => {
    const recording = printedWith((json) => `${line}\r\n${json}`);
    expect(read(recording)).toEqual(read(printedWith((json) => json)));
  });
});
