import { exitCodes } from '../reports/check/outcome.ts';
import { inferenceExits } from '../reports/readings/exits.ts';
import { checkOptions } from './check/check-options.ts';
import type { Command } from './frame/command.ts';
import { diagramOptions } from './commands/diagram-options.ts';
import { exportFormats } from './commands/export-formats.ts';
import { exportOptions } from './commands/export-options.ts';
import { engineOptions, engineTasks } from './engine/options.ts';
import { commonOptions } from './frame/options.ts';
import { mergeOptions } from './commands/merge-options.ts';
import { monitorOptions } from './monitor/options.ts';
import { pathsOptions } from './commands/paths-options.ts';
import { readingsOptions } from './commands/readings-options.ts';
import { reviewOptions } from './review/review-options.ts';
import { servingCommands } from './serving-commands.ts';
import { sourceOptions } from './review/source-options.ts';

/** The commands of `oz-status` by name, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  check: {
    about: 'judge recordings of the API',
    operands: 'FILE... | DIRECTORY | -',
    least: 1,
    most: Infinity,
    details:
      'Reads recordings in the given order and says for every folder whether some execution of the specification ' +
      'explains everything that was seen of it. - is standard input; a directory or a quoted pattern stands for its ' +
      'files in natural order. Whatever can be read is judged, even if other input cannot be read.',
    options: checkOptions,
    examples: [
      ['oz-status check session.har', 'judges what a browser saved'],
      [
        'oz-status check --format junit=report.xml recordings/',
        'judges all recordings of a directory as one recording',
      ],
      [
        'curl -s https://api.example/api/folders/f-1 | oz-status check -',
        'judges what another program writes',
      ],
    ],
    exits: exitCodes,
    load: async () => (await import('./check/check.ts')).check,
  },
  merge: {
    about: 'merge the parts of a check that was done in shards, and report',
    operands: 'PART... | -',
    least: 1,
    most: Infinity,
    details:
      'Takes what check --shard wrote for every shard, in any order, and reports what one check of everything would ' +
      'have reported. If a part is cut off or a shard is missing, it fails: lost input is never a pass.',
    options: mergeOptions,
    examples: [
      ['oz-status check --shard 1/2 --output 1.part recordings/', 'judges one half of the folders'],
      ['oz-status merge 1.part 2.part', 'reports on both halves'],
    ],
    exits: {
      ...exitCodes,
      3: 'A part is unreadable, cut off or from another check, or a shard is missing; otherwise as for check.',
    },
    load: async () => (await import('./commands/merge.ts')).merge,
  },
  monitor: {
    about: 'judge answers as they arrive, and survive restarts',
    operands: '[FILE... | -]',
    least: 0,
    most: Infinity,
    details:
      'Reads lines from growing files (which may be rotated or truncated), from standard input (-), or from HTTP posts, ' +
      'and writes each finding as a line of JSON as soon as it is found. With --journal it continues after a restart ' +
      'from where it was, however it ended. Runs until its input ends or it is interrupted. See docs/guide/monitor.md.',
    options: monitorOptions,
    examples: [
      [
        'oz-status monitor --journal oz.journal --findings findings.ndjson session.ndjson',
        'follows a file, and continues after a restart',
      ],
      ['oz-status monitor --listen 9464 --journal oz.journal', 'accepts posts, and serves metrics'],
      ['tail -F session.ndjson | oz-status monitor -', 'judges what another program writes'],
    ],
    exits: exitCodes,
    load: async () => (await import('./monitor/monitor.ts')).monitor,
  },
  engine: {
    about: 'print the path of the adapter for an engine, or run one of its filters',
    operands: Object.keys(engineTasks).join(' | '),
    least: 1,
    most: 1,
    details: `${Object.entries(engineTasks)
      .map(([name, about]) => `${name}: ${about}.`)
      .join(' ')} The filters read standard input. docs/guide/scale.md says how to run an adapter.`,
    options: engineOptions,
    examples: [
      [
        'spark-submit "$(oz-status engine spark)" --input archive/ --findings found/',
        'judges an archive on Spark',
      ],
      [
        'spark-submit "$(oz-status engine spark)" --stream --input arriving/ --findings found/',
        'judges files as they arrive',
      ],
    ],
    exits: {
      0: 'The path is printed, or all of standard input was processed, whatever was found in it.',
      2: 'The command was used wrongly, or standard input holds something that is not a record.',
    },
    load: async () => (await import('./engine/engine.ts')).engine,
  },
  readings: {
    about: 'show the open questions, plan how to settle them, or infer the answers from recordings',
    operands: '[plan | infer FILE... | infer -]',
    least: 0,
    most: Infinity,
    details:
      'Without an argument: every question with its answers and, for every two answers, the shortest scenario that ' +
      'tells them apart. plan: the experiments that find the answers of an installation. infer: which answers the ' +
      'recordings admit, and which observation settles each question.',
    parts: {
      plan: {
        operands: '',
        details:
          'The experiments that find the answers of an installation. With --run they are performed, and what the ' +
          'service shows says which answers it follows.',
      },
      infer: {
        operands: 'FILE... | -',
        details:
          'Which answers to the open questions the recordings admit, and which observation settles ' +
          'each question. Several files are read in the order given, as if they were one.',
      },
    },
    options: readingsOptions,
    examples: [
      ['oz-status readings', 'shows every question with its answers'],
      ['oz-status readings infer session.ndjson', 'says which answers the recording admits'],
      [
        "oz-status readings infer --at /log --format json 'logs/*.ndjson'",
        'says so of logs, for a program to read',
      ],
      ['oz-status readings plan', 'says how to find the answers of an installation'],
      [
        'oz-status readings plan --run http://127.0.0.1:8080',
        'performs these experiments, here on a simulator',
      ],
    ],
    exits: inferenceExits,
    load: async () => (await import('./commands/readings.ts')).readings,
  },
  examples: {
    about: 'judge the bundled recordings and say what each one shows',
    operands: '',
    least: 0,
    most: 0,
    details: 'Needs no file and no configuration: the quickest way to see what a check finds.',
    options: commonOptions,
    examples: [
      ['oz-status examples', 'judges the bundled recordings'],
      ['npx oz-status examples', 'does the same without an installation'],
    ],
    exits: {
      0: 'Every recording is judged as its description says.',
      1: 'One is not: the specification or the recording is wrong.',
    },
    load: async () => (await import('./commands/examples.ts')).examples,
  },
  source: {
    about: 'compare a copy of the documentation page with the clauses',
    operands: 'FILE',
    least: 1,
    most: 1,
    details:
      'Compares a copy of the page, as Markdown or HTML, sentence by sentence with the page the clauses were taken ' +
      'from; blanks, line ends and byte order marks do not matter. Of every sentence that differs it names the ' +
      'clauses, states, transitions, findings and tests that it touches. The sentences of the page are not part of ' +
      'this program: it knows their places and hashes.',
    options: sourceOptions,
    examples: [
      ['oz-status source statuses.md', 'names what differs in a copy of the page'],
      ['oz-status source --annotate statuses.html', 'prints the copy with the clauses beside each sentence'],
      ['oz-status source - < statuses.md', 'reads what comes through a pipe'],
    ],
    exits: {
      0: 'It is the same page.',
      1: 'It differs: judge the named clauses again.',
      3: 'The file is unreadable, or not a copy of the page.',
    },
    load: async () => (await import('./review/source.ts')).source,
  },
  review: {
    about: 'write a report for sign-off, or the differences between two readings or versions',
    operands: '',
    least: 0,
    most: 0,
    details:
      'Writes one HTML file, ready to print, with every clause, its place on the page, its states, transitions, ' +
      'findings and tests, the open questions with the chosen answers, and the marks of a reviewer. Marks are made in ' +
      'docs/index.html. A mark has to be made again when its clause, or its sentence on the page, has changed.',
    options: reviewOptions,
    examples: [
      ['oz-status review --marks marks.json --output review.html', 'writes the report'],
      [
        'oz-status review --marks marks.json --source statuses.md --output review.html',
        'also says what a newer copy of the page changes',
      ],
      ['oz-status review --diff status-precedence=failed-first', 'prints what an answer changes'],
    ],
    exits: { 0: 'The report is written.' },
    load: async () => (await import('./review/review.ts')).review,
  },
  explain: {
    about: 'explain a finding code or a clause',
    operands: 'CODE | CLAUSE',
    least: 1,
    most: 1,
    details: 'Prints what it means, for instance MASKED_RESULT or ANALYSIS-FINAL.',
    options: commonOptions,
    examples: [
      ['oz-status explain MASKED_RESULT', 'explains a code'],
      ['oz-status explain ANALYSIS-FINAL', 'explains a clause'],
    ],
    exits: { 0: 'It is explained.' },
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  diagram: {
    about: 'draw a machine, what a folder shows, or a scenario',
    operands: '[MACHINE | pairs | severity | sequence SCENARIO]',
    least: 0,
    most: 2,
    details:
      'Draws a MACHINE (folder, group or analysis; default: folder), the pairs of statuses that the two fields of a ' +
      'folder show together, the order of severity, or the sequence of a scenario from docs/scenarios.md. ' +
      'The formats svg and png need optional packages; mermaid and json need none.',
    options: diagramOptions,
    examples: [
      ['oz-status diagram folder --format svg > folder.svg', 'draws the machine of a folder'],
      ['oz-status diagram pairs', 'draws what the two fields of a folder show together'],
    ],
    exits: {
      0: 'It is drawn.',
      1: 'It cannot be drawn: a package is not installed, or a limit ended the exploration.',
    },
    load: async () => (await import('./commands/diagram.ts')).diagram,
  },
  export: {
    about: 'write the specification as a model for another engine',
    operands: Object.keys(exportFormats).join(' | '),
    least: 1,
    most: 1,
    details: `${Object.entries(exportFormats)
      .map(([name, { about }]) => `${name}: ${about}.`)
      .join(
        ' ',
      )} Generated from the tables of the specification; docs/guide/exports.md says what each contains.`,
    options: exportOptions,
    examples: [
      ['oz-status export scxml', 'prints the model as SCXML'],
      ['oz-status export promela > folder.pml', 'writes it for Spin'],
    ],
    exits: { 0: 'The model is written.' },
    load: async () => (await import('./commands/export.ts')).exportModel,
  },
  paths: {
    about: 'print a small set of test paths of a machine, and why fewer would not do',
    operands: '[MACHINE]',
    least: 0,
    most: 1,
    details:
      'Walks a MACHINE (folder, group or analysis; default: folder) within bounds that it prints, and prints paths that ' +
      'together meet every target of the criterion, event by event, with what the machine then shows.',
    options: pathsOptions,
    examples: [
      ['oz-status paths', 'prints test paths of the folder'],
      ['oz-status paths analysis', 'prints those of an analysis'],
    ],
    exits: { 0: 'The paths are printed.' },
    load: async () => (await import('./commands/paths.ts')).paths,
  },
  ...servingCommands,
};
