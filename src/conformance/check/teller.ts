import type { FolderResult, Found } from '../../observations/results.ts';

type SoFar = Pick<FolderResult, 'folderId' | 'findings' | 'hazards'>;

/** Tells of folders what was found since it was last told; what was found only ever grows. */
export class Teller {
  readonly #tell: (found: Found) => void;
  /** How much was told of the folders of which anything was. */
  readonly #told = new Map<number, { readonly findings: number; readonly hazards: number }>();

  constructor(tell: (found: Found) => void) {
    this.#tell = tell;
  }

  /** Tells what is new of the folder: findings, then hazards. */
  tell(folder: number, { folderId, findings, hazards }: SoFar): void {
    if (findings.length + hazards.length === 0) return;
    const told = this.#told.get(folder) ?? { findings: 0, hazards: 0 };
    const news = [...findings.slice(told.findings), ...hazards.slice(told.hazards)];
    if (news.length === 0) return;
    this.#told.set(folder, { findings: findings.length, hazards: hazards.length });
    for (const finding of news) this.#tell({ finding, folderId });
  }
}
