import { extname } from 'node:path';
import type { Settings } from '../../../machines/readings.ts';
import { renderDiagram, type Diagram, type DiagramFormat } from '../../diagrams/render.ts';
import { scenarios, settingsFor } from '../../explore/walk/scenarios.ts';
import { printable } from '../../text/escape.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { diagramNames, formatsByEnding, type DiagramName } from './diagram-options.ts';
import { writeOutput } from '../io/output.ts';
import { suggestion } from '../frame/nearest.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { idleNotes, parseAnswers, readingWith } from '../frame/reading.ts';
import type { Terminal } from '../io/terminal.ts';

/** What was asked for, with all names resolved. */
interface Order {
  readonly diagram: Diagram;
  readonly settings: Settings;
  /** What is said of answers that change nothing. */
  readonly idle: string;
  readonly format: DiagramFormat;
  readonly output: string | undefined;
  readonly clausePage: string | undefined;
}

/** Draws one diagram. */
export const diagram: CommandAction = async (call, io) => {
  const order = readOrder(call, io);
  if (order.problems) return refuse(io, order.problems, 'diagram');
  const { idle, output, clausePage, ...request } = order.value;
  io.stderr.write(idle);
  const drawn = await renderDiagram({ ...request, ...(clausePage === undefined ? {} : { clausePage }) });
  if (!drawn.ok) {
    for (const { code, message } of drawn.problems)
      io.stderr.write(`oz-status: ${code}: ${printable(message)}\n`);
    return 1;
  }
  return (await writeOutput(drawn.value, output, io, 'the diagram')) ? 0 : wrongUse;
};

type Answers = Readonly<Record<string, string>>;

function readOrder({ values, operands }: CommandCall, io: Terminal): Checked<Order> {
  const given = parseAnswers((values['reading'] ?? []) as readonly string[]);
  const diff = values['diff'] as string | undefined;
  const other = diff === undefined ? { value: {} } : parseAnswers([diff], 'diff');
  const output = values['output'] as string | undefined;
  const extension = extname(output ?? '').toLowerCase();
  const ending = formatsByEnding[extension];
  const format = (values['format'] ?? ending ?? 'svg') as DiagramFormat;
  const problems = [
    ...(given.problems ?? []),
    ...(other.problems ?? []),
    ...Object.entries(values)
      .filter(([, value]) => value === '')
      .map(([option]) => `--${option}: expected a value, received nothing`),
    ...(extension !== '' && ending === undefined && values['format'] === undefined
      ? [
          `--output: expected an ending of ${Object.keys(formatsByEnding).join(' or ')}, or --format, received ${printable(extension, 60)}`,
        ]
      : []),
    ...(format === 'png' && output === undefined && io.stdout.isTerminal
      ? ['--format png: expected --output or a pipe, received a terminal']
      : []),
  ];
  if (given.problems || other.problems || problems.length > 0) return { problems };
  const operatorRequired = (values['operator-required'] ?? 'allowed') as Settings['operatorRequired'];
  const settings = { reading: readingWith(given.value), operatorRequired };
  const answers = { ...given.value, ...other.value };
  const versus = diff === undefined ? undefined : { reading: readingWith(answers), operatorRequired };
  const chosen = chooseDiagram(operands, { settings, versus, answers: given.value });
  if (chosen.problems) return chosen;
  const clausePage = values['clause-page'] as string | undefined;
  return { value: { ...chosen.value, idle: idleNotes(answers), format, output, clausePage } };
}

interface Wanted {
  readonly settings: Settings;
  readonly versus: Settings | undefined;
  readonly answers: Answers;
}

function chooseDiagram(
  operands: readonly string[],
  wanted: Wanted,
): Checked<Pick<Order, 'diagram' | 'settings'>> {
  const [name = diagramNames[0], scenario] = operands;
  if (!isDiagram(name)) {
    return wrong(
      `expected ${diagramNames.join(' or ')}, received ${printable(name, 60)}${suggestion(name, diagramNames)}`,
    );
  }
  const { settings, versus, answers } = wanted;
  if (name === 'sequence') return chooseScenario(scenario, wanted);
  if (scenario !== undefined)
    return wrong(`${name}: expected nothing more, received ${printable(scenario, 60)}`);
  if (name === 'severity') {
    if (versus) return wrong('severity: --diff has no meaning, both orders are always shown');
    if (Object.keys(answers).length > 0)
      return wrong('severity: --reading has no meaning, both orders are always shown');
    return { value: { diagram: { kind: 'severity' }, settings } };
  }
  const compared = versus === undefined ? {} : { versus };
  const drawn: Diagram =
    name === 'pairs' ? { kind: 'pairs', ...compared } : { kind: 'machine', machine: name, ...compared };
  return { value: { diagram: drawn, settings } };
}

function chooseScenario(
  id: string | undefined,
  { settings, versus, answers }: Wanted,
): Checked<Pick<Order, 'diagram' | 'settings'>> {
  const ids = scenarios.map((one) => one.id);
  if (versus) return wrong('sequence: --diff has no meaning, draw it once with each --reading');
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) {
    const received = id === undefined ? 'nothing' : `${printable(id, 60)}${suggestion(id, ids)}`;
    return wrong(`sequence: expected a scenario (${ids.join(', ')}), received ${received}`);
  }
  const { events, title } = scenario;
  // What was asked for goes before what the scenario needs: an event may then be refused, and is shown so.
  const { reading } = settingsFor(scenario);
  return {
    value: {
      diagram: { kind: 'sequence', events, title },
      settings: { ...settings, reading: readingWith({ ...reading, ...answers }) },
    },
  };
}

const wrong = (problem: string) => ({ problems: [problem] });
const isDiagram = (name: string): name is DiagramName => (diagramNames as readonly string[]).includes(name);
