import { suggestion } from '../../machines/nearest.ts';

/** How answers are recorded. */
export interface RecordOptions {
  /** Record only requests whose URL or path begins with this text. Default: any prefix. */
  readonly routePrefix?: string;
  /** The longest body that is recorded, in bytes. Default: what a line may be when it is read. */
  readonly maxBodyBytes?: number;
  /** How many bytes are held of all bodies and lines that wait for the sink. Default: four lines of the longest. */
  readonly maxHeldBytes?: number;
  /** The times that a line is given, in milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
  /** Is told why an answer was not recorded. Default: `settled` throws it. */
  readonly onLoss?: (loss: Error) => void;
}

/** What each option has to be. */
const types: Readonly<Record<keyof RecordOptions, 'text' | 'bytes' | 'function'>> = {
  routePrefix: 'text',
  maxBodyBytes: 'bytes',
  maxHeldBytes: 'bytes',
  now: 'function',
  onLoss: 'function',
};

const tests = {
  text: ['a text', (value: unknown) => typeof value === 'string'],
  bytes: ['a number of bytes from 1', (value: unknown) => typeof value === 'number' && value >= 1],
  function: ['a function', (value: unknown) => typeof value === 'function'],
} as const;

function expect(what: string, type: keyof typeof tests, value: unknown): void {
  const [expected, is] = tests[type];
  if (is(value)) return;
  const received = typeof value === 'number' ? String(value) : value === null ? 'null' : typeof value;
  throw new TypeError(`recordFetch, ${what}: expected ${expected}, received ${received}`);
}

/** Throws a TypeError where a recording could not begin: nothing was asked yet, so nobody is disturbed. */
export function expectRecordable(fetch: unknown, sink: unknown, options: RecordOptions): void {
  expect('fetch', 'function', fetch);
  expect('sink', 'function', sink);
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`recordFetch, options: expected an object, received ${String(options)}`);
  const known = Object.keys(types);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(types, name))
      throw new TypeError(`recordFetch, ${name}: expected ${known.join(', ')}${suggestion(name, known)}`);
    if (value !== undefined) expect(name, types[name as keyof RecordOptions], value);
  }
}
