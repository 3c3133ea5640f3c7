import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';

/** A value of JSON of which a test says itself what it expects. */
// oxlint-disable-next-line typescript/no-explicit-any -- to cast every member would hide what is looked at
export type Loose = any;

/** An answer as a test looks at it. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Loose;
}

/** Asks a simulator under a base URL. */
export interface Caller {
  readonly simulator: Simulator;
  readonly base: string;
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Got>;
}

/** The origin of base URLs in tests. */
export const origin = 'https://oz.test';

/** A simulator, asked under the base URL with this path. */
export function calling(path = '', options: SimulatorOptions | Simulator = {}): Caller {
  const simulator = 'fetch' in options ? options : createSimulator(options);
  const base = `${origin}${path}`;
  const call = async (
    method: string,
    below: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Got> => {
    const content =
      body === undefined
        ? {}
        : body instanceof FormData || body instanceof Uint8Array || typeof body === 'string'
          ? { body: body as BodyInit }
          : { body: JSON.stringify(body) };
    const type =
      'body' in content && typeof content.body === 'string' ? { 'content-type': 'application/json' } : {};
    const request = new Request(`${base}${below}`, { method, ...content, headers: { ...type, ...headers } });
    const response = await simulator.fetch(request);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return Object.assign(call, { simulator, base });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Creates a folder with analyses of these kinds, and returns its id. */
export async function created(call: Caller, ...kinds: readonly string[]): Promise<string> {
  const analyses = kinds.map((type) => ({ type }));
  const { body } = await call('POST', '/api/folders/', analyses.length > 0 ? { analyses } : {});
  return body.folder_id as string;
}

/** The two fields of a folder as it is now. */
export async function shown(call: Caller, id: string): Promise<readonly [string, string]> {
  const { body } = await call('GET', `/api/folders/${id}?with_analyses=true`);
  return [body.resolution_status, body.system_resolution];
}
