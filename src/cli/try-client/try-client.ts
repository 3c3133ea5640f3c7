import {
  createSimulator,
  judgeRun,
  traps,
  type Simulator,
  type Trap,
  type TrapResult,
} from '../../simulator/index.ts';
import { interruptions, type Interruption } from '../../reports/check/outcome.ts';
import { scriptNamed } from '../../simulator/scenarios/script.ts';
import { needsEnd } from '../../simulator/traps/needs-end.ts';
import { printable } from '../../text/escape.ts';
import { widthFor } from '../../text/layout.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { suggestion } from '../frame/nearest.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { listenReason } from '../io/listening.ts';
import type { Terminal } from '../io/terminal.ts';
import { startSimulatorServer, type SimulatorServer } from '../simulate/server.ts';
import type { tryClientFormats } from './options.ts';
import { jsonTrapReport, junitTrapReport, textResult, textSummary } from './report.ts';
import { runClient } from './run-client.ts';

interface Order {
  readonly command: readonly string[];
  readonly chosen: readonly Trap[];
  readonly format: (typeof tryClientFormats)[number];
  /** In milliseconds. */
  readonly timeout: number;
  /** In seconds, as the client is told; undefined: what is usual in each trap. */
  readonly deadline: string | undefined;
}

/** The usual deadlines in seconds: long enough for a poll every two seconds where the client has to see an end. */
const usualDeadline = (trap: Trap): string => (needsEnd(trap) ? '12' : '3');

/** The token that a client is given. */
const token = 'token-of-try-client';

/** Runs a client once in each trap and reports what it fell for. */
export const tryClient: CommandAction = async (call, io) => {
  const order = readOrder(call);
  if (order.problems) return refuse(io, order.problems, 'try-client');
  const { chosen, format, command } = order.value;
  const simulator = createSimulator();
  let asked = 0;
  const onAnswer = (): void => void (asked += 1);
  const stop = io.interrupts();
  let server: SimulatorServer;
  try {
    server = await startSimulatorServer({ simulator, host: '127.0.0.1', port: 0, onAnswer });
  } catch (error) {
    return refuse(io, [`expected a simulator to try it with, but ${listenReason(error)}`], 'try-client');
  }
  const results: TrapResult[] = [];
  const width = widthFor(io.stdout.columns);
  try {
    for (const trap of chosen) {
      if (stop.aborted) break;
      // oxlint-disable-next-line no-await-in-loop -- a client that runs several times at once would be another one
      const { judged, isSilent } = await springTrap(trap, server.url, simulator, order.value, io);
      // A client that was ended from outside has shown nothing.
      if (stop.aborted) break;
      results.push(judged);
      if (asked === 0 && isSilent) {
        const received = 'received none, so no trap was tried; does it start, and is it given the address?';
        return refuse(
          io,
          [`expected a client that asks what is at OZ_BASE_URL or {base}, ${received}`],
          'try-client',
        );
      }
      if (format === 'text') io.stdout.write(textResult(judged, width));
    }
  } catch (error) {
    const { code = (error as Error).message } = error as NodeJS.ErrnoException;
    io.stderr.write(
      `oz-status: ${printable(command[0] ?? '', 100)}: cannot be started: ${printable(code, 100)}\n`,
    );
    return wrongUse;
  } finally {
    await server.close();
  }
  if (stop.aborted) {
    const reason = stop.reason as Interruption;
    io.stderr.write(
      `oz-status: ${interruptions[reason].means} after ${results.length} of ${chosen.length} traps\n`,
    );
    return interruptions[reason].exitCode;
  }
  const reports = {
    text: () => textSummary(results),
    json: () => jsonTrapReport(results),
    junit: () => junitTrapReport(results),
  };
  io.stdout.write(reports[format]());
  return results.some(({ caught }) => caught) ? 1 : 0;
};

