import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { toldLine, type ToldFinding } from '../../monitor/index.ts';
import { append } from '../io/append.ts';
import type { OutputSink } from '../io/terminal.ts';

/** Who gets findings. */
export interface FindingReceiver {
  readonly name: string;
  /** How often sending is tried before some findings are given up; Infinity: for as long as it takes. */
  readonly attempts: number;
  /** Sends some findings, and resolves when they have arrived. */
  send(findings: readonly ToldFinding[], stop: AbortSignal): Promise<void>;
  close?(): void;
}

/** That sending has failed, and how long the receiver asks to wait, in milliseconds. */
export class NotSent extends Error {
  readonly wait: number | undefined;

  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

/** The name of standard output as a receiver. */
export const outputName = 'output';

/** Standard output as a receiver: a line for each finding. */
export function outputReceiver(stdout: OutputSink): FindingReceiver {
  return {
    name: outputName,
    attempts: Infinity,
    async send(findings) {
      if (!stdout.isOpen) throw new NotSent('its reader has gone away');
      stdout.write(findings.map(toldLine).join(''));
      await stdout.ready();
    },
  };
}

/** So much of the end of a file is looked at for findings that had been written before the process was killed. */
const lookedAt = 8 << 20;

/** A file as a receiver: each finding once, also where the process was killed before it noted that it is written. */
export function fileReceiver(path: string): FindingReceiver {
  const file = openSync(path, 'a+');
  const known = idsAtEnd(file);
  return {
    name: 'file',
    attempts: Infinity,
    send(findings) {
      const lines = findings.filter(({ id }) => !known.delete(id)).map(toldLine);
      append(file, Buffer.from(lines.join('')));
      return Promise.resolve();
    },
    close: () => closeSync(file),
  };
}

/** The ids of the last findings in a file, from which a line that was not written to its end is cut. */
function idsAtEnd(file: number): Set<string> {
  const stats = fstatSync(file);
  if (!stats.isFile()) return new Set();
  const from = Math.max(0, stats.size - lookedAt);
  const end = Buffer.alloc(stats.size - from);
  readSync(file, end, 0, end.length, from);
  const whole = end.lastIndexOf(10) + 1;
  if (whole > 0 || from === 0) ftruncateSync(file, from + whole);
  const ids = end
    .toString('utf8', 0, whole)
    .matchAll(/"id":"([\da-f]{8,64})","time":"[^"]*","traceId":[^}]*\}$/gm);
  return new Set([...ids].map(([, id]) => id!));
}

/** How long one request may take, in milliseconds. */
const requestTimeout = 10_000;

/** Whatever takes findings by HTTP. */
export interface HttpReceiverOptions {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body of a request with some findings. */
  readonly body: (findings: readonly ToldFinding[]) => string;
  readonly attempts: number;
}

/** A receiver that findings are posted to, some at a time. No redirection is followed. */
export function httpReceiver({ name, url, headers, body, attempts }: HttpReceiverOptions): FindingReceiver {
  return {
    name,
    attempts,
    async send(findings, stop) {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'content-type': 'application/json', 'idempotency-key': findings[0]!.id, ...headers },
          body: body(findings),
          signal: AbortSignal.any([stop, AbortSignal.timeout(requestTimeout)]),
        });
        await response.body?.cancel();
      } catch (error) {
        const { cause, message } = error as Error;
        throw new NotSent((cause as NodeJS.ErrnoException | undefined)?.code ?? message);
      }
      if (response.status >= 200 && response.status < 300) return;
      const after = Number(response.headers.get('retry-after'));
      throw new NotSent(`status ${response.status}`, after > 0 ? after * 1000 : undefined);
    },
  };
}

/** The body that a webhook gets. */
export const webhookBody = (findings: readonly ToldFinding[]): string =>
  `{"findings":[${findings.map((one) => toldLine(one).trimEnd()).join(',')}]}`;
