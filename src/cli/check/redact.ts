import { createNaming, type Naming } from '../../recordings/index.ts';
import type { Checked } from '../frame/options.ts';
import { redactKeyVariable, shortestKey } from './redact-key.ts';
import type { Terminal } from '../io/terminal.ts';

/** 80 bits: of a billion ids, two share a pseudonym with a chance of one in a million. */
const digits = 20;

/**
 * How a check calls ids: as received, or, redacted, by the HMAC-SHA-256 under the key in the environment, or under
 * one that is drawn for this run and forgotten.
 */
export async function namingFor(redact: boolean, { env }: Pick<Terminal, 'env'>): Promise<Checked<Naming>> {
  if (!redact) return { value: createNaming() };
  const given = env[redactKeyVariable] ?? '';
  if (given !== '' && given.length < shortestKey) {
    return {
      problems: [
        `${redactKeyVariable}: expected at least ${shortestKey} characters, received ${given.length}`,
      ],
    };
  }
  const { createHmac, randomBytes } = await import('node:crypto');
  const key = given === '' ? randomBytes(32) : given;
  const pseudonym = (id: string) =>
    `redacted-${createHmac('sha256', key).update(id).digest('hex').slice(0, digits)}`;
  return { value: createNaming(pseudonym) };
}

/** Whether pseudonyms mean the same in another run. */
export function pseudonymsLast({ env }: Pick<Terminal, 'env'>): boolean {
  return (env[redactKeyVariable] ?? '') !== '';
}
