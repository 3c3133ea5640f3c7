import type { Command } from './frame/command.ts';
import { inspectOptions } from './inspect/options.ts';
import { scenariosOptions } from './commands/scenarios-options.ts';
import { simulateOptions } from './simulate/options.ts';
import { tryClientOptions } from './try-client/options.ts';

/** The commands that serve something, or run what is served, in the order of the help. */
export const servingCommands: Readonly<Record<string, Command>> = {
  inspect: {
    about: 'show running actors live in a page',
    operands: '',
    least: 0,
    most: 0,
    details:
      'Serves a page, only on this computer and at an address with a random token. The page shows the actors, events ' +
      'and states that programs send to this address with oz-status-spec/inspect or @statelyai/inspect. ' +
      'Runs until it is interrupted.',
    options: inspectOptions,
    examples: [
      ['oz-status inspect', 'serves the page and prints its address'],
      ['oz-status inspect --help', 'lists its options'],
    ],
    exits: { 0: 'It was interrupted, which is how it ends.' },
    load: async () => (await import('./inspect/inspect.ts')).inspect,
  },
  simulate: {
    about: 'serve a simulator of the API that answers as the specification says',
    operands: '',
    least: 0,
    most: 0,
    details:
      'Prints a line with `ready` and its URL, and answers until it is interrupted. Each base URL below this URL is a ' +
      'separate session and says what happens in it: a scenario, a clock, faults. See docs/guide/simulator.md. ' +
      'Listens only on this computer unless --host says otherwise.',
    options: simulateOptions,
    examples: [
      [
        'oz-status simulate --port 8080',
        'serves http://127.0.0.1:8080/s/mine/two-steps/api/folders/ and others',
      ],
      ['oz-status simulate --journal sessions.ndjson', 'continues after a restart from where it was'],
    ],
    exits: { 0: 'It was interrupted, which is how it ends.' },
    load: async () => (await import('./simulate/simulate.ts')).simulate,
  },
  scenarios: {
    about: 'list the scenarios of the simulator, each with its lesson',
    operands: '',
    least: 0,
    most: 0,
    details: 'Use a name as a part of the base URL of a session: /s/mine/NAME/api/folders/.',
    options: scenariosOptions,
    examples: [
      ['oz-status scenarios', 'lists the bundled scenarios and the illegal histories'],
      ['oz-status scenarios --generated', 'lists the generated paths as well'],
    ],
    exits: { 0: 'They are listed.' },
    load: async () => (await import('./commands/scenarios.ts')).scenarios,
  },
  'try-client': {
    about: 'run your client against traps and say which mistakes it makes',
    operands: '-- COMMAND...',
    least: 1,
    most: Infinity,
    details:
      'Starts a simulator and runs the command once in each trap. It sets OZ_BASE_URL, OZ_TOKEN, OZ_FOLDER_ID, ' +
      'OZ_DEADLINE_SECONDS and OZ_CALLBACKS_URL, and fills in {base}, {token}, {folder}, {deadline} and {callbacks} in ' +
      'the arguments. The client polls the folder and says whether liveness and face matching were passed, in one line ' +
      'such as {"decision":"passed"} or by its exit code. passed (0) and declined (1) are decisions; anything else is ' +
      'undecided.',
    options: tryClientOptions,
    examples: [
      ['oz-status try-client -- python3 docs/examples/clients/client.py', 'tries a client in every trap'],
      ['oz-status try-client --trap never-ends -- ./client --folder {folder}', 'tries it in one'],
    ],
    exits: {
      0: 'No trap caught the client.',
      1: 'At least one trap caught it.',
      130: 'Interrupted (SIGINT): the client is ended as well.',
      143: 'Terminated (SIGTERM). Otherwise like 130.',
    },
    load: async () => (await import('./try-client/try-client.ts')).tryClient,
  },
};
