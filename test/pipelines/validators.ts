import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Those who take the files of pipelines: each says what it has against one, by its own schema. */

const asModule = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`;

// The parser imports JSON as bundlers do, without the attribute that Node insists on.
register(
  asModule(`export function load(url, context, next) {
    const importAttributes = url.endsWith('.json') ? { type: 'json' } : context.importAttributes;
    return next(url, { ...context, importAttributes });
  }`),
);
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  await import('@actions/workflow-parser');
const { convertActionTemplate, parseAction } = await import('@actions/workflow-parser/actions/index');

const trace = new NoOperationTraceWriter();

/** What the parser that GitHub publishes says against steps of a workflow, put into a job. */
export function workflowProblems(fragment: object): Promise<readonly string[]> {
  const workflow = { on: 'push', jobs: { check: { 'runs-on': 'ubuntu-latest', ...fragment } } };
  return workflowFileProblems(stringify(workflow));
}

/** What it says against a whole workflow. */
export async function workflowFileProblems(content: string): Promise<readonly string[]> {
  const file = { name: '.github/workflows/check.yml', content };
  const { context, value } = parseWorkflow(file, trace);
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

/** What the same parser says against an action. */
export function actionProblems(content: string): readonly string[] {
  const { context, value } = parseAction({ name: 'action.yml', content }, trace);
  if (value) convertActionTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

const require = createRequire(import.meta.url);

/** The program holds the JSON Schema of GitLab; it calls a method of sets that Node 20 has not. */
const setUnion = 'Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };';

/** What the schema of GitLab says against a pipeline. */
export function gitlabProblems(content: string): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'gitlab-'));
  try {
    const env = environmentOf(cwd);
    spawnSync('git', ['init', '--quiet'], { cwd, env });
    writeFileSync(join(cwd, '.gitlab-ci.yml'), content);
    const polyfill = `data:text/javascript,${encodeURIComponent(setUnion)}`;
    const list = ['--import', polyfill, require.resolve('gitlab-ci-local'), '--list', '--no-color'];
    const { status, stdout, stderr } = spawnSync(process.execPath, list, { cwd, env, encoding: 'utf8' });
    const problems = [...stderr.matchAll(/^\s*• (.* at .*) \[#/gm)].map(([, problem = '']) => problem);
    if (status === 0 || problems.length > 0) return problems;
    throw new Error(`the pipeline could not be judged:\n${stdout}${stderr}`);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** Runs the hooks of a configuration of pre-commit on files that are about to be committed, as git would. */
export function runHooks(
  config: string,
  staged: readonly string[],
  { cwd, path }: { readonly cwd: string; readonly path: string },
) {
  const env = { ...environmentOf(cwd), PATH: `${path}:${process.env['PATH']}` };
  writeFileSync(join(cwd, '.pre-commit-config.yaml'), config);
  spawnSync('git', ['init', '--quiet'], { cwd, env });
  spawnSync('git', ['rm', '--cached', '-r', '--quiet', '.'], { cwd, env });
  spawnSync('git', ['add', '--force', '.pre-commit-config.yaml', ...staged], { cwd, env });
  const program = require.resolve('@j178/prek/bin/prek.js');
  return spawnSync(process.execPath, [program, 'run', '--color=never'], { cwd, env, encoding: 'utf8' });
}

/** An environment in which nothing of the user's settings counts. */
function environmentOf(cwd: string) {
  const home = join(cwd, '.home');
  mkdirSync(home, { recursive: true });
  return { PATH: process.env['PATH'], HOME: home, PREK_HOME: join(home, 'prek'), GIT_CONFIG_NOSYSTEM: '1' };
}
