import type { Finding } from '../../observations/findings.ts';
import { saidAtEnd } from '../../conformance/folder/hazards.ts';
import { createPackedChecker } from '../../conformance/check/checker.ts';
import type { CheckOptions, FolderResult, Found } from '../../observations/results.ts';
import { createNaming, type Receiver } from '../../recordings/index.ts';
import type { CheckOutcome, Interruption } from '../../reports/check/outcome.ts';
import type { Inputs } from '../io/files.ts';
import { withOrderHints } from './order-hints.ts';
import { withPositions } from './positions.ts';
import { isStopped, readAll, type Input } from './read-all.ts';

/** What to judge, and how. */
export interface Task extends Input {
  readonly options: CheckOptions;
  /** Nobody asks for line and column of a finding, for which the files are read again. */
  readonly isSummary?: boolean;
  /** Is told each finding when it is found. */
  readonly tell?: (found: Found) => void;
}

/** Reads the files in order and judges all that can be read of them, until it is stopped. */
export async function judge(task: Task, io: Inputs): Promise<CheckOutcome> {
  const { options, stop } = task;
  const holds = ({ code }: Finding) => !isStopped(stop) || !saidAtEnd.has(code);
  const tell = (found: Found): void => {
    if (holds(found.finding)) task.tell?.(found);
  };
  const checker = createPackedChecker(options, task.tell && tell);
  const receiver: Receiver = { ...checker, find: (one) => tell({ finding: one, folderId: null }) };
  const { found, ignored, requests, marks, timed } = await readAll(receiver, task, io);
  const all = checker.finish();
  if (!isStopped(stop)) {
    const outcome = { options, folders: all, input: found, ignored, requests };
    if (task.isSummary === true) return outcome;
    const untimed = new Set([...marks.keys()].filter((file) => !timed.has(file)));
    const hinted = await withOrderHints(outcome, untimed, task, io);
    return withPositions(hinted, task.naming ?? createNaming(), marks, io);
  }
  const folders = all.map((folder) => onlyWhat(holds, folder));
  return { options, folders, input: found, ignored, requests, partial: stop.reason as Interruption };
}

const onlyWhat = (holds: (one: Finding) => boolean, folder: FolderResult): FolderResult => ({
  ...folder,
  findings: folder.findings.filter(holds),
  hazards: folder.hazards.filter(holds),
});
