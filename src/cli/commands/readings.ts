import type { Settings } from '../../../machines/readings.ts';
import { createInferrer, type InferOptions } from '../../conformance/inference/infer.ts';
import { planExperiments, readingBounds, readingRegister, type ReadingBounds } from '../../explore/index.ts';
import { documentMarkdown, documentText, type TextBlock } from '../../reports/readings/document.ts';
import { inferenceBlocks, inferenceExit } from '../../reports/readings/infer.ts';
import { inferenceJson, planJson, registerJson } from '../../reports/readings/json.ts';
import { planBlocks } from '../../reports/readings/plan.ts';
import { registerBlocks } from '../../reports/readings/register.ts';
import { printable } from '../../text/escape.ts';
import { widthFor } from '../../text/layout.ts';
import { refuse, type CommandAction } from '../frame/command.ts';
import { standardInput } from '../io/files.ts';
import { namingFor } from '../check/redact.ts';
import { readAll } from '../check/read-all.ts';
import { suggestion } from '../frame/nearest.ts';
import { inferenceWithPositions } from '../check/positions.ts';
import { filesOf } from '../io/operands.ts';
import type { CommandCall } from '../frame/options.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import { recordingOptions, type readingsFormats } from './readings-options.ts';
import { runPlanHere } from './run-plan.ts';
import type { Terminal } from '../io/terminal.ts';
import { whereToRead } from '../check/where-to-read.ts';

type Format = (typeof readingsFormats)[number];

const parts = ['infer', 'plan'] as const;

/** Shows the open questions, plans how to decide them, or infers from recordings how they are decided. */
export const readings: CommandAction = async (call, io) => {
  const [part, ...named] = call.operands;
  const problems = problemsOf(call);
  if (problems.length > 0) return refuse(io, problems, 'readings');
  const files = filesOf(named, io.cwd);
  if (files.problems) return refuse(io, files.problems, 'readings');
  const { format = 'text', 'operator-required': operatorRequired = 'allowed' } = call.values as {
    readonly format?: Format;
    readonly 'operator-required'?: Settings['operatorRequired'];
  };
  const bounds: ReadingBounds = {
    ...readingBounds,
    ...(operatorRequired === 'never' ? { operatorRequired } : {}),
  };
  if (part === undefined) return register(bounds, format, io);
  if (part === 'plan' && typeof call.values['run'] === 'string') return runPlanHere(bounds, call, io);
  return part === 'plan' ? plan(bounds, format, io) : infer(files.value, call, format, io);
};

function problemsOf({ operands, values }: CommandCall): string[] {
  const [part, ...files] = operands;
  if (part !== undefined && part !== 'infer' && part !== 'plan') {
    return [
      `readings: expected ${parts.join(' or ')} or nothing, received ${printable(part, 60)}${suggestion(part, parts)}`,
    ];
  }
  const ofRun = (['run', 'token', 'recording'] as const).filter((name) => values[name] !== undefined);
  if (part !== 'plan' && ofRun.length > 0)
    return ofRun.map((name) => `--${name}: only plan runs its experiments`);
  if (values['run'] === undefined && ofRun.length > 0)
    return ofRun.map((name) => `--${name}: expected with --run, received without it`);
  if (values['run'] !== undefined && values['format'] !== undefined)
    return ['--format: has no meaning with --run, which prints what it found as text'];
  if (part !== 'infer') {
    const idle = recordingOptions.filter((name) => values[name] !== undefined);
    return [
      ...idle.map((name) => `--${name}: only infer reads recordings`),
      ...(files.length > 0
        ? [`readings plan: expected nothing more, received ${printable(files[0]!, 60)}`]
        : []),
    ];
  }
  if (files.length === 0) return ['readings infer: expected FILE... or -, received nothing'];
  const twice = files.filter((file) => file === standardInput).length > 1;
  return twice ? ['standard input (-) can be read only once'] : [];
}

/** Writes the blocks, or what stands for them in JSON. */
function print(blocks: readonly TextBlock[], json: () => string, format: Format, io: Terminal): void {
  const documents = {
    text: () => documentText(blocks, widthFor(io.stdout.columns)),
    markdown: () => documentMarkdown(blocks),
    json,
  };
  io.stdout.write(documents[format]());
}

function register(bounds: ReadingBounds, format: Format, io: Terminal): number {
  const found = readingRegister(bounds);
  print(registerBlocks(found), () => registerJson(found), format, io);
  return 0;
}

function plan(bounds: ReadingBounds, format: Format, io: Terminal): number {
  const planned = planExperiments(bounds);
  // The bounds are fixed here, and planning within them meets no limit: tests say so.
  if ('reason' in planned) throw new Error(`no plan within the bounds: ${planned.reason}`);
  print(planBlocks(planned), () => planJson(planned), format, io);
  return 0;
}

async function infer(
  files: readonly string[],
  { values }: CommandCall,
  format: Format,
  io: Terminal,
): Promise<number> {
  const recordings = files.map((name) => ({ name, as: 'a recording' }));
  const problems = overwriteProblems([{ name: undefined, as: 'the report' }], recordings, io);
  if (problems.length > 0) return refuse(io, problems, 'readings');
  const {
    'route-prefix': routePrefix,
    route,
    at,
    'max-line-bytes': maxLineBytes,
    'max-document-bytes': maxDocumentBytes,
  } = values as {
    readonly 'route-prefix'?: string;
    readonly route?: readonly string[];
    readonly at?: readonly string[];
    readonly 'max-line-bytes'?: string;
    readonly 'max-document-bytes'?: string;
  };
  const which = whereToRead({ routePrefix, route, at, maxLineBytes, maxDocumentBytes });
  if (which.problems) return refuse(io, which.problems, 'readings');
  const naming = await namingFor(values['redact'] === true, io);
  if (naming.problems) return refuse(io, naming.problems, 'readings');
  const inferrer = createInferrer({
    operatorRequired: (values['operator-required'] ?? 'allowed') as NonNullable<
      InferOptions['operatorRequired']
    >,
    groups: (values['groups'] ?? 'known') as NonNullable<InferOptions['groups']>,
  });
  const task = { files, naming: naming.value, ...which.value };
  const { found, marks } = await readAll(inferrer, task, io);
  const inferred = { inference: inferrer.finish(), input: found };
  const outcome = await inferenceWithPositions(inferred, naming.value, marks, io);
  print(inferenceBlocks(outcome), () => inferenceJson(outcome), format, io);
  return inferenceExit(outcome);
}
