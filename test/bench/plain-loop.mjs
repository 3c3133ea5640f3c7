/**
 * What a check is measured against: reads 1 MiB at a time, splits lines and parses each; for a HAR, parses the file and
 * each body. Prints how many values that were.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const [file, kind] = process.argv.slice(2);
let values = 0;
if (kind === 'har') {
  for (const entry of JSON.parse(readFileSync(file, 'utf8')).log.entries) {
    JSON.parse(entry.response.content.text);
    values += 1;
  }
} else {
  const input = openSync(file);
  const portion = Buffer.alloc(1 << 20);
  const decoder = new TextDecoder();
  let rest = '';
  for (let read = readSync(input, portion); read > 0; read = readSync(input, portion)) {
    const lines = (rest + decoder.decode(portion.subarray(0, read), { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) JSON.parse(line);
    values += lines.length;
  }
  closeSync(input);
}
process.stdout.write(`${values}\n`);
