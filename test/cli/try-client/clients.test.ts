import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { traps } from '../../../src/simulator/index.ts';
import { runClient } from '../../../src/cli/try-client/run-client.ts';
import { judgeRun } from '../../../src/simulator/traps/traps.ts';
import { isDeep, some } from '../../deep.ts';
import { repository } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

const all = traps.map(({ id }) => id);

/** The traps that catch each mistake of the examples, and no others: the guide prints them. */
const caughtBy = JSON.parse(readFileSync('test/cli/try-client/caught.json', 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

const examples = join(repository, 'docs/examples/clients');

/** The commands of the examples by language. */
const commands: Readonly<Record<string, () => readonly string[]>> = {
  Python: () => ['python3', join(examples, 'client.py')],
  shell: () => ['sh', join(examples, 'client.sh')],
  TypeScript: () => {
    // Inside of the package, so that it finds the package by its name.
    const directory = mkdtempSync(join(inject('builtPackage'), 'dist/client-'));
    copyFileSync(join(examples, 'client.mjs'), join(directory, 'client.mjs'));
    return [process.execPath, join(directory, 'client.mjs')];
  },
  Java: () => {
    const directory = directoryWith({});
    execFileSync('javac', ['-d', directory, join(examples, 'Client.java')]);
    return ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', directory, 'Client'];
  },
};

interface Report {
  readonly results: readonly {
    readonly trap: string;
    readonly caught: boolean;
    readonly problem: string | null;
  }[];
}

async function caught(command: readonly string[], chosen: readonly string[]): Promise<readonly string[]> {
  const only = chosen.flatMap((id) => ['--trap', id]);
  const { stdout, code } = await runHere(
    ['try-client', '--format', 'json', '--deadline', isDeep ? '3' : '2', ...only, '--', ...command],
    {
      env: process.env as Record<string, string>,
    },
  );
  const { results } = JSON.parse(stdout) as Report;
  expect(results.map(({ trap }) => trap)).toEqual(chosen);
  const names = results.filter((result) => result.caught).map(({ trap }) => trap);
  expect(code).toBe(names.length > 0 ? 1 : 0);
  return names;
}

/** A few traps are enough to see that a mistake is noticed, and a right client is not. */
const few = ['plain-pass', 'finished-is-no-pass', 'later-success-masks', 'late-callback'];
const languages = isDeep ? Object.keys(commands) : ['Python'];

describe.each(languages)('a client in %s', (language) => {
  test('that is right is caught by no trap', async () => {
    expect(await caught(commands[language]!(), isDeep ? all : few)).toEqual([]);
  });

  // The mistakes are the same in every language: one is led into all traps, the others into a few.
  const chosen = isDeep && language === 'Python' ? all : few;
  test.each(some(1, Object.entries(caughtBy)))(
    'that makes the mistake %s is caught by exactly its traps',
    async (mistake, expected) => {
      const found = await caught([...commands[language]!(), mistake], chosen);
      expect(found).toEqual(chosen.filter((id) => expected.includes(id)));
    },
  );
});

describe('the report', () => {
  const client = [
    'sh',
    '-c',
    'echo \'{"decision":"passed"}\'; curl -s "$OZ_BASE_URL/api/folders/$OZ_FOLDER_ID?with_analyses=true" >/dev/null',
  ];

  test('says which mistake, what was shown, what was decided, and the lesson', async () => {
    const { stdout, code } = await runHere(['try-client', '--trap', 'finished-is-no-pass', '--', ...client], {
      env: process.env as Record<string, string>,
    });
    expect(code).toBe(1);
    for (const part of [
      'caught  finished-is-no-pass',
      'FINISHED is read as a pass',
      'it decided passed; right is declined; the folder showed PROCESSING/PROCESSING',
      'lesson',
      '1 trap, 1 caught the client',
    ])
      expect(stdout).toContain(part);
  });

  test('comes as JUnit', async () => {
    const { stdout } = await runHere(
      [
        'try-client',
        '--format',
        'junit',
        '--trap',
        'plain-pass',
        '--trap',
        'unknown-status',
        '--',
        ...client,
      ],
      {
        env: process.env as Record<string, string>,
      },
    );
    expect(stdout).toContain('tests="2" failures="2"');
    expect(stdout).toContain('<failure type="caught"');
  });

  test.each([
    [['--trap', 'never-end', '--', 'true'], 'did you mean never-ends?'],
    [['--timeout', '0', '--', 'true'], '--timeout: expected seconds'],
    [['--', 'no-such-program-anywhere'], 'cannot be started'],
    [['--', 'false'], 'expected a client that asks'],
  ])('says what is wrong with a command: %o', async (args, message) => {
    const { code, stderr } = await runHere(['try-client', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('what a client leaves behind holds nothing up', async () => {
  const noted = join(directoryWith({}), 'pid');
  const client = `setsid sleep 300 & echo $! > ${noted}; echo '{"decision":"passed"}'`;
  try {
    const { stdout } = await runHere(['try-client', '--trap', 'plain-pass', '--', 'sh', '-c', client], {
      env: process.env as Record<string, string>,
    });
    expect(stdout).toContain('1 trap, 1 caught the client');
  } finally {
    process.kill(Number(readFileSync(noted, 'utf8')), 'SIGKILL');
  }
});

test('what was tried is told as it comes, and a signal ends the client and the rest', async () => {
  const client = ['sh', '-c', 'curl -s "$OZ_BASE_URL/api/folders/$OZ_FOLDER_ID" >/dev/null; exit 0'];
  const { stdout, stderr, code } = await runHere(['try-client', '--', ...client], {
    env: process.env as Record<string, string>,
    interruption: { signal: 'SIGINT', at: 'output' },
  });
  expect(stdout.match(/^(?:fine|caught) +\S+$/gm)).toEqual(['caught  plain-pass']);
  expect(stderr).toContain(`it was interrupted (SIGINT) after 1 of ${traps.length} traps`);
  expect(code).toBe(130);
});

test('a client that nobody waits for any more is ended', async () => {
  const stop = new AbortController();
  const command = ['sleep', '300'];
  const run = runClient({ command, cwd: '.', env: process.env, timeout: 300_000, stop: stop.signal });
  stop.abort();
  expect((await run).exitCode).toBe(null);
});

/** A client that polls every two seconds, whose time is that of the deadline that it is given. */
const seldom = `
  left=$OZ_DEADLINE_SECONDS
  while [ "$left" -gt 0 ]; do
    case $(curl -s "$OZ_BASE_URL/api/folders/?with_analyses=true") in
      *'"resolution_status":"FINISHED"'*) echo '{"decision":"passed"}'; exit ;;
    esac
    left=$((left - 2))
  done
  echo '{"decision":"timeout"}'`;

test('a client that polls every two seconds has the time to see an end', async () => {
  const chosen = ['plain-pass', 'initial-is-not-done', 'processing-goes-on', 'never-ends'];
  const only = chosen.flatMap((id) => ['--trap', id]);
  const { stdout } = await runHere(['try-client', ...only, '--', 'sh', '-c', seldom], {
    env: process.env as Record<string, string>,
  });
  expect(stdout).toContain('4 traps, 0 caught the client');
});

test('a client asks the simulator itself where a proxy is set for what it asks else', async () => {
  const client =
    'curl -s "$OZ_BASE_URL/api/folders/$OZ_FOLDER_ID" >/dev/null && echo "{\\"decision\\":\\"$NO_PROXY\\"}"';
  const { stdout } = await runHere(['try-client', '--trap', 'plain-pass', '--', 'sh', '-c', client], {
    env: { ...process.env, http_proxy: 'http://127.0.0.1:9', no_proxy: 'example.com' },
  });
  expect(stdout).toContain('example.com,127.0.0.1');
});

describe('a run', () => {
  const [trap] = traps;
  test.each([
    [{ decisions: [], exitCode: null }, 'FINISHED/SUCCESS', 'it had not decided when its time was over'],
    [{ decisions: ['passed', 'passed'], exitCode: 0 }, 'FINISHED/SUCCESS', 'it decided 2 times'],
    [{ decisions: [], exitCode: 0 }, null, 'it never saw the folder'],
    [
      { decisions: [], exitCode: 1 },
      'FINISHED/SUCCESS',
      'it decided declined, by its exit code 1: it printed no line such as {"decision":"passed"}; right is passed',
    ],
    [
      { decisions: ['pass'], exitCode: 0 },
      'FINISHED/SUCCESS',
      'it decided “pass”, which counts as undecided; right is passed',
    ],
    [
      { decisions: ['timeout'], exitCode: 0 },
      'PROCESSING/PROCESSING',
      'it gave up while the folder was running (it decided “timeout”, which counts as undecided); right is passed, ' +
        'once it has ended. If it polls seldom, give it more time with --deadline',
    ],
    [{ decisions: ['passed'], exitCode: 3 }, 'INITIAL/INITIAL', 'it decided while the folder was running'],
    [{ decisions: ['passed'], exitCode: 3 }, 'FINISHED/SUCCESS', null],
  ])('is judged by what was decided and what was shown: %o, %s', (run, shown, problem) => {
    expect(judgeRun(trap!, run, shown).problem).toBe(problem);
  });
});
