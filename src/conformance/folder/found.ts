import type { Finding, FindingCode, Severity } from '../../observations/findings.ts';

/** The severities that decide a verdict. */
export type Decisive = Extract<Severity, 'violation' | 'unspecified'>;

/** The list with one more: a list that begins by pushing keeps room for sixteen, and most folders have one finding. */
function withOneMore(all: Finding[], one: Finding): Finding[] {
  if (all.length === 0) return [one];
  all.push(one);
  return all;
}

/** What was found of one folder; both lists only grow. */
export class Found {
  #findings: Finding[];
  #hazards: Finding[];
  #violations = 0;
  #unspecified = 0;
  #limit: Finding | undefined;

  constructor(findings: readonly Finding[] = [], hazards: readonly Finding[] = []) {
    this.#findings = [...findings];
    this.#hazards = [...hazards];
    for (const each of findings) this.#count(each);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get hazards(): readonly Finding[] {
    return this.#hazards;
  }

  #count(found: Finding): void {
    const { severity, code } = found;
    if (severity === 'violation') this.#violations += 1;
    if (severity === 'unspecified') this.#unspecified += 1;
    if (code === 'SEARCH_LIMIT') this.#limit ??= found;
  }

  copy(): Found {
    return new Found(this.findings, this.hazards);
  }

  /** What is found in every one of several orders, as the first says it; that a limit is met in one of them counts. */
  static inAll(all: readonly Found[]): Found {
    const limit = all.map((each) => each.limit).find((each) => each);
    // What a decision or a deletion explains may have come about without in another order.
    const [least] = all.toSorted((one, other) => one.count('unspecified') - other.count('unspecified'));
    const hazards = all[0]!.hazards.filter(({ code }) => all.every((each) => each.holds(code)));
    const found = new Found(least!.findings, hazards);
    if (limit) found.add(limit);
    return found;
  }

  /** Adds what was found; that a limit is met is said once. */
  add(found: Finding): void {
    if (found.severity === 'hazard') this.#hazards = withOneMore(this.#hazards, found);
    else if (found.code !== 'SEARCH_LIMIT' || !this.#limit) {
      this.#findings = withOneMore(this.#findings, found);
      this.#count(found);
    }
  }

  /** That a limit is met, if one is. */
  get limit(): Finding | undefined {
    return this.#limit;
  }

  /** Whether the same was found at the same place. */
  says({ code, analysis, where }: Finding): boolean {
    return this.findings.some((one) => {
      const place = one.where;
      const isThere =
        place.file === where.file && place.line === where.line && place.pointer === where.pointer;
      return isThere && one.code === code && one.analysis === analysis;
    });
  }

  /** Whether a limit is met. */
  get isLimited(): boolean {
    return this.#limit !== undefined;
  }

  /** How many findings of this severity there are. */
  count(severity: Decisive): number {
    return severity === 'violation' ? this.#violations : this.#unspecified;
  }

  /** How many violations were found. */
  get violations(): number {
    return this.count('violation');
  }

  /** The findings of this severity. */
  of(severity: Severity): readonly Finding[] {
    return this.findings.filter((found) => found.severity === severity);
  }

  /** Whether a hazard with this code was found. */
  holds(code: FindingCode): boolean {
    return this.hazards.some((hazard) => hazard.code === code);
  }

  /** Those of some hazards that are not found yet: each is said once. */
  unsaid(hazards: readonly Finding[]): readonly Finding[] {
    return hazards.filter(({ code }) => !this.holds(code));
  }
}
