import { finding, type Finding, type FindingCode } from '../../observations/findings.ts';
import type { FolderResult, Found } from '../../observations/results.ts';
import { keyOf, plainPath, pointerOfEntry, traits, traitsOf, type BaselineEntry } from './entries.ts';

/** What a baseline is held against. */
export interface BaselineContext {
  /** The name of the file, as it stands in findings about its entries. */
  readonly file: string;
  /** The day on which the check is made, YYYY-MM-DD. */
  readonly today: string;
  /** What an id is called in this check: entries may name folders by their ids or by these names. */
  readonly nameOf: (id: string) => string;
}

/** What a check found, by folder and outside. */
interface Findings {
  readonly folders: readonly FolderResult[];
  readonly input: readonly Finding[];
  readonly found?: readonly Found[];
}

type Trait = (typeof traits)[number];

/** Entries that name the same traits. */
interface Sort {
  readonly named: readonly Trait[];
  readonly numbers: Map<string, number>;
}

/** The deviations that are known, and which of them were found again. */
export class Baseline {
  readonly entries: readonly BaselineEntry[];
  readonly #context: BaselineContext;
  /** Of entries with the same traits named, the number by what they name; those that name most first. */
  readonly #sorts: readonly Sort[];
  readonly #used = new Set<number>();

  constructor(entries: readonly BaselineEntry[], context: BaselineContext) {
    this.entries = entries;
    this.#context = context;
    const sorts = new Map<string, Sort>();
    for (const [number, entry] of entries.entries()) {
      const named = traits.filter((trait) => entry[trait] !== undefined);
      const sort = sorts.get(named.join()) ?? { named, numbers: new Map<string, number>() };
      sorts.set(named.join(), sort);
      for (const each of this.#namesOf(entry)) sort.numbers.set(keyIn(named, each), number);
    }
    this.#sorts = [...sorts.values()].toSorted((one, other) => other.named.length - one.named.length);
  }

  #namesOf(entry: BaselineEntry): readonly BaselineEntry[] {
    const { nameOf } = this.#context;
    const { folder, analysis, file } = entry;
    const plain = file === undefined ? entry : { ...entry, file: plainPath(file) };
    if (folder === undefined && analysis === undefined) return [plain];
    const named = {
      ...plain,
      ...(folder !== undefined && { folder: nameOf(folder) }),
      ...(analysis !== undefined && { analysis: nameOf(analysis) }),
    };
    return [plain, named];
  }

  /** Whether the entry holds on the day of the check. */
  #holds({ expires }: BaselineEntry): boolean {
    return expires === undefined || expires >= this.#context.today;
  }

  /** The finding, marked if an entry that holds knows it: the one of them that names most. */
  mark(found: Found): Finding {
    const own = traitsOf(found);
    const numbers = this.#sorts.flatMap(({ named, numbers: of }) => of.get(keyIn(named, own)) ?? []);
    const number = numbers.find((each) => this.#holds(this.entries[each]!));
    for (const each of number === undefined ? numbers : [number]) this.#used.add(each);
    if (number === undefined) return found.finding;
    const { reason, expires = null } = this.entries[number]!;
    return { ...found.finding, known: { reason, expires } };
  }

  /** The same findings, each marked that is known. */
  applied<T extends Findings>(outcome: T): T {
    const marked = (all: readonly Finding[], folderId: string | null) =>
      all.map((one) => this.mark({ finding: one, folderId }));
    return {
      ...outcome,
      folders: outcome.folders.map((folder) => ({
        ...folder,
        findings: marked(folder.findings, folder.folderId),
        hazards: marked(folder.hazards, folder.folderId),
      })),
      input: marked(outcome.input, null),
      ...(outcome.found && {
        found: outcome.found.map(({ folderId, ...one }) => ({
          folderId,
          finding: this.mark({ folderId, ...one }),
        })),
      }),
    };
  }

  /** Whether an entry, by its number, has known a finding, or would have before it expired. */
  isUsed(number: number): boolean {
    return this.#used.has(number);
  }

  /** What is wrong with the entries; that nothing matches one can only be said where everything was read. */
  remarks(isComplete: boolean): Finding[] {
    return this.entries.flatMap((entry, number) => {
      const at = (code: FindingCode, message: string, hint: string): Finding =>
        finding(code, {
          message: `${entry.code}: ${message}`,
          where: { file: this.#context.file, pointer: pointerOfEntry(number) },
          hint,
        });
      const remarks: Finding[] = [];
      if (!this.#holds(entry)) {
        const because = `accepted until ${entry.expires}, and today is ${this.#context.today}`;
        remarks.push(
          at('BASELINE_EXPIRED', because, 'repair what it knows and delete it, or give it a later day'),
        );
      } else if (isComplete && !this.isUsed(number)) {
        remarks.push(
          at('BASELINE_UNUSED', 'no finding matches this entry', 'delete it: what it knew is gone'),
        );
      }
      if (entry.reason.trim() === '') {
        remarks.push(
          at('BASELINE_REASON_MISSING', 'nobody has said why it is accepted', 'write it into reason'),
        );
      }
      return remarks;
    });
  }

  /**
   * The entries that know what was found, in a fixed order: those that still match, as they are, and a new one for
   * each finding that none knows. With `byIds` new entries name folder and analysis, else the file.
   */
  updated(found: readonly Found[], byIds: boolean): readonly BaselineEntry[] {
    const open = found.filter((one) => this.mark(one).known === undefined && !isAboutBaseline(one.finding));
    const kept = this.entries.filter((_, number) => this.isUsed(number));
    const keys = new Set(kept.map(keyOf));
    const added = new Map<string, BaselineEntry>();
    for (const one of open) {
      const { code, folder, analysis, file = '', ...rest } = traitsOf(one);
      const ids = { ...(folder !== undefined && { folder }), ...(analysis !== undefined && { analysis }) };
      const subject = folder !== undefined && byIds ? ids : { file };
      const entry = { code, ...subject, ...rest, reason: '' };
      if (!keys.has(keyOf(entry))) added.set(keyOf(entry), entry);
    }
    return [...kept, ...added.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }
}

const keyIn = (named: readonly Trait[], own: Partial<Record<Trait, string>>) =>
  JSON.stringify(named.map((trait) => own[trait] ?? null));

const isAboutBaseline = ({ code }: Finding) => code.startsWith('BASELINE_');
