import { defaultReading, questionNames, type Settings } from '../../../../machines/index.ts';
import type { SentRequest } from './simulator-run.ts';

/** The requests of a session as programs that send them again. */

/** Text for a shell, which changes nothing of it. */
const forShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The answers of a reading that are not the default ones. */
const departures = ({ reading }: Settings): readonly (readonly [string, string])[] =>
  questionNames.flatMap((name) =>
    reading[name] === defaultReading[name] ? [] : [[name, reading[name]] as const],
  );

/** The requests as commands of a shell, for `oz-status simulate`. */
export function asCurl(base: string, settings: Settings, sent: readonly SentRequest[]): string {
  const options = [
    ...departures(settings).map(([question, answer]) => ` --reading ${question}=${answer}`),
    ...(settings.operatorRequired === 'never' ? [' --operator-required never'] : []),
  ];
  return [
    `# npx oz-status simulate --port 8080${options.join('')}`,
    `BASE=${forShell(base.replace(/^https:\/\/[^/]+/, 'http://127.0.0.1:8080'))}`,
    ...sent.map(({ method, path, body }) =>
      [
        `curl -sS -X ${method} "$BASE"${forShell(path)}`,
        ...(body === '' ? [] : [`-H 'content-type: application/json' --data-raw ${forShell(body)}`]),
      ].join(' '),
    ),
    '',
  ].join('\n');
}

/** What a test expects of an answer: its status, and the two fields where it is a folder. */
function expected({ status, answer }: SentRequest): readonly (number | string | null)[] {
  let fields: readonly string[] = [];
  try {
    const { resolution_status: stage, system_resolution: result } = JSON.parse(answer) as Record<
      string,
      unknown
    >;
    if (typeof stage === 'string' && typeof result === 'string') fields = [stage, result];
  } catch {
    // No JSON: the status is all that can be expected.
  }
  return [status, ...fields];
}

/** The requests as a test, which `node --test` runs as it is. */
export function asTest(base: string, settings: Settings, sent: readonly SentRequest[]): string {
  const reading = Object.fromEntries(departures(settings));
  const options = { reading, operatorRequired: settings.operatorRequired };
  const steps = sent.map((one) => {
    const said = [one.method, one.path, ...(one.body === '' ? [] : [one.body])].map((text) =>
      JSON.stringify(text),
    );
    return `  assert.deepEqual(await ask(${said.join(', ')}), ${JSON.stringify(expected(one))});`;
  });
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSimulator } from 'oz-status-spec/simulator';

test('the service answers as it did in the page', async () => {
  const simulator = createSimulator(${JSON.stringify(options)});
  const base = ${JSON.stringify(base)};
  const ask = async (method, path, body) => {
    try {
      const headers = { 'content-type': 'application/json' };
      const request = new Request(base + path, { method, ...(body && { body, headers }) });
      const response = await simulator.fetch(request);
      const { resolution_status: stage, system_resolution: result } = await response.json().catch(() => ({}));
      return [response.status, ...(typeof stage === 'string' && typeof result === 'string' ? [stage, result] : [])];
    } catch {
      return [null];
    }
  };
${steps.join('\n')}
});
`;
}