async function springTrap(
  trap: Trap,
  url: string,
  simulator: Simulator,
  { command, timeout, deadline = usualDeadline(trap) }: Order,
  io: Terminal,
): Promise<{ readonly judged: TrapResult; readonly isSilent: boolean }> {
  const base = `${url}/s/${trap.id}/${trap.settings}`;
  const folder = await prepare(trap, base, simulator);
  const callbacks = `${base}/simulator/callbacks?format=ndjson`;
  const values: Readonly<Record<string, string>> = { base, token, folder, deadline, callbacks };
  const filled = command.map((part) =>
    part.replaceAll(/\{(base|token|folder|deadline|callbacks)\}/g, (_, name: string) => values[name] ?? ''),
  );
  const before = simulator.recording(base).length;
  const run = await runClient({
    command: filled,
    cwd: io.cwd,
    env: {
      ...io.env,
      ...pastProxies(io.env, new URL(url).hostname),
      OZ_BASE_URL: base,
      OZ_TOKEN: token,
      OZ_FOLDER_ID: folder,
      OZ_DEADLINE_SECONDS: deadline,
      OZ_CALLBACKS_URL: callbacks,
    },
    timeout,
    stop: io.interrupts(),
  });
  const judged = judgeRun(trap, run, shownLast(simulator.recording(base).slice(before)));
  if (judged.caught && run.errors !== '')
    io.stderr.write(`${trap.id}: ${printable(run.errors.trim(), 300)}\n`);
  return { judged, isSilent: run.decisions.length === 0 };
}

/** What has a client ask a host itself where a proxy is set for all others. */
function pastProxies(env: Terminal['env'], host: string): Readonly<Record<string, string>> {
  const others = env['no_proxy'] ?? env['NO_PROXY'];
  const hosts = others ? `${others},${host}` : host;
  return { no_proxy: hosts, NO_PROXY: hosts };
}

/** Creates the folder of a trap, and posts its first group unless the scenario does: itself, or by the web plugin. */
async function prepare({ settings, plugin }: Trap, base: string, simulator: Simulator): Promise<string> {
  const script = scriptNamed(settings.split('/')[0]!);
  const first = 'problem' in script ? undefined : script.events[0];
  const isPosted = settings.includes('posts=scenario');
  const kinds = first?.is === 'post' ? first.kinds : ['QUALITY', 'BIOMETRY'];
  const body = JSON.stringify(
    isPosted ? {} : { analyses: kinds.map((type) => ({ type: type.toLowerCase() })) },
  );
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a fault of the way is met again at most a few times
      const response = await simulator.fetch(
        new Request(`${base}${plugin ? '/simulator/plugin' : '/api/folders/'}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }),
      );
      // oxlint-disable-next-line no-await-in-loop -- the same
      const text = await response.text();
      if (response.status === 201) return (JSON.parse(text) as { readonly folder_id: string }).folder_id;
    } catch {
      // The connection broke, on purpose.
    }
  }
}

/** What the folder showed last in lines of a recording, as `resolution_status/system_resolution`. */
function shownLast(lines: string): string | null {
  for (const line of lines.split('\n').toReversed()) {
    const [, status, system] =
      /"resolution_status":"([A-Z_]+)","system_resolution":"([A-Z_]+)"/.exec(line) ?? [];
    if (status !== undefined) return `${status}/${system}`;
  }
  return /"analyse_id"/.test(lines) ? 'analyses only' : null;
}

const isSeconds = (text: string): boolean => /^\d{1,4}(?:\.\d)?$/.test(text) && Number(text) > 0;

function readOrder({ values, operands }: CommandCall): Checked<Order> {
  const { timeout = '20', deadline } = values as Readonly<Record<string, string | undefined>>;
  const names = (values['trap'] ?? []) as readonly string[];
  const known = traps.map(({ id }) => id);
  const problems = [
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `--trap: expected a trap, received ${printable(name, 60)}${suggestion(name, known)}`),
    ...Object.entries({ timeout, deadline }).flatMap(([name, text]) =>
      text === undefined || isSeconds(text)
        ? []
        : [`--${name}: expected seconds, received ${printable(text, 60)}`],
    ),
  ];
  if (problems.length > 0) return { problems };
  return {
    value: {
      command: operands,
      chosen: names.length === 0 ? traps : traps.filter(({ id }) => names.includes(id)),
      format: (values['format'] ?? 'text') as Order['format'],
      timeout: Number(timeout) * 1000,
      deadline,
    },
  };
}
