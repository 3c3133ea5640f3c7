import { createArrivals, createHomes, type Arrivals } from '../check/arrivals.ts';
import { Joining } from '../check/joining.ts';
import { allAdmitted, both, either, isSame, type Admitted } from '../folder/admitted-readings.ts';
import { FolderEvidence, type InferContext, type Moment, type SeenAt } from './folder-evidence.ts';
import type { Observation } from '../../observations/observation.ts';

/** That a folder admits fewer readings after a moment than before. */
interface Narrowed {
  readonly folder: FolderEvidence;
  readonly seen: SeenAt;
  readonly admitted: Admitted;
}

/** The readings that all folders seen so far admit, after a moment that made them fewer. */
export interface Narrowing {
  readonly folder: FolderEvidence;
  readonly seen: SeenAt;
  readonly left: Admitted;
}

/** One pass over observations, and what it says of the readings. */
export class InferRun {
  readonly #folders = new Map<string, FolderEvidence>();
  readonly #changes: Narrowed[] = [];
  readonly #joining: Joining;
  readonly #arrivals: Arrivals;
  readonly #context: InferContext;
  #moments = 0;

  constructor(context: InferContext) {
    this.#context = context;
    const homes = createHomes();
    this.#arrivals = createArrivals(
      {
        take: (key, observations) => this.#take(key, observations),
        refuse: (observation, because) => this.#folderOf(observation).refuse(because),
      },
      homes,
    );
    this.#joining = new Joining(this.#arrivals, homes);
  }

  observe(observation: Observation): void {
    this.#joining.observe(observation);
    this.#context.budget.grant(observation.analyses.length);
  }

  end(): void {
    this.#joining.end();
    this.#arrivals.end();
  }

  /** The folders in the order in which they were first judged. */
  get folders(): readonly FolderEvidence[] {
    return [...this.#folders.values()];
  }

  /** The moments at which the readings that all folders admit became fewer; what broke its own laws says nothing. */
  narrowings(): readonly Narrowing[] {
    const narrowings: Narrowing[] = [];
    let left = allAdmitted();
    for (const { folder, seen, admitted } of this.#changes) {
      if (folder.leftOut) continue;
      // An answer that arrived late may admit again what was not admitted before it.
      const after = both(left, either(admitted, folder.admitted));
      if (!isSame(after, left)) narrowings.push({ folder, seen, left: after });
      left = after;
    }
    return narrowings;
  }

  #folderOf({ folder, folderId }: Observation): FolderEvidence {
    const known = this.#folders.get(folder);
    if (known) return known;
    const created = new FolderEvidence(this.#context, folderId ?? null);
    this.#folders.set(folder, created);
    return created;
  }

  #take(key: string, observations: readonly Observation[]): void {
    const last = observations.at(-1)!;
    const folder = this.#folderOf(last);
    const moment: Moment = { number: this.#moments++, observations };
    if (!folder.take(moment)) return;
    const seen = { folderId: folder.folderId, where: last.where };
    this.#changes.push({ folder, seen, admitted: folder.admitted });
  }
}
