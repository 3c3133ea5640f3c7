import type { FindingCode } from '../../observations/findings.ts';
import type { FolderResult, Found } from '../../observations/results.ts';

type SoFar = Pick<FolderResult, 'folderId' | 'findings' | 'hazards'>;

/** What was told of a folder: how many findings, and which hazards, each of which is told once. */
interface Told {
  readonly findings: number;
  readonly hazards: readonly FindingCode[];
}

const nothing: Told = { findings: 0, hazards: [] };

/**
 * Tells of folders what was found since it was last told. What was found mostly grows; what an answer that arrives late
 * takes back stays told.
 */
export class Notifier {
  readonly #tell: (found: Found) => void;
  /** What was told of the folders of which anything was. */
  readonly #told = new Map<number, Told>();

  constructor(tell: (found: Found) => void) {
    this.#tell = tell;
  }

  /** Tells what is new of the folder: findings, then hazards. */
  tell(folder: number, { folderId, findings, hazards }: SoFar): void {
    const told = this.#told.get(folder) ?? nothing;
    const dangers = hazards.filter(({ code }) => !told.hazards.includes(code));
    const news = [...findings.slice(told.findings), ...dangers];
    if (news.length === 0 && findings.length === told.findings) return;
    const codes = dangers.map(({ code }) => code);
    this.#told.set(folder, { findings: findings.length, hazards: [...told.hazards, ...codes] });
    for (const finding of news) this.#tell({ finding, folderId });
  }
}
