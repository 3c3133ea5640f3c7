import { statusOfFolder, systemOfFolder, type Folder, type Member } from './execution.ts';
import type { Line } from '../recordings/lines.ts';
import { literals, type Rules } from './rules.ts';
import type { Random } from '../recordings/random.ts';

/** An analysis that is to be posted. */
export interface Planned {
  readonly id: string;
  readonly kind: string;
  readonly isLiveness: boolean;
  readonly group: string;
}

/** What one client does, for a whole recording. */
export interface Client {
  readonly lists: 'all' | 'none' | 'some' | 'watches';
  readonly labels: number;
  readonly labelsFrom: number;
  readonly kinds: number;
  readonly posts: number;
  readonly fields: number;
  readonly isWrapped: boolean;
  readonly watched: number;
  readonly namesFolder: boolean;
}

/** How one client asks, and what it is answered. */
export class View {
  readonly #name: string;
  readonly #planned: ReadonlyMap<string, Planned>;
  readonly #client: Client;
  readonly #random: Random;
  readonly #isUnnamed: boolean;

  constructor(name: string, planned: readonly Planned[], client: Client, random: Random, isUnnamed: boolean) {
    this.#name = name;
    this.#planned = new Map(planned.map((one) => [one.id, one]));
    this.#client = client;
    this.#random = random;
    this.#isUnnamed = isUnnamed;
  }

  #analysis(member: Member, at: number, isBare: boolean): Line {
    const random = this.#random;
    const { kind, group } = this.#planned.get(member.id)!;
    const literal = literals[member.code]!;
    const state = literal === 'PROCESSING' || literal === 'FAILED' ? literal : 'FINISHED';
    const how = random.below(10);
    const hasLabel = at >= this.#client.labelsFrom && random.chance(this.#client.labels);
    const isUpper = /^[0-9a-f]{8}-/.test(member.id) && random.chance(0.3);
    return {
      [random.chance(0.9) ? 'analyse_id' : 'analysis_id']: isUpper ? member.id.toUpperCase() : member.id,
      ...(isBare && { folder_id: this.#name }),
      ...(hasLabel && { group_id: group }),
      ...(random.chance(this.#client.kinds) && { type: random.chance(0.8) ? kind : kind.toLowerCase() }),
      ...(how !== 0 && { state }),
      ...(how !== 1 && how !== 2 && { [how === 3 ? 'resolution' : 'resolution_status']: literal }),
    };
  }

  #wrapped(method: string, path: string, body: unknown): Line {
    const status = method === 'POST' ? 201 : 200;
    return { method, url: `https://api.example/api/${path}`, status, body };
  }

  /** The answer to the POST of a group, as things stand now. */
  post(folder: Folder, group: readonly Planned[]): Line {
    const random = this.#random;
    const members = folder.groups.flat().filter(({ id }) => group.some((one) => one.id === id));
    const body = members.map((member) => this.#analysis(member, 0, random.chance(0.5)));
    if (folder.groups.length === 1 && random.chance(0.3)) {
      return this.#wrapped('POST', 'folders/', { folder_id: this.#name, analyses: body });
    }
    return this.#wrapped('POST', `folders/${this.#name}/analyses/`, body);
  }

  /** The answer to a poll. */
  poll(folder: Folder, rules: Rules, at: number): Line {
    const random = this.#random;
    const { lists, fields, isWrapped, watched } = this.#client;
    const members = folder.groups.flat();
    const mine =
      lists === 'watches' ? members.filter((_, index) => index === watched % members.length) : members;
    if (
      (lists === 'some' && members.length > 0 && random.chance(0.5)) ||
      (lists === 'watches' && random.chance(0.6))
    ) {
      const shown = lists === 'watches' || random.chance(0.3) ? mine : random.some(mine, 0.6);
      if (shown.length > 0) return this.#list(shown, at);
    }
    const withList = lists === 'all' || (lists === 'some' && random.chance(0.6));
    const body = {
      folder_id: this.#name,
      ...(random.chance(fields) && { resolution_status: statusOfFolder(folder, rules) }),
      ...(random.chance(fields) && { system_resolution: systemOfFolder(folder, rules) }),
      ...(withList && {
        analyses: this.#shuffled(members).map((member) => this.#analysis(member, at, false)),
      }),
      ...(!withList && random.chance(0.2) && { analyses: [] }),
    };
    if (!isWrapped) return body;
    if (random.chance(0.1)) return this.#wrapped('GET', 'folders/', { items: [body] });
    const query = withList ? '?with_analyses=true' : '';
    return this.#wrapped('GET', `folders/${this.#name}${query}`, body);
  }

  #shuffled<T>(list: readonly T[]): readonly T[] {
    if (!this.#random.chance(0.2)) return list;
    return list.toSorted(() => this.#random.below(3) - 1);
  }

  /** Analyses without their folder object. */
  #list(shown: readonly Member[], at: number): Line {
    const random = this.#random;
    const isNamed = !this.#isUnnamed || this.#client.namesFolder || random.chance(0.5);
    const entries = shown.map((member) => this.#analysis(member, at, isNamed));
    if (isNamed && random.chance(0.4))
      return this.#wrapped('GET', `folders/${this.#name}/analyses/`, entries);
    const [only] = entries;
    if (entries.length > 1) return this.#wrapped('GET', 'folders/', { items: entries });
    return random.chance(0.5) ? only! : this.#wrapped('GET', `analyses/${shown[0]!.id}`, only);
  }
}
