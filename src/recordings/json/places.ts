/**
 * Where values stand in a JSON text that is known to be one. Only the way to the values that are wanted is read, all
 * else is skipped. A pointer may lead on into a string that spells JSON itself, as a body kept as text does.
 */

/** What is wanted at one place of a text, and what of it was found. */
interface Node {
  readonly members: Map<string, Node>;
  offset: number | null;
  /**
   * The offset of the value in which it was found. If that is not where the value around it was found last, its key
   * stands twice: the last value counts, and this is not of it.
   */
  around: number | null;
}

/** The place of a value: where it begins, in UTF-16 code units from the beginning of the text. */
export interface Place {
  readonly offset: number;
  /** The pointer of the value as the text has it: a member may stand there under another name. */
  readonly pointer: string;
}

/** Members that are read instead of others that are absent. */
const aliases: ReadonlyMap<string, string> = new Map([['resolution_status', 'resolution']]);

/**
 * The places of the values at `pointers` in `text`, which has to be valid JSON. Of a value that is not there it is the
 * place of the nearest value around it. `nameOf` says what a pointer calls a key.
 */
export function placesIn(
  text: string,
  pointers: Iterable<string>,
  nameOf: (key: string) => string = (key) => key,
): ReadonlyMap<string, Place> {
  const wanted = new Set(pointers);
  const root = createNode();
  for (const pointer of wanted) {
    let node = root;
    for (const name of namesIn(pointer)) {
      const alias = aliases.get(name);
      if (alias !== undefined) memberOf(node, alias);
      node = memberOf(node, name);
    }
  }
  new Walk(text, nameOf, (offset) => offset).value(root, null);
  return new Map([...wanted].map((pointer) => [pointer, placeOf(pointer, root)] as const));
}

/** Line and column, both 1-based, of places in a text, the later ones asked for later. */
export class TextLines {
  readonly #text: string;
  #line: number;
  /** Where the line begins. */
  #start: number;
  #end: number;

  /** The text begins on this line, with as many code units before it. */
  constructor(text: string, line = 1, unitsBefore = 0) {
    this.#text = text;
    this.#line = line;
    this.#start = -unitsBefore;
    this.#end = text.indexOf('\n');
  }

  placeAt(offset: number): { readonly line: number; readonly column: number } {
    for (; this.#end !== -1 && this.#end < offset; this.#end = this.#text.indexOf('\n', this.#start)) {
      this.#line += 1;
      this.#start = this.#end + 1;
    }
    return { line: this.#line, column: offset - this.#start + 1 };
  }
}

const namesIn = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

function memberOf({ members }: Node, name: string): Node {
  const known = members.get(name);
  if (known) return known;
  const node = createNode();
  members.set(name, node);
  return node;
}

const createNode = (): Node => ({ members: new Map(), offset: null, around: null });

/** The member as it was found in the value, or undefined. */
function foundIn({ members, offset }: Node, name: string): (Node & { readonly offset: number }) | undefined {
  const member = members.get(name);
  const isFound = member !== undefined && member.offset !== null && member.around === offset;
  return isFound ? (member as Node & { readonly offset: number }) : undefined;
}

function placeOf(pointer: string, root: Node): Place {
  let node = root;
  let place: Place = { offset: root.offset ?? 0, pointer };
  for (const name of namesIn(pointer)) {
    const other = aliases.get(name) ?? name;
    const member = foundIn(node, name);
    const alias = foundIn(node, other);
    if (!member) {
      return alias ? { offset: alias.offset, pointer: pointer.replace(/[^/]*$/, other) } : place;
    }
    node = member;
    place = { offset: member.offset, pointer };
  }
  return place;
}

const blank = /[\t\n\r ]*/y;
const scalar = /[^\t\n\r ,\]}]*/y;
const container = /["[\]{}]/g;

class Walk {
  readonly #text: string;
  readonly #nameOf: (key: string) => string;
  readonly #offsetOf: (offset: number) => number;
  #at = 0;

  /** `offsetOf` says where in the whole text a part of this one stands. */
  constructor(text: string, nameOf: (key: string) => string, offsetOf: (offset: number) => number) {
    this.#text = text;
    this.#nameOf = nameOf;
    this.#offsetOf = offsetOf;
  }

  /** Reads one value; where `node` wants it, notes its place in the value `around` it and what is wanted in it. */
  value(node: Node | undefined, around: number | null): void {
    this.#skip(blank);
    const begin = this.#at;
    const first = this.#text[begin];
    if (node) {
      node.offset = this.#offsetOf(begin);
      node.around = around;
    }
    const within = node && node.members.size > 0 ? node : undefined;
    if (first === '"') {
      this.#skipString();
      if (within) this.#textIn(begin, within);
    } else if (first !== '{' && first !== '[') this.#skip(scalar);
    else if (!within) this.#skipContainer();
    else this.#members(within);
  }

  /** Reads what is wanted in the list or object that comes next. */
  #members({ members, offset }: Node): void {
    this.#skip(blank);
    const open = this.#text[this.#at];
    this.#at += 1;
    for (let number = 0; ; number += 1) {
      this.#skip(blank);
      if (this.#text[this.#at] === (open === '{' ? '}' : ']')) break;
      let name = String(number);
      if (open === '{') {
        const begin = this.#at;
        this.#skipString();
        name = JSON.parse(this.#text.slice(begin, this.#at)) as string;
        this.#skip(blank);
        this.#at += 1;
      }
      this.value(members.get(name) ?? members.get(this.#nameOf(name)), offset);
      this.#skip(blank);
      if (this.#text[this.#at] !== ',') break;
      this.#at += 1;
    }
    this.#at += 1;
  }

  /** What is wanted in the text that a string spells, which begins at `begin` and has just been read. */
  #textIn(begin: number, node: Node): void {
    const spelt = this.#text.slice(begin, this.#at);
    const text = JSON.parse(spelt) as string;
    if (!/^[\t\n\r ]*[[{]/.test(text) || !isJson(text)) return;
    const offsets = offsetsIn(spelt);
    const offsetOf = (offset: number) => this.#offsetOf(begin + offsets[offset]!);
    new Walk(text, this.#nameOf, offsetOf).#members(node);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = pattern.lastIndex;
  }

  #skipString(): void {
    let end = this.#at;
    do end = this.#text.indexOf('"', end + 1);
    while (isEscaped(this.#text, end));
    this.#at = end + 1;
  }

  #skipContainer(): void {
    let depth = 0;
    do {
      container.lastIndex = this.#at;
      const found = container.exec(this.#text);
      if (!found) throw new Error('a text that is not JSON was searched for a value');
      this.#at = found.index;
      if (found[0] === '"') this.#skipString();
      else {
        depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
        this.#at += 1;
      }
    } while (depth > 0);
  }
}

/** Whether the character at `at` has an odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

/** For each code unit of the text that a JSON string spells, where it stands in the string. */
function offsetsIn(spelt: string): Uint32Array {
  const offsets = new Uint32Array(spelt.length);
  let unit = 0;
  for (let at = 1; at < spelt.length; unit += 1) {
    offsets[unit] = at;
    if (spelt[at] === '\\') at += spelt[at + 1] === 'u' ? 6 : 2;
    else at += 1;
  }
  return offsets;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
