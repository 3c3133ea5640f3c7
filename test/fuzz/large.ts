/* oxlint-disable no-console -- printing is what a run of the fuzzer is for */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';

/**
 * Inputs that are too large to be made often, each streamed into a process of its own that is held to a limit of
 * memory: `npm run fuzz:large`. Ends with 1 if one of them is handled wrongly.
 */

const mebibyte = 2 ** 20;
const folder = (id: string | number) => `{"folder_id":"${id}","resolution_status":"INITIAL"}\n`;

function* lineOf(bytes: number): Generator<string> {
  const part = 'x'.repeat(mebibyte);
  yield `${folder('before')}{"folder_id":"`;
  for (let written = 0; written < bytes; written += part.length) yield part;
  yield `"}\n${folder('after')}`;
}

const settled = (id: number) =>
  `{"folder_id":"${id}","resolution_status":"FINISHED","system_resolution":"SUCCESS"}\n`;

function* foldersIn(count: number, line: (id: number) => string): Generator<string> {
  const portion = 1000;
  for (let from = 0; from < count; from += portion) {
    yield Array.from({ length: portion }, (_, at) => line(from + at)).join('');
  }
}

function* spacesIn(bytes: number): Generator<string> {
  const part = ' '.repeat(mebibyte - 1);
  yield folder('before');
  for (let written = 0; written < bytes; written += mebibyte) yield `${part}\n`;
}

interface Large {
  readonly name: string;
  readonly source: () => Readable;
  /** Default: all folders are reported. */
  readonly options?: readonly string[];
  readonly code: number;
  readonly says: readonly string[];
  readonly mostMebibytes: number;
}

const gibibyte = 1024 * mebibyte;

const inputs: readonly Large[] = [
  {
    name: 'a line of 1 GiB among others',
    source: () => Readable.from(lineOf(gibibyte)),
    code: 3,
    says: ['folder before', 'folder after', 'INPUT_LIMIT'],
    mostMebibytes: 300,
  },
  {
    name: 'a million folders',
    source: () => Readable.from(foldersIn(1_000_000, settled)),
    options: [],
    code: 0,
    says: ['1,000,000 folders', 'conforms     1,000,000'],
    mostMebibytes: 1024,
  },
  {
    name: 'a million folders that all end unsettled, a finding each',
    source: () => Readable.from(foldersIn(1_000_000, folder)),
    options: ['--quiet'],
    code: 0,
    says: ['1,000,000 folders', 'hazards      1,000,000'],
    mostMebibytes: 2048,
  },
  ...(['text', 'json', 'sarif', 'junit'] as const).map((format) => ({
    name: `the same, all told as ${format}`,
    source: () => Readable.from(foldersIn(1_000_000, folder)),
    options: ['--format', format],
    code: 0,
    says: [
      {
        text: 'passed: nothing violates',
        json: '"unreadable": []',
        sarif: 'ENDS_UNSETTLED',
        junit: '</testsuites>',
      }[format],
    ],
    // The text itself is beyond 390 MiB.
    mostMebibytes: 2560,
  })),
  {
    name: 'gzip that unpacks to 5 GiB',
    source: () => Readable.from(spacesIn(5 * gibibyte)).pipe(createGzip({ level: 1 })),
    code: 3,
    says: ['folder before', 'INPUT_LIMIT'],
    mostMebibytes: 300,
  },
];

/** Prints on standard error, at the end, how much memory the process took. */
const preload = `data:text/javascript,process.on("exit",()=>process.stderr.write("KiB "+process.resourceUsage().maxRSS))`;
const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** What is wrong with how the program takes an input; empty if nothing is. */
async function faultsOf({
  source,
  options = ['--all'],
  code,
  says,
  mostMebibytes,
  name,
}: Large): Promise<string[]> {
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, ['--import', preload, program, 'check', ...options, '-']);
  let [stdout, stderr] = ['', ''];
  // The end of a report says how it went; the whole may be more than a text can be.
  child.stdout.on('data', (text: Buffer) => (stdout = (stdout + text.toString()).slice(-mebibyte)));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  // A program that has read enough closes its input.
  child.stdin.on('error', () => undefined);
  const input = source();
  input.pipe(child.stdin);
  const [ended] = (await once(child, 'close')) as [number | null];
  input.destroy();
  const used = Math.round(Number(/KiB (\d+)/.exec(stderr)?.[1]) / 1024);
  const seconds = Number((process.hrtime.bigint() - start) / 1_000_000_000n);
  console.log(`${name}: exit code ${ended}, ${seconds} s, ${used} MiB of at most ${mostMebibytes}`);
  return [
    ...(ended === code ? [] : [`expected exit code ${code}, received ${ended}: ${stderr.slice(0, 500)}`]),
    ...says.filter((text) => !stdout.includes(text)).map((text) => `expected the report to say ${text}`),
    ...(used <= mostMebibytes ? [] : [`expected at most ${mostMebibytes} MiB, received ${used}`]),
  ];
}

for (const input of inputs) {
  const faults = await faultsOf(input);
  for (const fault of faults) console.log(`FAULT: ${input.name}: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
