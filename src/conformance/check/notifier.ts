import type { Finding, FindingCode } from '../../observations/findings.ts';
import type { FolderResult, Found } from '../../observations/results.ts';

type SoFar = Pick<FolderResult, 'folderId' | 'findings' | 'hazards'>;

/** What was told of a folder. */
interface Told {
  /** The findings of which the first `count` were told. */
  readonly findings: readonly Finding[];
  readonly count: number;
  /** The keys of what was told and then taken back. */
  readonly gone: readonly string[];
  /** The hazards, each of which is told once. */
  readonly hazards: readonly FindingCode[];
}

const nothing: Told = { findings: [], count: 0, gone: [], hazards: [] };

/**
 * Tells of folders what was found since it was last told. What was found mostly grows; what an answer that arrives late
 * takes back stays told, and what is found in its place is told as well.
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
    const { gone, untold } = hasGrown(told, findings)
      ? { gone: told.gone, untold: findings.slice(told.count) }
      : changed(told, findings);
    const dangers = hazards.filter(({ code }) => !told.hazards.includes(code));
    const news = [...untold, ...dangers];
    if (news.length === 0 && findings.length === told.count && gone === told.gone) return;
    const codes = dangers.map(({ code }) => code);
    const all = [...told.hazards, ...codes];
    this.#told.set(folder, { findings, count: findings.length, gone, hazards: all });
    for (const finding of news) this.#tell({ finding, folderId });
  }
}

/** Whether the findings are those that were told, and maybe more. */
function hasGrown({ findings: told, count }: Told, findings: readonly Finding[]): boolean {
  if (told === findings) return true;
  for (let at = 0; at < count; at += 1) if (findings[at] !== told[at]) return false;
  return true;
}

/** What has gone of the findings that were told, and what was never told of those that there are now. */
function changed({ findings: told, count, gone: before }: Told, findings: readonly Finding[]) {
  const known = new Set([...before, ...told.slice(0, count).map(keyOf)]);
  const now = new Set(findings.map(keyOf));
  return {
    gone: [...known].filter((key) => !now.has(key)),
    untold: findings.filter((finding) => !known.has(keyOf(finding))),
  };
}

/** Equal for the same found at the same place. */
function keyOf({ code, analysis, where: { file, line, offset, pointer } }: Finding): string {
  return JSON.stringify([code, analysis, file, line, offset, pointer]);
}
