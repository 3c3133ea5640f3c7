import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { directoryWith, runHere } from '../cli/fake-terminal.ts';
import { bad, folderLine, good, lines } from '../cli/sample-lines.ts';
import { planExperiments, type Plan } from '../../src/explore/index.ts';
import { documentMarkdown } from '../../src/reports/readings/document.ts';
import { planBlocks } from '../../src/reports/readings/plan.ts';
import { isDeep } from '../deep.ts';
import { defaultPlan } from './default-plan.ts';

const recordings = join(repository, 'docs/examples/recordings');
const readings = (args: readonly string[], cwd = recordings, stdin = '') =>
  runHere(['readings', ...args], { cwd, stdin });

const failing = (folder: string, status: string) =>
  folderLine(folder, status, 'PROCESSING', [
    [`${folder}-one`, 'BIOMETRY', 'FAILED'],
    [`${folder}-two`, 'BIOMETRY', 'PROCESSING'],
  ]);
/** The same folder twice: a failure beside a running analysis hides, then shows. */
const torn = lines(failing('torn', 'PROCESSING'), failing('torn', 'FAILED'));
const files = {
  'good.ndjson': good,
  'bad.ndjson': bad,
  'torn.ndjson': torn,
  'empty.ndjson': '',
};

describe('exit codes of readings', () => {
  test.each([
    [0, ['infer', 'good.ndjson']],
    [0, ['infer', 'good.ndjson', 'bad.ndjson']],
    [1, ['infer', 'torn.ndjson']],
    [1, ['infer', 'torn.ndjson', 'missing.ndjson']],
    [2, ['infer']],
    [2, ['infre', 'good.ndjson']],
    [2, ['infer', '-', '-']],
    [2, ['plan', 'good.ndjson']],
    [2, ['--groups', 'first-seen']],
    [2, ['plan', '--route-prefix', '/api']],
    [2, ['--format', 'yaml']],
    [1, ['infer', 'bad.ndjson']],
    [3, ['infer', 'empty.ndjson']],
    [3, ['infer', 'missing.ndjson']],
    [3, ['infer', 'good.ndjson', 'missing.ndjson']],
  ])('%i for %j', async (expected, args) => {
    const { code, stdout, stderr } = await readings(args, directoryWith(files));
    expect(code).toBe(expected);
    expect(stderr === '').toBe(expected !== 2);
    expect(stdout === '').toBe(expected === 2);
  });

  test('a wrong word is told what was meant', async () => {
    expect((await readings(['infre'])).stderr).toContain('did you mean infer?');
  });
});

describe('readings infer', () => {
  test('says what decides a question, and how to judge by it', async () => {
    const { code, stdout } = await readings(['infer', 'failed-first.ndjson']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}status-precedence +decided {2}failed-first, by failed-first\.ndjson:4:163 \/body \(folder$/m,
    );
    expect(stdout).toContain('oz-status check --reading status-precedence=failed-first FILE...');
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test.each([
    ['operator-decides.ndjson', 'operator-decision', ['allowed']],
    ['failed-with-success.ndjson', 'status-scope', ['all-analyses']],
    ['mistake-four-ends-folded-into-two.ndjson', 'status-precedence', ['processing-first']],
  ])('decides by the bundled recording %s', async (file, question, answers) => {
    const { stdout } = await readings(['infer', '--format', 'json', file]);
    const found = JSON.parse(stdout) as { readonly questions: readonly { readonly question: string }[] };
    expect(found.questions.find((one) => one.question === question)).toMatchObject({
      status: 'decided',
      answers,
      decidedBy: { where: { file } },
    });
  });

  test('names observations that contradict each other', async () => {
    const { stdout } = await readings(['infer', 'torn.ndjson'], directoryWith(files));
    expect(stdout).toContain('  1. torn.ndjson:1:1 (folder torn)\n  2. torn.ndjson:2:1 (folder torn)\n');
  });

  test('says what it leaves out', async () => {
    const { stdout } = await readings(['infer', 'good.ndjson', 'bad.ndjson'], directoryWith(files));
    expect(stdout).toContain('- folder bad: SETTLED_ANALYSIS_CHANGED at bad.ndjson:4:178 /analyses/0');
  });

  test('reads standard input, and prints nothing raw that a terminal obeys', async () => {
    const line = failing('evil\u001b[31m`|', 'FAILED');
    const { code, stdout } = await readings(['infer', '-'], undefined, lines(line));
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
  });
});

describe('readings and readings plan', () => {
  test.each([[['infer', 'two-steps.ndjson'], 'questions']] as const)(
    '%j prints JSON and Markdown as well',
    async (args, member) => {
      const json = await readings([...args, '--format', 'json']);
      expect(JSON.parse(json.stdout)).toHaveProperty(member);
      const markdown = await readings([...args, '--format', 'markdown']);
      expect(markdown.stdout).toMatch(/^# /);
      expect([json.code, markdown.code]).toEqual([0, 0]);
    },
  );

  test('print Markdown as well; the JSON is held beside its schema', async () => {
    const { code, stdout } = await readings(['--format', 'markdown']);
    expect(stdout).toMatch(/^# /);
    expect(code).toBe(0);
  });

  test('plan asks for no operator where OPERATOR_REQUIRED is not enabled [OPERATOR-SETTING]', async () => {
    const planned = planExperiments({ groups: 1, analyses: 2, sizes: 'up-to', operatorRequired: 'never' });
    const { stdout } = isDeep
      ? await readings(['plan', '--operator-required', 'never', '--format', 'markdown'])
      : { stdout: documentMarkdown(planBlocks(planned as Plan)) };
    expect(stdout).toMatch(/^# /);
    expect(stdout).not.toContain('\n## Operators\n');
    expect(documentMarkdown(planBlocks(defaultPlan()))).toContain('\n## Operators\n');
  });
});

describe('check', () => {
  test('proposes the answers that explain what violates', async () => {
    const { code, stdout } = await runHere(['check', '--quiet', 'failed-first.ndjson'], { cwd: recordings });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'try       --reading status-precedence=failed-first, which explains the folder that violates\n',
    );
    const args = ['check', '--reading', 'status-precedence=failed-first', 'failed-first.ndjson'];
    expect((await runHere(args, { cwd: recordings })).code).toBe(0);
  });

  test('proposes nothing where no reading explains what violates', async () => {
    const { stdout } = await runHere(['check', 'finality-violated.ndjson'], { cwd: recordings });
    expect(stdout).not.toContain('try ');
  });
});
