import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { defaultSettings } from '../../../machines/readings.ts';
import type { Finding } from '../../observations/findings.ts';
import { printable } from '../../text/escape.ts';
import { counted, labelled, painter, widthFor, wrap, type Paint } from '../../text/layout.ts';
import type { CheckOutcome } from '../../reports/check/outcome.ts';
import { given, readManifest, recordingsDirectory, type Example } from './bundled.ts';
import type { CommandAction } from '../frame/command.ts';
import { packageRoot } from '../package.ts';
import { judge } from '../check/judge.ts';

/** Judges the bundled recordings under the default reading and tells what each one shows. */
export const examples: CommandAction = async (_call, io) => {
  const paint = painter(
    io.stdout.isTerminal && (io.env['NO_COLOR'] ?? '') === '',
    widthFor(io.stdout.columns),
  );
  const manifest = readManifest();
  const unexpected: string[] = [];
  // Named relative to the package, whatever the working directory is.
  const inPackage = { ...io, cwd: packageRoot };
  io.stdout.write(`${paint('bold', 'Recordings of the API, judged by the default reading')}\n`);
  for (const [at, example] of manifest.entries()) {
    const file = join(recordingsDirectory, example.file);
    const outcome = await judge({ files: [file], options: { settings: defaultSettings } }, inPackage);
    const asExpected = isDeepStrictEqual(given(outcome), expectedOf(example));
    if (!asExpected) unexpected.push(example.file);
    io.stdout.write(`\n${exampleLines(example, at + 1, outcome, paint).join('\n')}\n`);
  }
  io.stdout.write(`\n${closing(manifest, unexpected, paint).join('\n')}\n`);
  return unexpected.length > 0 ? 1 : 0;
};

/** What the manifest expects, in the form and order of what is given. */
function expectedOf({ expected: { exitCode, verdicts, codes } }: Example): Example['expected'] {
  return { exitCode, verdicts, codes: [...new Set(codes)].toSorted() };
}

function exampleLines(example: Example, number: number, outcome: CheckOutcome, paint: Paint): string[] {
  const main = mainFinding(outcome);
  const { exitCode } = given(outcome);
  const line = (label: string, text: string) => labelled(3, label, text, paint.width);
  return [
    ...labelled(0, `${number}. `, example.title, paint.width).map((each) => paint('bold', each)),
    ...line('', example.description),
    ...line('file         ', example.file),
    ...line('verdict      ', `${verdictWords(outcome)} (exit code ${exitCode})`),
    ...(main ? line(main.severity.padEnd(13), `${main.code}: ${printable(main.message)}`) : []),
    ...line('lesson       ', example.lesson),
  ];
}

function verdictWords({ folders }: CheckOutcome): string {
  const words = folders.map(({ folderId, verdict }) =>
    folders.length === 1 || folderId === null ? verdict : `${printable(folderId, 40)} ${verdict}`,
  );
  return words.length > 0 ? words.join(', ') : 'nothing to judge';
}

const weight = ['violation', 'unspecified', 'unreadable', 'hazard', 'note'] as const;

/** The finding that weighs most; of equal ones the first. */
function mainFinding({ folders, input }: CheckOutcome): Finding | undefined {
  const all = [...folders.flatMap(({ findings, hazards }) => [...findings, ...hazards]), ...input];
  return all.toSorted((one, other) => weight.indexOf(one.severity) - weight.indexOf(other.severity))[0];
}

function closing(manifest: readonly Example[], unexpected: readonly string[], paint: Paint): string[] {
  const count = counted(manifest.length, 'recording');
  const verdict =
    unexpected.length === 0
      ? `${count}, each judged as docs/examples/recordings/index.json says.`
      : `${count}; judged otherwise than index.json says: ${unexpected.join(', ')}.`;
  return [
    ...wrap(verdict, paint.width).map((each) => paint('bold', each)),
    ...labelled(0, 'Judge your own:  ', 'oz-status check FILE...', paint.width),
    ...labelled(
      0,
      'Read on:         ',
      'docs/guide/reviewer.md, docs/guide/developer.md, docs/guide/ci.md',
      paint.width,
    ),
  ];
}
