/**
 * A second, slow and literal implementation of what a folder shows, written from the definitions and sharing no
 * code with `machines/`: it keeps the history of a folder and works everything out anew from it.
 */
import { otherRank, printedRank } from './page.ts';

/** One answer to each question, by name. */
export type OracleReading = Readonly<Record<string, string>>;

/** What the oracle has to be told. */
export interface OracleSettings {
  readonly reading: OracleReading;
  readonly operatorRequired: string;
}

/** Anything that claims to be an event. */
export interface OracleEvent {
  readonly type: string;
  readonly id?: string;
  readonly groupId?: string;
  readonly resolution?: string;
  readonly analyses?: readonly { readonly id: string; readonly kind: string }[];
}

interface Member {
  readonly group: string;
  readonly kind: string;
  resolution: string;
}

/** The first of a list sorted from worst to best. */
export function naiveWorst(list: readonly string[], reading: OracleReading): string | undefined {
  const rank = reading['failed-beside-declined'] === 'declined' ? otherRank : printedRank;
  return list.toSorted((left, right) => (rank[left] ?? Number.NaN) - (rank[right] ?? Number.NaN))[0];
}

/** A folder as the oracle sees it. It changes in place, by `accept`. */
export class OracleFolder {
  private readonly members = new Map<string, Member>();
  /** Names of groups, in the order in which they were posted and in which they settled. */
  private readonly posted: string[] = [];
  private readonly settled: string[] = [];
  private readonly settings: OracleSettings;

  constructor(settings: OracleSettings) {
    this.settings = settings;
  }

  /** How many groups were posted. */
  get groupCount(): number {
    return this.posted.length;
  }

  /** Takes the event in, or returns false and stays as it was. */
  accept(event: OracleEvent): boolean {
    if (event.type === 'group.posted') return this.post(event.groupId, event.analyses ?? []);
    const member = event.id === undefined ? undefined : this.members.get(event.id);
    const next = member && this.next(member, event);
    if (!member || !next) return false;
    member.resolution = next;
    const all = this.of(member.group);
    if (!all.includes('PROCESSING') && !this.settled.includes(member.group)) this.settled.push(member.group);
    return true;
  }

  /** Whether the event would be taken in; changes nothing. */
  accepts(event: OracleEvent): boolean {
    return this.copy().accept(event);
  }

  /** The same folder, apart. */
  copy(): OracleFolder {
    const copy = new OracleFolder(this.settings);
    for (const [id, member] of this.members) copy.members.set(id, { ...member });
    copy.posted.push(...this.posted);
    copy.settled.push(...this.settled);
    return copy;
  }

  /** All that the folder remembers, as text: two folders are in one state exactly if their texts are equal. */
  describe(): string {
    return JSON.stringify([[...this.members], this.posted, this.settled]);
  }

  private post(groupId: string | undefined, analyses: NonNullable<OracleEvent['analyses']>): boolean {
    const ids = analyses.map(({ id }) => id);
    if (groupId === undefined || this.posted.includes(groupId) || ids.length === 0) return false;
    if (ids.some((id, at) => this.members.has(id) || ids.indexOf(id) !== at)) return false;
    this.posted.push(groupId);
    for (const { id, kind } of analyses)
      this.members.set(id, { group: groupId, kind, resolution: 'PROCESSING' });
    return true;
  }

  private next(member: Member, event: OracleEvent): string | undefined {
    const running = member.resolution === 'PROCESSING';
    const { reading, operatorRequired } = this.settings;
    if (event.type === 'analysis.failed' && running) return 'FAILED';
    if (event.type === 'analysis.finished' && running) {
      if (event.resolution === 'SUCCESS' || event.resolution === 'DECLINED') return event.resolution;
      const possible = operatorRequired === 'allowed' && !/^quality$/i.test(member.kind);
      if (event.resolution === 'OPERATOR_REQUIRED' && possible) return event.resolution;
    }
    if (event.type === 'operator.decided' && reading['operator-decision'] === 'allowed') {
      const decided = event.resolution === 'SUCCESS' || event.resolution === 'DECLINED';
      if (decided && member.resolution === 'OPERATOR_REQUIRED') return event.resolution;
    }
    return undefined;
  }

  /** The ids of all analyses. */
  ids(): readonly string[] {
    return [...this.members.keys()];
  }

  /** The resolutions of all analyses. */
  resolutions(): readonly string[] {
    return this.of();
  }

  /** Resolutions of the analyses of one group, or of all. */
  private of(group?: string): string[] {
    const chosen = [...this.members.values()].filter(
      (member) => group === undefined || member.group === group,
    );
    return chosen.map((member) => member.resolution);
  }

  /** The value of `folder.resolution_status`. */
  resolutionStatus(reading: OracleReading = this.settings.reading): string {
    let scope = this.of();
    if (scope.length === 0) return 'INITIAL';
    if (reading['status-scope'] === 'last-applied-group') scope = this.of(this.posted.at(-1));
    if (reading['status-scope'] === 'last-settled-group' && !scope.includes('PROCESSING')) {
      scope = this.of(this.settled.at(-1));
    }
    const looksFor =
      reading['status-precedence'] === 'failed-first' ? ['FAILED', 'PROCESSING'] : ['PROCESSING', 'FAILED'];
    return looksFor.find((stage) => scope.includes(stage)) ?? 'FINISHED';
  }

  /** The value of `system_resolution`. */
  systemResolution(reading: OracleReading = this.settings.reading): string {
    const all = this.of();
    if (all.length === 0) return 'INITIAL';
    const isFailureFirst =
      reading['status-precedence'] === 'failed-first' &&
      reading['failed-beside-declined'] === 'failed' &&
      reading['result-precedence'] === 'failed-first';
    const worstOf = (list: readonly string[]) =>
      isFailureFirst && list.includes('FAILED') ? 'FAILED' : (naiveWorst(list, reading) ?? 'no analysis');
    if (reading['result-scope'] === 'all-analyses') return worstOf(all);
    if (reading['result-scope'] === 'last-applied-group') {
      const isAwaited = all.includes('PROCESSING') && reading['result-while-earlier-runs'] === 'processing';
      return worstOf(isAwaited ? all : this.of(this.posted.at(-1)));
    }

    const failuresFinish = reading['failed-group-finishes'] === 'yes';
    const finished = this.settled.filter((group) => failuresFinish || !this.of(group).includes('FAILED'));
    const last = finished.at(-1);
    if (all.includes('PROCESSING')) {
      const isHeld = reading['result-while-running'] === 'hold' && last !== undefined;
      return worstOf(isHeld ? this.of(last) : all);
    }
    if (reading['failed-group-finishes'] === 'folder-fails' && all.includes('FAILED')) return 'FAILED';
    return worstOf(this.of(last ?? this.settled.at(-1)));
  }

  /** Both fields, as the API would answer them. */
  fields(): { readonly resolution_status: string; readonly system_resolution: string } {
    return { resolution_status: this.resolutionStatus(), system_resolution: this.systemResolution() };
  }
}
