import { clauseIds, clauses, type ClauseId } from '../../../machines/clauses.ts';
import { findingCodes, type FindingCode } from '../../observations/findings.ts';
import { labelled, widthFor } from '../../text/layout.ts';
import { printable } from '../../text/escape.ts';
import { evidenceMeans } from '../../reports/check/text.ts';
import { refuse, type CommandAction } from '../frame/command.ts';
import { suggestion } from '../frame/nearest.ts';

/** Prints what the registries say of a finding code or a clause. */
export const explain: CommandAction = async ({ operands: [operand = ''] }, io) => {
  const name = operand.toUpperCase();
  const width = widthFor(io.stdout.columns);
  const lines = isCode(name)
    ? explainCode(name, width)
    : isClause(name)
      ? explainClause(name, width)
      : undefined;
  if (lines === undefined) {
    const known = [...Object.keys(findingCodes), ...clauseIds];
    return refuse(
      io,
      [`there is no code or clause ${printable(operand, 60)}${suggestion(operand, known)}`],
      'explain',
    );
  }
  io.stdout.write(`${lines.join('\n')}\n`);
  return 0;
};

const isCode = (name: string): name is FindingCode => Object.hasOwn(findingCodes, name);
const isClause = (name: string): name is ClauseId => Object.hasOwn(clauses, name);

function explainCode(code: FindingCode, width: number): string[] {
  const { severity, clause, means } = findingCodes[code];
  return [
    code,
    ...labelled(2, 'severity  ', severity, width),
    ...labelled(2, 'means     ', means, width),
    ...(clause === null ? [] : ['', ...explainClause(clause, width)]),
  ];
}

function explainClause(id: ClauseId, width: number): string[] {
  const { text, where, evidence } = clauses[id];
  return [
    id,
    ...labelled(2, 'says      ', text, width),
    ...labelled(2, 'page      ', where, width),
    ...labelled(2, 'evidence  ', `${evidence}: ${evidenceMeans[evidence]}`, width),
  ];
}
