/**
 * What a check is measured against: reads 1 MiB at a time, unpacks what is packed, splits lines and parses each, and each
 * body that is a text; for a HAR, parses the file and each body. Prints how many values that were.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

const [file, kind] = process.argv.slice(2);
let values = 0;
if (kind === 'har') {
  for (const entry of JSON.parse(readFileSync(file, 'utf8')).log.entries) {
    JSON.parse(entry.response.content.text);
    values += 1;
  }
} else {
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  const decoder = new TextDecoder();
  let rest = '';
  for await (const portion of kind === 'gzip' ? input.pipe(createGunzip()) : input) {
    const lines = (rest + decoder.decode(portion, { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const { body } = JSON.parse(line);
      if (typeof body === 'string') JSON.parse(body);
    }
    values += lines.length;
  }
}
process.stdout.write(`${values}\n`);
