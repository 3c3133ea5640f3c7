import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { directoryWith, runHere } from '../cli/fake-terminal.ts';
import { bad } from '../cli/sample-lines.ts';
import { planJson } from '../../src/reports/readings/json.ts';
import { isDeep } from '../deep.ts';
import { defaultPlan } from './default-plan.ts';

const path = join(repository, 'docs/schemas/readings.schema.json');
const schema = JSON.parse(readFileSync(path, 'utf8')) as AnySchemaObject & { anyOf: { title: string }[] };
const recordings = join(repository, 'docs/examples/recordings');
const files = readdirSync(recordings).filter((file) => file !== 'index.json');
/** Some that contradict each other, and some that are left out. */
const contradicting = [
  'failed-first',
  'mistake-four-ends-folded-into-two',
  'finality-violated',
  'older-statuses',
].map((name) => `${name}.ndjson`);

/** Validates by the part of the schema that is about one command, so that a fault is told by its place. */
const validatorOf = (command: string) => {
  const part = schema.anyOf.find(({ title }) => title === command);
  return new Ajv2020({ allErrors: true }).compile({ ...part, $defs: schema['$defs'] as object });
};

async function output(args: readonly string[], cwd = recordings): Promise<Record<string, unknown>> {
  const { stdout } = await runHere(['readings', '--format', 'json', ...args], { cwd });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('the schema of what readings prints', () => {
  test('admits the register', async () => {
    const validate = validatorOf('oz-status readings');
    expect(validate(await output([])) ? [] : validate.errors).toEqual([]);
  });

  test('admits plans', async () => {
    const validate = validatorOf('oz-status readings plan');
    const plans = isDeep
      ? [await output(['plan']), await output(['plan', '--operator-required', 'never'])]
      : [JSON.parse(planJson(defaultPlan())) as unknown];
    for (const one of plans) expect(validate(one) ? [] : validate.errors).toEqual([]);
  });

  test('admits what recordings say, and that they contradict each other', async () => {
    const validate = validatorOf('oz-status readings infer');
    const inferences = [
      await output(['infer', ...(isDeep ? files : contradicting)]),
      await output(['infer', 'failed-first.ndjson']),
      await output(['infer', 'bad.ndjson'], directoryWith({ 'bad.ndjson': bad })),
    ];
    for (const one of inferences) expect(validate(one) ? [] : validate.errors).toEqual([]);
    expect(inferences.some(({ conflict }) => conflict !== null)).toBe(true);
    expect(inferences.some(({ leftOut }) => (leftOut as object[]).length > 0)).toBe(true);
  });

  test('refuses what is none of them', async () => {
    const validate = new Ajv2020().compile(schema);
    const one = await output(['infer', 'failed-first.ndjson']);
    expect(validate(one)).toBe(true);
    expect(validate({ ...one, formatVersion: 2 })).toBe(false);
    expect(validate({ ...one, readings: [['yes']] })).toBe(false);
    expect(validate({ ...one, more: 1 })).toBe(false);
  });
});
