import { annotation, comparisonText } from '../../review/page/annotate.ts';
import { printable } from '../../text/escape.ts';
import { block, labelled, widthFor } from '../../text/layout.ts';
import type { CommandAction } from '../frame/command.ts';
import { writeOutput } from '../io/output.ts';
import { compareFile } from './copy-file.ts';
import { readSpecification } from './specification-file.ts';

/** Tells what of a copy of the documentation page still is as it was when the clauses were taken from it. */
export const source: CommandAction = async ({ values, operands: [file = ''] }, io) => {
  const record = readSpecification();
  const compared = await compareFile(file, record, io);
  if ('code' in compared) {
    io.stderr.write(`oz-status: ${printable(compared.message)}\n`);
    return 3;
  }
  const name = printable(file, 200);
  if ('problem' in compared) {
    io.stderr.write(`oz-status: ${name}: ${compared.problem}\n`);
    return 3;
  }
  const width = widthFor(io.stdout.columns);
  const { title, address, captured } = record.page;
  const verdict = compared.isSame
    ? 'is the page that is specified'
    : 'differs from the page that is specified';
  const lines = [
    `${name} ${verdict}.`,
    ...labelled(2, 'specified  ', `${title}, captured ${captured}, ${address}`, width),
    ...labelled(2, 'compared   ', comparisonText(compared), width),
    '',
    ...annotation(compared, record, values['annotate'] === true, width),
  ];
  await writeOutput(block(lines), undefined, io, 'the comparison');
  return compared.isSame ? 0 : 1;
};
